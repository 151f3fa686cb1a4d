#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "state/release.h"

namespace values {

// A value of a person's beside the one that the chart has by default, as JSON text; what may be a secret is masked.
struct Compared {
  enum class Kind { same, other, extra };  // extra: the chart has no such key
  Kind kind = Kind::same;
  std::string key, own, by_default;
};

// The flat ones hold the same values, fit to be shown.
std::vector<Compared> compared(base::Json const& own, base::Json const& defaults, state::Values const& own_flat, state::Values const& default_flat);

}  // namespace values
