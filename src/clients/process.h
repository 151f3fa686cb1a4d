#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clients {

// A program to run: an argv, never a shell line.
struct Spawn {
  std::vector<std::string> argv;  // argv[0] is looked up in PATH unless it holds a slash
  std::vector<std::pair<std::string, std::string>> set;  // environment on top of ours
  std::vector<std::string> unset;                        // names; "HELM_KUBE*" takes a prefix
  std::string input;                                     // its standard input; empty: it reads nothing
  bool listens = false;                                  // of a Background: it reads what `write` sends it
  std::vector<int> keep;                                 // file descriptors that it inherits under the same number
  std::shared_ptr<void const> owns;                      // what closes them, where nobody else does
  std::chrono::milliseconds limit{60'000};               // then TERM to its whole group
  std::chrono::milliseconds grace{2'000};                // between TERM and KILL
  std::size_t most_output = 64u << 20;                   // bytes of each stream; more ends it like the limit does
  bool yields = false;        // others go before it where the processor is scarce
  bool pass_through = false;  // its streams are ours, and Ctrl-C reaches it as our child in the foreground
  bool finishes = false;      // it must get to end cleanly: when we are killed it gets TERM instead of KILL
  bool shielded = false;      // passed through, but it knows no clean end before its own: only the second signal reaches
                              // it, as TERM, and when we are killed it goes on
  std::function<void(int times)> told;  // a signal came while it is passed through
};

struct Ended {
  enum class How { exited, signalled, timed_out, too_much_output, not_started, interrupted } how = How::not_started;
  int code = -1;       // exit code or signal number
  std::string reason;  // why it was not started: "no such program: helm"
  std::string out, err;
  bool ok() const { return how == How::exited && code == 0; }
};

// Runs it to its end in a session and process group of its own, which is gone afterwards whatever it left behind. It
// dies with us, even when we are killed: the kernel sees to that when the thread that called ends, so call from the main
// thread or one that outlives the child. A pass_through child stays in our group; while it runs, a signal that only
// we get is forwarded to it (while an Interrupts lives), and a hang-up reaches it as TERM.
Ended run(Spawn const&);

// The same in two halves. Its time limit begins with `finish`; what is started and not finished is ended with the object.
class Started {
 public:
  explicit Started(Spawn);
  ~Started();
  Started(Started&&) noexcept;
  Started& operator=(Started&&) noexcept;
  Ended finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// A program that goes on beside us, such as `kubectl proxy`. The destructor ends its process group. `limit` and
// `most_output` do not apply.
class Background {
 public:
  // Nothing and a reason if it can't be started.
  static std::unique_ptr<Background> start(Spawn const&, std::string* why);
  ~Background();
  Background(Background const&) = delete;
  Background& operator=(Background const&) = delete;

  // Waits for one line of its standard output. Nothing when the time is over or it has ended; then `errors` tells why.
  std::optional<std::string> read_line(std::chrono::milliseconds limit);
  // The same for what ends in `mark`, which is left out; nothing, too, when that is longer than `most` bytes.
  std::optional<std::string> read_until(std::string_view mark, std::chrono::milliseconds limit, std::size_t most);
  // To the standard input of one that `listens`. False when not all of it could be sent in that time.
  bool write(std::string_view text, std::chrono::milliseconds limit);
  std::string errors() const;  // what it wrote on standard error so far, at most 64 KiB
  bool running();
  int pid() const;

 private:
  struct Parts;
  explicit Background(std::unique_ptr<Parts>);
  std::unique_ptr<Parts> parts_;
};

// The absolute path of a program: looked up in PATH unless the name holds a slash. Nothing if there is none.
std::optional<std::string> find_program(std::string const& name);

// A file in memory with this content, for Spawn::keep: the child opens "/dev/fd/N". -1 on failure; the caller closes it.
int make_memory_file(std::string_view content);

// The same for as long as the object lives. Throws std::runtime_error with a sentence where there is no memory for it.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content);
  ~MemoryFile();
  MemoryFile(MemoryFile const&) = delete;
  MemoryFile& operator=(MemoryFile const&) = delete;
  int fd() const { return fd_; }
  std::string path() const { return "/dev/fd/" + std::to_string(fd_); }
  void append(std::string_view content);  // for children that open it later

 private:
  int fd_;
};

// A file whose content comes after the child has started: opening "/dev/fd/N" and reading waits for it. Closed without
// content it is empty.
class LateFile {
 public:
  LateFile();  // throws like MemoryFile
  ~LateFile();
  LateFile(LateFile const&) = delete;
  LateFile& operator=(LateFile const&) = delete;
  int fd() const { return read_; }
  std::string path() const { return "/dev/fd/" + std::to_string(read_); }
  // Never waits for the reader. False, and the file stays empty, where the system lets no pipe be so large (1 MiB).
  bool fill(std::string_view content);

 private:
  int read_ = -1, write_ = -1;
};

// Ctrl-C, SIGTERM and SIGHUP. While one of these lives, such a signal only sets a flag, ends a captured child that runs
// at that moment, and reaches a pass_through child. What was ignored before us (nohup) stays ignored.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(Interrupts const&) = delete;
  Interrupts& operator=(Interrupts const&) = delete;
  static bool pending();  // since the first one that lives was made
};

}  // namespace clients
