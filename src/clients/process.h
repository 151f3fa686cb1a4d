#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace clients {

// A program to run: an argv, never a shell line.
struct Spawn {
  std::vector<std::string> argv;  // argv[0] is looked up in PATH unless it holds a slash
  std::vector<std::pair<std::string, std::string>> set;  // environment on top of ours
  std::vector<std::string> unset;                        // names; "HELM_KUBE*" takes a prefix
  std::string input;                                     // for its standard input, which is closed after it
  std::vector<int> keep;                                 // file descriptors that it inherits under the same number
  std::chrono::milliseconds limit{60'000};               // then TERM, and KILL two seconds later, to its whole group
  std::size_t most_output = 64u << 20;                   // bytes of each stream; more ends it like the limit does
  bool pass_through = false;  // its streams are ours, and Ctrl-C reaches it as our child in the foreground
};

struct Ended {
  enum class How { exited, signalled, timed_out, too_much_output, not_started, interrupted } how = How::not_started;
  int code = -1;       // exit code or signal number
  std::string reason;  // why it was not started: "no such program: helm"
  std::string out, err;
  bool ok() const { return how == How::exited && code == 0; }
};

// Runs it to its end in a process group of its own, which is gone afterwards whatever it left behind. It dies with us,
// even when we are killed. Call from the main thread, or from one that outlives it.
Ended run(Spawn const&);

// A program that goes on beside us, such as `kubectl proxy`. The destructor ends its process group.
class Background {
 public:
  // Nothing and a reason if it can't be started.
  static std::unique_ptr<Background> start(Spawn const&, std::string* why);
  ~Background();
  Background(Background const&) = delete;
  Background& operator=(Background const&) = delete;

  // Waits for one line of its standard output. Nothing when the time is over or it has ended; then `errors` tells why.
  std::optional<std::string> read_line(std::chrono::milliseconds limit);
  std::string errors();  // what it wrote on standard error so far, at most 64 KiB
  bool running();
  int pid() const;

 private:
  struct Child;
  explicit Background(std::unique_ptr<Child>);
  std::unique_ptr<Child> child_;
};

// The full path of a program in PATH; nothing if there is none.
std::optional<std::string> find_program(std::string const& name);

// Ctrl-C, SIGTERM and SIGHUP. While one of these lives, such a signal only sets a flag (and reaches a pass_through child).
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  static bool pending();
};

}  // namespace clients
