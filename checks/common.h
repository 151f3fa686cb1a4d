#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "base/semver.h"
#include "checks/check.h"

// What several checks need.
namespace checks {

// "Service/d", with its namespace where that is not the release's.
std::string name_of(state::ObjectId const&, state::Request const&);

// The version that the upgrade goes to, as far as it is known: the chart's, else what was asked.
std::string version_of(state::Request const&, state::Seen<state::Target> const&);

// {"upgrade", "--version", V}; without the version where it is not known.
std::vector<std::string> upgrade_words(state::Request const&, state::Seen<state::Target> const&);

// `helm coder upgrade --version V FLAG KIND/NAME`, with the remedies that were chosen already, for an object in the
// release's namespace or in none. The flags have no way to name another namespace: then it is what `otherwise` says.
Remedy upgrade_with(std::string_view flag, state::ObjectId const&, state::Request const&,
                    state::Seen<state::Target> const&, Advice otherwise);

// How far Helm came. What it did not reach is never "fine".
bool rendered(state::Rehearsal const&);
bool read_manifest(state::Rehearsal const&);
bool saw_everything(state::Rehearsal const&);

// Why the rest could not be judged, where `reached` is false: to be added to an outcome.
void note_unreached(state::Rehearsal const&, bool reached, Outcome&);

// Why the Ingresses of the namespace, or what runs there, could not be seen: to be added to an outcome.
void note_surroundings(state::Rehearsal const&, Outcome&);

// A finding for every request, and every pod, that was rejected for one of these causes: one for each field that the
// server named, with its words. Not verified for what Helm did not reach.
Outcome rejections(state::Rehearsal const&, state::Request const&, std::initializer_list<state::Cause>, Advice const&);

// The revision that Helm compares with, or nothing where nothing is installed.
state::Revision const* installed(state::Release const&);

// The target's version, if it is a chart of Coder's whose version can be read; else the outcome says what is not
// verified.
std::optional<base::Version> coder_version(state::Target const&, Outcome&);

// From where to where. Nothing where nothing is installed, and where the outcome says what is not verified.
struct Hop {
  base::Version from, to;
};
std::optional<Hop> hop(state::Release const&, state::Target const&, Outcome&);

// What the repository's index has, as far as it was seen.
std::vector<std::string> indexed(state::Seen<state::Repository> const&);

// Every version on the way to the target, the target the last; only that where nothing is installed. Empty where the outcome
// says what is not verified.
std::vector<std::string> way(state::Release const&, state::Target const&, state::Seen<state::Repository> const&,
                             state::Knowledge const&, Outcome&);

}  // namespace checks
