#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// The words of a command as a person would type them in a POSIX shell. For printing only: nothing is ever run by a shell.
std::string shell_quoted(std::vector<std::string> const& argv);

std::vector<std::string> split(std::string_view text, char separator);
std::string join(std::vector<std::string> const& parts, std::string_view separator);
std::string_view trim(std::string_view text);

// Whether trim() would take something from its end.
bool ends_in_blank(std::string_view text);

// Text from a cluster, a chart or another program made safe for a terminal and a log: control characters, escape sequences,
// marks that turn the direction of writing and bytes that are no UTF-8 are shown, not obeyed; line breaks and tabs become
// spaces where `one_line` is set.
std::string printable(std::string_view text, bool one_line = true);

// How many bytes the UTF-8 character takes that the text starts with; 0 if it starts with none.
std::size_t utf8_size(std::string_view text);

// The text with U+FFFD in place of each byte that is no UTF-8, fit for a JSON document.
std::string valid_utf8(std::string_view text);

// "5 s", "3 min", "2 h", "4 days": the largest unit that fits.
std::string rough_duration(long seconds);

std::string count_of(std::size_t count, std::string_view noun);  // "1 error", "2 errors"

// "12" → 12; nothing unless it is all digits of a number that fits.
std::optional<std::int64_t> whole_number(std::string_view text);

// How many single-character edits turn one word into the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace base
