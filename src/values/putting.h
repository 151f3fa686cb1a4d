#pragma once

#include "values/sheet.h"

namespace values {

// Puts a piece under these keys, in lines of their own that begin here.
void insert_lines(Sheet&, std::size_t at, std::size_t column, std::vector<std::string> const& keys, Piece const&);

// Puts it into the map `goal`, to which the first `depth` keys of `to` lead.
void paste(Sheet&, Path const& to, std::size_t depth, Node const& goal, Piece const&);

// As it is written in braces: "a: {b: 2}".
std::string inline_words(std::vector<std::string> const& keys, Piece const&, char quote);

}  // namespace values
