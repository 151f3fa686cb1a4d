#include "clients/process.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "base/text.h"
#include "clients/child.h"

namespace clients {
namespace {

using How = Ended::How;

// Takes what is there without waiting, at most `most` bytes. True at the end of the stream.
bool take(Fd& fd, std::string& into, std::size_t most) {
  std::array<char, 64 * 1024> bytes;
  while (into.size() <= most) {
    auto const size = read(fd.get(), bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return errno != EAGAIN;
    if (size == 0) return true;
    into.append(bytes.data(), static_cast<std::size_t>(size));
  }
  return false;
}

// One run of a child to its end.
class Run {
 public:
  // `seen`: how many signals were caught before it was started.
  Run(Spawn const& spawn, Child& child, int seen)
      : spawn_(spawn), child_(child), deadline_(Clock::now() + spawn.limit), before_(seen), seen_(seen) {}

  Ended finish() {
    bool ended = false;
    while (!(ended = child_.has_ended()) && go_on()) wait();
    if (!ended) {
      child_.terminate();
    } else {
      child_.reap();
    }
    drain();
    set_code(ended);
    return std::move(result_);
  }

 private:
  // False, with the reason in `result_.how`, when it must be ended.
  bool go_on() {
    if (Clock::now() >= deadline_) {
      result_.how = How::timed_out;
    } else if (result_.out.size() > spawn_.most_output || result_.err.size() > spawn_.most_output) {
      result_.how = How::too_much_output;
    } else if (auto const now = caught(); now.count != seen_) {
      seen_ = now.count;
      if (spawn_.pass_through) pass_on(now);
      else result_.how = How::interrupted;
    }
    return result_.how == How::not_started;
  }

  void pass_on(Caught const& now) {
    auto const times = now.count - before_;
    if (spawn_.told) spawn_.told(times);
    if (spawn_.shielded) {
      if (times > 1) child_.signal(SIGTERM);
    } else if (now.last == SIGHUP || !now.by_terminal) {
      child_.signal(now.last == SIGINT ? SIGINT : SIGTERM);  // it did not get this one, or ignores it
    }
  }

  void wait() {
    // Once a signal was caught its descriptor stays readable, so it can't be waited for any more.
    int const signals = caught().count == 0 ? caught_fd() : -1;
    std::array<pollfd, 4> fds{pollfd{child_.end.get(), POLLIN, 0}, pollfd{child_.out.get(), POLLIN, 0},
                              pollfd{child_.err.get(), POLLIN, 0}, pollfd{signals, POLLIN, 0}};
    bool const often = !child_.end || caught().count > 0;
    poll(fds.data(), fds.size(), milliseconds_until(deadline_, often));
    drain();
  }

  // A stream that has ended is closed, so that its hang-up wakes nobody again.
  void drain() {
    if (child_.out && take(child_.out, result_.out, spawn_.most_output)) child_.out = Fd();
    if (child_.err && take(child_.err, result_.err, spawn_.most_output)) child_.err = Fd();
  }

  void set_code(bool ended) {
    bool const exited = WIFEXITED(child_.status);
    result_.code = exited ? WEXITSTATUS(child_.status) : WTERMSIG(child_.status);
    if (ended) result_.how = exited ? How::exited : How::signalled;
    for (auto* stream : {&result_.out, &result_.err}) {
      if (stream->size() <= spawn_.most_output) continue;
      stream->resize(spawn_.most_output);
      result_.how = How::too_much_output;  // also where it ended by itself: what we have is not all
    }
  }

  Spawn const& spawn_;
  Child& child_;
  Clock::time_point deadline_;
  int before_, seen_;  // signals caught
  Ended result_;
};

bool is_program(std::string const& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && access(path.c_str(), X_OK) == 0;
}

}  // namespace

struct Started::Parts {
  Spawn spawn;
  int seen = caught().count;
  std::string why;
  std::unique_ptr<Child> child;
  ~Parts() {
    if (child) child->terminate();
  }
};

Started::Started(Spawn spawn) : parts_(std::make_unique<Parts>()) {
  parts_->spawn = std::move(spawn);
  parts_->child = start_child(parts_->spawn, Errors::piped, &parts_->why);
}

Started::~Started() = default;
Started::Started(Started&&) noexcept = default;
Started& Started::operator=(Started&&) noexcept = default;

Ended Started::finish() {
  if (!parts_->child) return {.reason = parts_->why};
  return Run(parts_->spawn, *parts_->child, parts_->seen).finish();
}

Ended run(Spawn const& spawn) { return Started(spawn).finish(); }

constexpr std::size_t most_line = 64 * 1024;

struct Background::Parts {
  std::unique_ptr<Child> child;
  std::string read;  // what came after the last line that was asked for
};

Background::Background(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Background::~Background() { parts_->child->terminate(); }

std::unique_ptr<Background> Background::start(Spawn const& spawn, std::string* why) {
  auto child = start_child(spawn, Errors::in_memory, why);
  if (!child) return nullptr;
  return std::unique_ptr<Background>(new Background(std::make_unique<Parts>(Parts{std::move(child), {}})));
}

std::optional<std::string> Background::read_line(std::chrono::milliseconds limit) {
  return read_until("\n", limit, most_line);
}

std::optional<std::string> Background::read_until(std::string_view mark, std::chrono::milliseconds limit, std::size_t most) {
  auto const deadline = Clock::now() + limit;
  int const signals_before = caught().count;
  for (auto& child = *parts_->child;;) {
    bool const ended = !child.out || take(child.out, parts_->read, most);
    if (auto const end = parts_->read.find(mark); end != std::string::npos) {
      auto text = parts_->read.substr(0, end);
      parts_->read.erase(0, end + mark.size());
      return text;
    }
    bool const over = Clock::now() >= deadline || caught().count != signals_before;
    if (ended || over || parts_->read.size() > most) return {};
    std::array<pollfd, 2> fds{pollfd{child.out.get(), POLLIN, 0}, pollfd{child.end.get(), POLLIN, 0}};
    // Its end counts too: something that it left behind may still hold the pipe open.
    if (child.has_ended()) return {};
    poll(fds.data(), fds.size(), milliseconds_until(deadline, true));
  }
}

bool Background::write(std::string_view text, std::chrono::milliseconds limit) {
  auto const deadline = Clock::now() + limit;
  int const to = parts_->child->in.get();
  while (!text.empty()) {
    auto const size = send(to, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size < 0 && errno != EINTR && errno != EAGAIN) return false;
    text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    if (text.empty()) break;
    pollfd ready{to, POLLOUT, 0};
    if (Clock::now() >= deadline) return false;
    poll(&ready, 1, milliseconds_until(deadline, true));
  }
  return true;
}

std::string Background::errors() const {
  std::string text(most_errors, '\0');
  auto const size = parts_->child->err ? pread(parts_->child->err.get(), text.data(), text.size(), 0) : 0;
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  return text.substr(0, text.find('\0'));  // the rest was never written
}

bool Background::running() { return !parts_->child->has_ended(); }

int Background::pid() const { return parts_->child->pid; }

std::optional<std::string> find_program(std::string const& name) {
  auto const absolute = [](std::string const& path) -> std::optional<std::string> {
    std::error_code error;
    auto const full = std::filesystem::absolute(path, error);
    return error ? path : full.string();
  };
  if (name.empty()) return {};
  if (name.find('/') != std::string::npos) return is_program(name) ? absolute(name) : std::nullopt;
  char const* path = std::getenv("PATH");
  for (auto const& folder : base::split(path ? path : "/usr/local/bin:/usr/bin:/bin", ':')) {
    auto const candidate = (folder.empty() ? "." : folder) + "/" + name;
    if (is_program(candidate)) return absolute(candidate);
  }
  return {};
}

}  // namespace clients
