#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/knowledge.h"
#include "report/finding.h"
#include "report/report.h"
#include "state/state.h"

namespace checks {

using report::Advice;
using report::Command;
using report::Finding;
using report::helm_coder;
using report::Outcome;
using report::Remedy;
using report::Severity;
using report::Unverified;

// docs/add-a-check.md tells how to write one.
struct Check {
  std::string_view code;     // "HC302": stable, never reused
  std::string_view name;     // "immutable-fields": the file's name
  Severity severity;         // an error forbids, a warning informs
  std::string_view summary;  // what is true when it passes: "no field that the upgrade changes is immutable"
  std::string_view page;     // <name>.md
  Outcome (*run)(state::State const&);
  bool may_be_ignored = true;
  std::string (*detail)(state::State const&) = nullptr;  // what a passing check saw, in a word or two
};

// The part of the state that a parameter of type T stands for: always there, or seen, or unknown.
template <class T>
state::Seen<T> const& part(state::State const&);
template <> inline auto part<state::Helm>(state::State const& s) -> state::Seen<state::Helm> const& { return s.helm; }
template <> inline auto part<state::Kubectl>(state::State const& s) -> state::Seen<state::Kubectl> const& { return s.kubectl; }
template <> inline auto part<state::Cluster>(state::State const& s) -> state::Seen<state::Cluster> const& { return s.cluster; }
template <> inline auto part<state::Repository>(state::State const& s) -> state::Seen<state::Repository> const& { return s.repository; }
template <> inline auto part<state::Target>(state::State const& s) -> state::Seen<state::Target> const& { return s.target; }
template <> inline auto part<state::Release>(state::State const& s) -> state::Seen<state::Release> const& { return s.release; }
template <> inline auto part<state::Values>(state::State const& s) -> state::Seen<state::Values> const& { return s.values; }
template <> inline auto part<state::Database>(state::State const& s) -> state::Seen<state::Database> const& { return s.database; }
template <> inline auto part<state::Coder>(state::State const& s) -> state::Seen<state::Coder> const& { return s.coder; }
template <> inline auto part<state::Family>(state::State const& s) -> state::Seen<state::Family> const& { return s.family; }
template <> inline auto part<state::Rehearsal>(state::State const& s) -> state::Seen<state::Rehearsal> const& { return s.rehearsal; }

// What was asked, what is known, the limits, the time and the parts themselves (as Seen, for a check that can do without) are there always.
template <class T>
struct Input {
  static void miss(state::State const& s, Outcome& out) {
    if (auto const* unknown = std::get_if<state::Unknown>(&part<T>(s)))
      out.unverified.push_back({"", unknown->why, unknown->tell});
  }
  static T const& get(state::State const& s) { return std::get<T>(part<T>(s)); }
};
template <class T>
struct Input<state::Seen<T>> {
  static void miss(state::State const&, Outcome&) {}
  static state::Seen<T> const& get(state::State const& s) { return part<T>(s); }
};
template <>
struct Input<state::Request> {
  static void miss(state::State const&, Outcome&) {}
  static state::Request const& get(state::State const& s) { return s.request; }
};
template <>
struct Input<state::Knowledge> {
  static void miss(state::State const&, Outcome&) {}
  // The state brings its own only in tests.
  static state::Knowledge const& get(state::State const& s) { return s.knowledge.releases.empty() ? knowledge() : s.knowledge; }
};
template <>
struct Input<state::Thresholds> {
  static void miss(state::State const&, Outcome&) {}
  static state::Thresholds const& get(state::State const& s) { return s.thresholds; }
};
struct Now {
  std::int64_t seconds;  // Unix
};
template <>
struct Input<Now> {
  static void miss(state::State const&, Outcome&) {}
  static Now get(state::State const& s) { return {s.now}; }
};

// Makes a check's run from a function whose parameters name what it looks at: `.run = on<test>` with
// `Outcome test(Release const&, Rehearsal const&)`. A missing input makes the check not verified, with the reason.
template <class... T>
Outcome call(Outcome (*test)(T...), state::State const& s) {
  Outcome missing;
  (Input<std::remove_cvref_t<T>>::miss(s, missing), ...);
  if (missing.unverified.empty()) return test(Input<std::remove_cvref_t<T>>::get(s)...);
  missing.unverified.resize(1);  // the first reason is enough: the others usually follow from it
  return missing;
}
template <auto test>
Outcome on(state::State const& s) {
  return call(test, s);
}

// Every check, ascending by code.
std::vector<Check const*> const& all();

// The check with this code or name, or nothing.
Check const* find(std::string_view code_or_name);

// Runs all checks. `ignored`: what is accepted of what they find, where the check allows it.
report::Report judge(state::State const&, std::vector<report::Ignore> const& ignored);

}  // namespace checks
