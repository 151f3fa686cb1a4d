#include "base/timeline.h"

#include <algorithm>

namespace base {

void Timeline::add(Phase phase) {
  std::scoped_lock const lock(mutex_);
  phases_.push_back(std::move(phase));
}

std::vector<Timeline::Phase> Timeline::phases() const {
  std::scoped_lock const lock(mutex_);
  auto sorted = phases_;
  std::stable_sort(sorted.begin(), sorted.end(), [](auto const& a, auto const& b) { return a.begin < b.begin; });
  return sorted;
}

}  // namespace base
