#include "clients/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

// Boost.Process v2 would start these children too, but what matters here happens between fork and exec (a death signal
// without a race, a session, inherited descriptors under the same number, the mask and the handlers) and around the end
// (the whole group, before the leader's number is free again), and it would bring Asio into one more file. So: POSIX.
namespace clients {
namespace {

struct Pipe {
  Fd read, write;
};

bool make_pipe(Pipe& pipe) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  pipe.read = Fd(above_streams(ends[0]));
  pipe.write = Fd(above_streams(ends[1]));
  return pipe.read && pipe.write;
}

bool is_unset(std::string_view name, Spawn const& spawn) {
  for (std::string_view pattern : spawn.unset) {
    if (pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1)) : name == pattern) return true;
  }
  return std::any_of(spawn.set.begin(), spawn.set.end(), [&](auto const& pair) { return pair.first == name; });
}

std::vector<std::string> environment(Spawn const& spawn) {
  std::vector<std::string> all;
  for (char** each = environ; *each; ++each) {
    std::string_view const text = *each;
    if (!is_unset(text.substr(0, text.find('=')), spawn)) all.emplace_back(text);
  }
  for (auto const& [name, value] : spawn.set) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

// Everything that the child needs, made before fork: another thread may hold any lock at that moment, so that between
// fork and exec nothing may allocate.
struct Launch {
  std::string path;
  std::vector<std::string> arguments, variables;
  std::vector<char*> argv, envp;
  std::vector<int> keep;
  std::array<int, 3> streams{-1, -1, -1};  // to become 0, 1 and 2; -1: ours
  int report = -1;                         // where to write errno if exec fails
  int parent = 0;
  bool own_group = true, yields = false, shielded = false;
  int death_signal = SIGKILL;  // 0: none
  int keeper = -1;
};

void reset_signals(bool ignore_hangup, bool ignore_interrupt) {
  for (int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD}) {
    struct sigaction action {};
    // An ignored hang-up of ours (nohup) stays ignored.
    if (number == SIGHUP) sigaction(number, nullptr, &action);
    bool const ignored = number == SIGHUP ? ignore_hangup || action.sa_handler == SIG_IGN : number == SIGINT && ignore_interrupt;
    std::memset(&action, 0, sizeof action);
    action.sa_handler = ignored ? SIG_IGN : SIG_DFL;
    sigaction(number, &action, nullptr);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Where the kernel shares the processor between sessions first, only the session's own niceness counts (sched(7)).
void give_way() {
  nice(5);
  int const fd = open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  [[maybe_unused]] auto const written = write(fd, "5", 1);
  close(fd);
}

void inherit_only(std::vector<int> const& keep) {
  // Ours are all close-on-exec; this is for descriptors that a library opened, or that we inherited ourselves.
  if (close_range(3, ~0u, CLOSE_RANGE_CLOEXEC) != 0)
    for (int fd = 3; fd < 1024; ++fd) fcntl(fd, F_SETFD, FD_CLOEXEC);
  for (int fd : keep) fcntl(fd, F_SETFD, 0);
}

[[noreturn]] void become(Launch const& launch) {
  prctl(PR_SET_PDEATHSIG, launch.death_signal);
  if (getppid() != launch.parent) _exit(127);  // it died before the line above
  // A session of its own: a program that wants to ask on the terminal fails at once instead of being stopped for ever.
  if (launch.own_group) setsid();
  if (launch.keeper >= 0) tell_keeper(launch.keeper, getpid());
  if (launch.yields) give_way();
  for (int i = 0; i < 3; ++i)
    if (auto const fd = launch.streams[static_cast<std::size_t>(i)]; fd >= 0) dup2(fd, i);
  inherit_only(launch.keep);
  // A hang-up would end Helm at once and leave the release pending. So it gets TERM from us instead.
  reset_signals(!launch.own_group, launch.shielded);
  execve(launch.path.c_str(), launch.argv.data(), launch.envp.data());
  int const error = errno;
  [[maybe_unused]] auto const written = write(launch.report, &error, sizeof error);
  _exit(127);
}

// Signals are blocked across fork, so that none is taken by our handlers in the child.
int fork_and_become(Launch const& launch) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int const pid = fork();
  if (pid == 0) become(launch);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return pid;
}

struct Streams {
  Fd in, out_write, err_write;
};

// A socket, and not a pipe: writing to one whose reader has ended raises no signal.
Fd listening_end(Child& child) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return {};
  child.in = Fd(above_streams(ends[0]));
  return Fd(above_streams(ends[1]));
}

