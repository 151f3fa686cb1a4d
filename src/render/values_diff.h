#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "render/report.h"
#include "values/defaults.h"

namespace render {

// Two texts of values. Those that are shown have the same lines as the real ones, with what may be a secret hidden.
struct TwoTexts {
  std::string name_before, name_after;
  std::string before, after;
  std::string shown_before, shown_after;
};

// As `diff -u` writes it; empty if they are the same.
std::string values_diff(TwoTexts const&, Look);

// Which values are merely the chart's default, which are not, and which the chart does not have.
struct AgainstDefaults {
  std::vector<values::Compared> compared;
  std::string name, chart;  // "the values of release coder", "coder 1.21.7"
};
std::string defaults_words(AgainstDefaults const&, Look);
base::Json defaults_json(AgainstDefaults const&);

}  // namespace render
