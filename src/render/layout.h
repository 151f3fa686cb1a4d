#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace render {

// How many columns a UTF-8 text takes, if each character takes one.
std::size_t columns_of(std::string_view text);

std::string padded(std::string_view text, std::size_t columns);

// The text broken at blanks into lines of at most `columns`; a word that is longer stays whole, so that it can be copied.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

// Lines under each other, all but the first with this many blanks in front, joined by line breaks.
std::string hanging(std::vector<std::string> const& lines, std::size_t indent);

}  // namespace render
