#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "clients/process.h"

// What processes need below the surface; nobody outside of this room includes this.
namespace clients {

// An open file descriptor of ours: never inherited, closed with the object.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd();
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// The same file under a number above 2, the old one closed: the first three belong to a child's streams, and ours must not
// be among them when we were started without some.
int above_streams(int fd);

using Clock = std::chrono::steady_clock;

// A started program. `out` and `err` are what we read from; not open in a pass_through child.
struct Child {
  int pid = -1;
  bool own_group = true;
  std::chrono::milliseconds grace{};
  Fd end;       // becomes readable when it ends, where the kernel can tell; not open otherwise
  Fd out, err;  // non-blocking
  Fd in;        // a socket, of one that listens
  bool reaped = false;
  int status = 0;  // as waitpid tells

  void signal(int number) const;  // to its group, or to it alone if that is ours
  bool has_ended() const;         // without reaping
  void reap();                    // after it has ended, or to end it: kills its group and waits
  void wait_until(Clock::time_point) const;
  void terminate();  // TERM, KILL after the grace, reap
};

// A process of ours that outlives us for a moment: a death signal reaches only the program that we started, and not what
// that has started in turn (through a shell script in its place, for example). The keeper is told of each group of children,
// and kills those that are left when we are gone, however we went. -1: there is none.
int keeper();
void tell_keeper(int keeper, int group);  // -GROUP: it is gone. May be called between fork and exec

constexpr std::size_t most_errors = 64 * 1024;  // bytes that are kept of them in memory

enum class Errors { piped, in_memory };  // `in_memory`: `err` is a file in memory that nobody has to drain

// Nothing and a reason.
std::unique_ptr<Child> start_child(Spawn const&, Errors, std::string* why);

// The rest of the poll(2) time until `when`; short enough to look again where `often` is set.
int milliseconds_until(Clock::time_point when, bool often);

// Signals that an Interrupts has caught so far, the last of them, and a descriptor that becomes readable with the
// first.
struct Caught {
  int count = 0;
  int last = 0;
  bool by_terminal = false;  // the last: sent by the kernel to the whole foreground group
};
Caught caught();
int caught_fd();  // -1 while no Interrupts lives

// The path in the URL of the chosen API server, "" or "/k8s/clusters/c-1": kubectl proxy leaves it out.
struct Access;
std::string server_path(Access const&);

}  // namespace clients