bool open_streams(Spawn const& spawn, Errors errors, Child& child, Streams& streams) {
  if (spawn.listens) {
    streams.in = listening_end(child);
  } else if (!spawn.input.empty()) {
    streams.in = Fd(above_streams(make_memory_file(spawn.input)));
  } else if (!spawn.pass_through) {
    streams.in = Fd(above_streams(open("/dev/null", O_RDONLY | O_CLOEXEC)));
  }
  if (spawn.pass_through) return streams.in || spawn.input.empty();
  Pipe out, err;
  if (!streams.in || !make_pipe(out)) return false;
  child.out = std::move(out.read);
  streams.out_write = std::move(out.write);
  if (errors == Errors::in_memory) {
    streams.err_write = Fd(above_streams(memfd_create("errors", MFD_CLOEXEC | MFD_ALLOW_SEALING)));
    // So large, and no larger, whatever it writes.
    if (ftruncate(streams.err_write.get(), static_cast<off_t>(most_errors)) == 0) fcntl(streams.err_write.get(), F_ADD_SEALS, F_SEAL_GROW);
    child.err = Fd(fcntl(streams.err_write.get(), F_DUPFD_CLOEXEC, 3));
  } else if (make_pipe(err)) {
    child.err = std::move(err.read);
    streams.err_write = std::move(err.write);
  }
  for (auto const* fd : {&child.out, &child.err})
    if (*fd) fcntl(fd->get(), F_SETFL, O_NONBLOCK);
  return child.err && streams.err_write;
}

// 0 once the program has replaced our copy, else its errno.
int exec_error(Pipe& report) {
  report.write = Fd();
  int error = 0;
  ssize_t size;
  do size = read(report.read.get(), &error, sizeof error);
  while (size < 0 && errno == EINTR);
  return size == sizeof error ? error : 0;
}

}  // namespace

Fd::~Fd() {
  if (fd_ >= 0) close(fd_);
}

void Child::signal(int number) const {
  if (!reaped && pid > 0) kill(own_group ? -pid : pid, number);
}

bool Child::has_ended() const {
  if (reaped) return true;
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

void Child::reap() {
  if (reaped) return;
  // Before the leader is reaped its number can't belong to anybody else.
  signal(SIGKILL);
  if (own_group) tell_keeper(keeper(), -pid);
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  reaped = true;
}

void Child::wait_until(Clock::time_point when) const {
  while (!has_ended() && Clock::now() < when) {
    pollfd wait{end.get(), POLLIN, 0};
    poll(&wait, 1, milliseconds_until(when, !end));
  }
}

void Child::terminate() {
  if (reaped) return;
  signal(SIGTERM);
  wait_until(Clock::now() + grace);
  reap();
}

int milliseconds_until(Clock::time_point when, bool often) {
  auto const rest = std::chrono::ceil<std::chrono::milliseconds>(when - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(rest, 0, often ? 20 : 60'000));
}

std::unique_ptr<Child> start_child(Spawn const& spawn, Errors errors, std::string* why) {
  auto const fail = [&](std::string reason) {
    *why = std::move(reason);
    return nullptr;
  };
  if (spawn.argv.empty()) return fail("no program was named");
  auto const path = find_program(spawn.argv[0]);
  if (!path) return fail("no such program: " + spawn.argv[0]);
  Launch launch{.path = *path, .arguments = spawn.argv, .variables = environment(spawn), .keep = spawn.keep};
  launch.argv = pointers(launch.arguments);
  launch.envp = pointers(launch.variables);
  launch.parent = getpid();
  launch.own_group = !spawn.pass_through;
  launch.yields = spawn.yields;
  launch.shielded = spawn.shielded;
  launch.death_signal = spawn.shielded ? 0 : spawn.finishes ? SIGTERM : SIGKILL;
  if (launch.own_group && !spawn.finishes && !spawn.shielded) launch.keeper = keeper();
  auto child = std::make_unique<Child>();
  child->own_group = launch.own_group;
  child->grace = spawn.grace;
  Streams streams;
  Pipe report;
  if (!open_streams(spawn, errors, *child, streams) || !make_pipe(report))
    return fail("can't prepare to run " + spawn.argv[0] + ": " + std::strerror(errno));
  launch.streams = {streams.in.get(), streams.out_write.get(), streams.err_write.get()};
  launch.report = report.write.get();
  child->pid = fork_and_become(launch);
  if (child->pid < 0) return fail("can't run " + spawn.argv[0] + ": " + std::strerror(errno));
  child->end = Fd(static_cast<int>(syscall(SYS_pidfd_open, child->pid, 0)));
  if (int const error = exec_error(report)) {
    child->reap();
    return fail("can't run " + *path + ": " + std::strerror(error));
  }
  return child;
}

}  // namespace clients
