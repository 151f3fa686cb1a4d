#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

#include "clients/child.h"

namespace clients {
namespace {

constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP};

std::atomic<int> alive = 0;
// Written by the handler, on whatever thread the signal comes in.
std::atomic<int> count = 0, last = 0, write_end = -1;
std::atomic<bool> by_terminal = false;
int read_end = -1;
struct sigaction before[std::size(signals)];

void handle(int number, siginfo_t* info, void*) {
  int const error = errno;
  last = number;
  by_terminal = info && info->si_code == SI_KERNEL;
  ++count;
  char const byte = 0;
  // A full pipe is readable already.
  [[maybe_unused]] auto const written = write(write_end, &byte, 1);
  errno = error;
}

void install() {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0) {
    read_end = ends[0];
    write_end = ends[1];
  }
  struct sigaction action {};
  action.sa_sigaction = handle;
  action.sa_flags = SA_SIGINFO;  // no SA_RESTART: a question on the terminal ends with Ctrl-C
  for (std::size_t i = 0; i < std::size(signals); ++i) {
    sigaction(signals[i], nullptr, &before[i]);
    if (before[i].sa_handler != SIG_IGN) sigaction(signals[i], &action, nullptr);
  }
}

}  // namespace

Interrupts::Interrupts() {
  if (alive++ > 0) return;
  count = 0;
  install();
}

Interrupts::~Interrupts() {
  if (--alive > 0) return;
  for (std::size_t i = 0; i < std::size(signals); ++i) sigaction(signals[i], &before[i], nullptr);
  close(read_end);
  close(write_end.exchange(-1));
  read_end = -1;
}

bool Interrupts::pending() { return count > 0; }

Caught caught() { return {count, last, by_terminal}; }

int caught_fd() { return alive > 0 ? read_end : -1; }

}  // namespace clients
