#include "render/timings.h"

#include <cmath>
#include <cstdio>

#include "base/text.h"

namespace render {
namespace {

// "   120 ms"
std::string milliseconds(double seconds) {
  auto const text = std::to_string(std::lround(seconds * 1000));
  return std::string(text.size() < 6 ? 6 - text.size() : 0, ' ') + text + " ms";
}

}  // namespace

std::string timings(std::vector<base::Timeline::Phase> const& phases, std::vector<RequestTime> const& slowest, std::size_t requests) {
  std::string out = "   begun      took\n";
  for (auto const& phase : phases) out += milliseconds(phase.begin) + " " + milliseconds(phase.seconds) + "  " + base::printable(phase.name) + "\n";
  if (requests == 0) return out;
  out += "The slowest of " + base::count_of(requests, "request") + " to the API server:\n";
  for (auto const& request : slowest)
    out += std::string(10, ' ') + milliseconds(request.seconds) + "  " + base::printable(request.what) + " (" + std::to_string(request.status) + ")\n";
  return out;
}

}  // namespace render
