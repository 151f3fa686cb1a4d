#pragma once

#include <string>
#include <string_view>

namespace clients {

bool is_terminal(int fd);
bool colour_wanted(int fd);  // a terminal, NO_COLOR not set, TERM not dumb
int columns(int fd);         // 80 where nothing tells

// Asks on the terminal (stderr, answer from stdin). False without a terminal on both, on anything but y or yes, and at
// the end of input.
bool ask(std::string_view question);

// A line on stderr that the next one replaces, on a terminal only. Cleared by an empty text.
void progress(std::string_view text);

}  // namespace clients
