#include "clients/terminal.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>

#include "base/text.h"
#include "clients/child.h"

namespace clients {
namespace {

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    auto const size = write(fd, text.data(), text.size());
    if (size < 0 && errno != EINTR) return;
    text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  }
}

// As much of UTF-8 text as fits into so many columns, taking each character for one.
std::string_view fitting(std::string_view text, int most) {
  std::size_t end = 0;
  for (int column = 0; end < text.size(); ++end) {
    bool const starts = (static_cast<unsigned char>(text[end]) & 0xc0) != 0x80;
    if (starts && column++ == most) break;
  }
  return text.substr(0, end);
}

// False when a signal came instead, or had come before.
bool wait_for_input() {
  while (!Interrupts::pending()) {
    std::array<pollfd, 2> fds{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{caught_fd(), POLLIN, 0}};
    if (poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR) return false;
    if (fds[0].revents != 0 && fds[1].revents == 0) return true;
  }
  return false;
}

}  // namespace

bool is_terminal(int fd) { return isatty(fd) == 1; }

bool colour_wanted(int fd) {
  char const* no_colour = std::getenv("NO_COLOR");
  char const* term = std::getenv("TERM");
  return is_terminal(fd) && !(no_colour && *no_colour) && !(term && std::string_view(term) == "dumb");
}

int columns(int fd) {
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  int wanted = 0;
  if (char const* text = std::getenv("COLUMNS")) {
    std::string_view const digits = text;
    std::from_chars(digits.data(), digits.data() + digits.size(), wanted);
  }
  return wanted > 0 && wanted < 10'000 ? wanted : 80;
}

bool ask(std::string_view question) {
  if (!is_terminal(STDIN_FILENO) || !is_terminal(STDERR_FILENO)) return false;
  write_all(STDERR_FILENO, std::string(question) + " [y/N] ");
  std::string answer;
  for (char c = 0; answer.size() < 100;) {
    // One by one: what follows the line is not ours.
    if (!wait_for_input() || read(STDIN_FILENO, &c, 1) != 1) {
      write_all(STDERR_FILENO, "\n");
      return false;
    }
    if (c == '\n') break;
    answer += c;
  }
  auto const word = base::trim(answer);
  return word == "y" || word == "Y" || word == "yes" || word == "Yes" || word == "YES";
}

void progress(std::string_view text) {
  if (!is_terminal(STDERR_FILENO)) return;
  auto const line = base::printable(text);
  write_all(STDERR_FILENO, "\r\033[K" + std::string(fitting(line, columns(STDERR_FILENO) - 1)));
}

}  // namespace clients
