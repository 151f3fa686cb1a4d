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
  std::string renamed_since;  // "1.21.0": the chart takes the new name too; empty: only when it no longer takes the old one
  std::string present_until;  // "1.27.0": up to then it matters that it is there, if only as {}; empty: it does not
  std::string note;           // what a person who renames or removes it must know; may be empty
  bool empty_passes = false;  // false, 0 and "" are not refused
  bool operator==(RenamedKey const&) const = default;
};

struct KnownLine {
  std::string line;      // "1.21"
  std::string released;  // "2021-07-21", its first patch; empty: not known
  std::string why_stop;  // why its newest patch comes before the next line; empty: any patch will do
  bool operator==(KnownLine const&) const = default;
};

// Which Kubernetes some versions of Coder go with.
struct KubernetesRange {
  std::string since, until;       // the versions of Coder: from, and up to but without; `until` empty: no end
  std::string at_least, at_most;  // "1.21"; one of them may be empty
  bool required = false;          // Helm fails otherwise; else it is what Coder supports
  std::string why;                // of what is required: "its chart asks for it"
  bool operator==(KubernetesRange const&) const = default;
};

// What must be so for a change to matter, as far as it can be seen: a value, a Service, whose database it is, what Coder says
// of its workspace providers and Helm of their releases.
struct Clause {
  enum class Kind {
    set, unset, is_true, not_true, is_false, service, no_service, built_in_database, own_database,
    other_providers, built_in_has_v2, others_have_v2, providers_on, no_provider_releases
  };
  Kind kind = Kind::set;
  std::string name;  // of the key or the Service; the version that providers are on
  bool operator==(Clause const&) const = default;
};

enum class Moment { with, before, after };  // the upgrade

// A value that keeps things as they are where a change would move them.
struct NewValue {
  std::string key, json;  // "coderd.serviceSpec.type" → "\"ClusterIP\""
  std::string like;       // a key whose value it takes where that is set; may be empty
  bool operator==(NewValue const&) const = default;
};

// What a version changes for the person who upgrades to it, or what that person has to do.
struct KnownChange {
  std::string version;          // the first that has it
  std::string until;            // the first that no longer asks for it; empty: no end
  bool each_time = false;       // at every stop, not only at the first that has it
  Moment moment = Moment::with;
  std::string about;            // "Services", "database", …
  std::string text, advice;     // {version} and {previous} stand for the stop's and the one before
  std::string command, file;    // that does it, and where its output goes; may be empty
  std::string timeout;          // Helm should be given so much time: "30m"; may be empty
  std::vector<Clause> clauses;  // all of them; none: it matters to everybody
  std::string only_if;          // the same for a person, where it can't be seen
  std::vector<NewValue> values;     // that a person's values need for it
  std::string unless;               // a branch that, where it is set, says what is wanted instead of them; may be empty
  std::string then;                 // what is left to do once they are set, a sentence; may be empty
  std::vector<std::string> idle;    // keys that had no effect before it, and would have one under their new name
  std::vector<Clause> done_if;  // of what is done: all of them tell that it is done already; none: that is not seen
  std::string source;
  bool operator==(KnownChange const&) const = default;
};

// Workspace providers, and what the API tells of them.
struct KnownProviders {
  std::string api_until;           // the first version whose API is not known; empty: all are
  std::string v2_since;            // the first version with Networking v2
  std::string v2_required;         // the first version that knows nothing else
  std::string chart;               // of a provider that is not built in: "workspace-provider"
  std::string chart_until;         // the first version that has none
  std::string chart_keeps_since;   // its first version that leaves the accounts of workspaces behind
  bool operator==(KnownProviders const&) const = default;
};

struct Knowledge {
  std::string repository;              // where Coder publishes its charts
  std::string images;                  // and its images: "docker.io/coderenvs"
  std::vector<KnownLine> lines;        // ascending
  std::vector<KnownRelease> releases;  // ascending
  std::vector<RenamedKey> keys;
  std::vector<KubernetesRange> kubernetes;
  KnownProviders providers;
  std::vector<KnownChange> changes;    // in the order of the files: that of steps is the order in which they are done
  bool operator==(Knowledge const&) const = default;
};

}  // namespace state
