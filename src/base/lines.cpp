#include "base/lines.h"

#include <algorithm>

namespace base {
namespace {

constexpr std::size_t most_cells = 1'000'000;

// How long the longest common subsequence of the ends from here on is.
class Common {
 public:
  Common(std::vector<std::string> const& a, std::vector<std::string> const& b, Hunk const& within)
      : width_(within.after + 1), lengths_((within.before + 1) * width_) {
    for (auto i = within.before; i-- > 0;)
      for (auto j = within.after; j-- > 0;)
        lengths_[i * width_ + j] = a[within.before_at + i] == b[within.after_at + j] ? 1 + at(i + 1, j + 1)
                                                                                       : std::max(at(i + 1, j), at(i, j + 1));
  }
  unsigned at(std::size_t i, std::size_t j) const { return lengths_[i * width_ + j]; }

 private:
  std::size_t width_;
  std::vector<unsigned> lengths_;
};

// What lies between the lines with which both begin and those with which both end.
Hunk middle(std::vector<std::string> const& a, std::vector<std::string> const& b) {
  auto const most = std::min(a.size(), b.size());
  std::size_t start = 0, end = 0;
  while (start < most && a[start] == b[start]) ++start;
  while (end < most - start && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
  return {start, start, a.size() - start - end, b.size() - start - end};
}

}  // namespace

std::vector<Hunk> hunks(std::vector<std::string> const& before, std::vector<std::string> const& after) {
  auto const all = middle(before, after);
  if (all.before == 0 && all.after == 0) return {};
  if (all.before == 0 || all.after == 0 || all.before > most_cells / all.after) return {all};
  Common const common(before, after, all);
  std::vector<Hunk> found;
  for (std::size_t i = 0, j = 0; i < all.before || j < all.after;) {
    bool const both = i < all.before && j < all.after;
    if (both && before[all.before_at + i] == after[all.after_at + j]) {
      ++i, ++j;
      continue;
    }
    auto const goes_on = !found.empty() && found.back().before_at + found.back().before == all.before_at + i &&
                         found.back().after_at + found.back().after == all.after_at + j;
    if (!goes_on) found.push_back({all.before_at + i, all.after_at + j, 0, 0});
    bool const takes_old = i < all.before && (j == all.after || common.at(i + 1, j) >= common.at(i, j + 1));
    takes_old ? (++i, ++found.back().before) : (++j, ++found.back().after);
  }
  return found;
}

}  // namespace base
