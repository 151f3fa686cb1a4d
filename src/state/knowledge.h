#pragma once

#include <string>
#include <vector>

namespace state {

// What is known about Coder's releases: checks/knowledge/*.yaml, each line with its source.
struct KnownRelease {
  std::string version;   // "1.34.0"
  bool withdrawn = false;
  bool fatal = false;      // what goes wrong hits everybody who installs it
  std::string symptom;     // what goes wrong with it; empty: nothing known
  std::string fixed_in;    // "1.34.1"
  std::string only_with;   // the symptom shows only where this value is set; empty: always
  bool operator==(KnownRelease const&) const = default;
};

// A key of the values that a version of the chart no longer takes. It stands for every key below it too.
struct RenamedKey {
  std::string from, to;       // "cemanager.replicas" → "coderd.replicas"; `to` empty: removed without successor
  std::string ignored_since;  // "1.27.0": the chart no longer looks at it; empty: never
  std::string ignored_until;  // "1.28.1": it does so again; empty: never
  std::string refused_since;  // "1.28.0": the chart fails to render with it; empty: never
  bool empty_passes = false;  // false, 0 and "" are not refused
  bool operator==(RenamedKey const&) const = default;
};

struct Knowledge {
  std::string repository;              // where Coder publishes its charts
  std::vector<KnownRelease> releases;  // ascending
  std::vector<RenamedKey> keys;
  bool operator==(Knowledge const&) const = default;
};

}  // namespace state
