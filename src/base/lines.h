#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace base {

// Where two texts differ: what of the one stands where what of the other.
struct Hunk {
  std::size_t before_at = 0, after_at = 0;  // the first line of each, from 0
  std::size_t before = 0, after = 0;        // how many lines
};

// By the longest common subsequence; where the texts are so different that it would take long, as one hunk.
std::vector<Hunk> hunks(std::vector<std::string> const& before, std::vector<std::string> const& after);

}  // namespace base
