#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <mutex>

#include "clients/child.h"

namespace clients {
namespace {

constexpr std::size_t most_groups = 256;  // children at a time

// In the keeper: between fork and exec nothing may allocate, and here there is no exec.
[[noreturn]] void keep(int fd) {
  setsid();  // Ctrl-C is not for it
  for (int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) signal(number, SIG_IGN);
  prctl(PR_SET_NAME, "helm-coder-keep");
  fd = dup2(fd, 0);
  close_range(1, ~0u, 0);  // whoever reads our output waits for its end
  std::array<int, most_groups> groups{};
  for (int told = 0;;) {
    auto const size = read(fd, &told, sizeof told);
    if (size < 0 && errno == EINTR) continue;
    if (size != sizeof told) break;
    auto const slot = std::find(groups.begin(), groups.end(), told > 0 ? 0 : -told);
    if (slot != groups.end()) *slot = std::max(told, 0);
  }
  for (int const group : groups)
    if (group > 0) kill(-group, SIGKILL);
  _exit(0);
}

int start_keeper() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return -1;
  for (int& end : ends) end = above_streams(end);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);  // none is taken by our handlers there
  int const pid = fork();
  if (pid == 0) keep(ends[1]);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  close(ends[1]);
  if (pid > 0) return ends[0];
  close(ends[0]);
  return -1;
}

}  // namespace

int keeper() {
  static std::mutex mutex;
  static int owner = 0, fd = -1;
  std::lock_guard const lock(mutex);
  if (owner != getpid()) fd = start_keeper();  // a copy of ours has its own
  owner = getpid();
  return fd;
}

void tell_keeper(int fd, int group) { send(fd, &group, sizeof group, MSG_NOSIGNAL); }

}  // namespace clients
