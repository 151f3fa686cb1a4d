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

std::string timings(std::vector<base::Timeline::Phase> const& phases, std::vector<RequestTime> const& slowest, std::size_t from_helm, std::size_t to_server) {
  std::string out = "   begun      took\n";
  for (auto const& phase : phases) out += milliseconds(phase.begin) + " " + milliseconds(phase.seconds) + "  " + base::printable(phase.name) + "\n";
  if (to_server == 0) return out;
  out += "Helm was answered " + base::count_of(from_helm, "request") + ". The slowest of " + base::count_of(to_server, "request") + " to the API server:\n";
  for (auto const& request : slowest)
    out += std::string(10, ' ') + milliseconds(request.seconds) + "  " + base::printable(request.what) + " (" + std::to_string(request.status) + ")\n";
  return out;
}

}  // namespace render
