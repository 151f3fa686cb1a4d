#pragma once

#include <string>
#include <vector>

namespace state {

// Stands for what may be a secret: that it changes is all that is said.
inline constexpr char const* hidden = "(hidden)";

// One field that the upgrade changes, as short text.
struct Difference {
  std::string path;           // "spec.template.spec.containers[coderd].image": list items by the name that they have
  int line = 0;               // of a text of several lines that differs: from which one on; 0: it is none
  std::string before, after;  // of several lines, those that differ. Empty: it is not there.
  bool operator==(Difference const&) const = default;
};

// What the upgrade makes of an object: as it is now, against what the API server would store, with its defaults and what
// webhooks change.
struct Changes {
  bool compared = false;  // else nothing is known
  std::vector<Difference> fields;
  int more = 0;        // differences beside these
  std::string unsure;  // why the end may be another; empty: it is this
  bool operator==(Changes const&) const = default;
};

// A field of an object of the release that is no longer as the release's manifest has it, and that the upgrade overwrites.
struct DriftedField {
  std::string path;  // empty: the object itself, which is gone
  int line = 0;      // as in a Difference
  std::string manifest, live, after;  // of a text of several lines, the first that differ, and nothing of `after`
  std::string manager;                // who changed it: a field manager, "HorizontalPodAutoscaler/web"; empty: not known
  std::string since;                  // RFC 3339; empty: not known
  bool operator==(DriftedField const&) const = default;
};

}  // namespace state
