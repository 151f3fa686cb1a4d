#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// What took how long, in seconds since the timeline was made. Threads may write into it side by side.
class Timeline {
 public:
  struct Phase {
    std::string name;
    double begin = 0, seconds = 0;
  };

  // From its making to its end.
  class Span {
   public:
    Span(Timeline& timeline, std::string name) : timeline_(timeline), name_(std::move(name)), begin_(timeline.now()) {}
    ~Span() { timeline_.add({std::move(name_), begin_, timeline_.now() - begin_}); }
    Span(Span const&) = delete;
    Span& operator=(Span const&) = delete;

   private:
    Timeline& timeline_;
    std::string name_;
    double begin_;
  };

  double now() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
  void add(Phase);
  std::vector<Phase> phases() const;  // by their beginning

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;
  std::vector<Phase> phases_;
};

}  // namespace base
