#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace state {

struct Revision {
  int number = 0;
  std::string status;         // deployed, failed, pending-upgrade, superseded, …
  std::string chart;          // "coder", empty where the record can't be decoded
  std::string chart_version;  // "1.20.0"
  std::int64_t updated = 0;   // Unix seconds of the last change; 0: not known
  std::string description;    // Helm's own words; why, where the record can't be read
  bool readable = true;       // the record decodes
  bool operator==(Revision const&) const = default;
};

// A release as its records tell. No revision at all: there is no such release.
struct Release {
  std::string name, name_space;
  std::string driver = "secret";    // where Helm keeps the records: secret or configmap
  std::vector<Revision> revisions;  // ascending; the last is what Helm calls the current one
  int base = 0;                     // the revision whose manifest Helm will compare with; 0: none
  std::string apply_method;         // csa or ssa, of the base
  std::vector<std::string> elsewhere;  // namespaces that hold a release of this name, if this one does not
  bool operator==(Release const&) const = default;
};

// The values that a person set, flat: "coderd.serviceSpec.type" → JSON text of the leaf. Only booleans, and the strings
// and numbers of keys that are known to hold no secret (images among them), carry their value; any other leaf is `masked`.
// What is empty holds no secret and is never masked: "" [] {} null. A list is a leaf, and so is an empty map.
struct Values {
  static constexpr char const* masked = "\"(masked)\"";
  std::map<std::string, std::string> set;
  bool operator==(Values const&) const = default;
};

}  // namespace state
