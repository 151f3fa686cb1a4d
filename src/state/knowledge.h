#pragma once

#include <string>
#include <vector>

namespace state {

// What is known about Coder's releases: checks/knowledge/*.yaml, each line with its source.
struct KnownRelease {
  std::string version;   // "1.34.0"
  bool withdrawn = false;
  std::string symptom;   // what goes wrong with it; empty: nothing known
  std::string fixed_in;  // "1.34.1"
  bool operator==(KnownRelease const&) const = default;
};

struct RenamedKey {
  std::string from, to;    // "cemanager.replicas" → "coderd.replicas"; `to` empty: removed without successor
  std::string ignored_since;  // "1.27.0": the chart no longer looks at it
  std::string refused_since;  // "1.28.0": the chart fails to render with it; empty: never
  bool operator==(RenamedKey const&) const = default;
};

struct Knowledge {
  std::vector<KnownRelease> releases;  // ascending
  std::vector<RenamedKey> keys;
  bool operator==(Knowledge const&) const = default;
};

}  // namespace state
