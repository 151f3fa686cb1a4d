#pragma once

#include <string>
#include <vector>

#include "base/semver.h"
#include "state/knowledge.h"

// The way from one version of Coder to another.
namespace checks {

// Of a release line ("1.21"): the newest patch that is not known to break, among those that the repository's index has, else
// among those that Coder released; the line itself where neither has one.
std::string newest_patch(state::Knowledge const&, std::string const& line, std::vector<std::string> const& index);

// The newest version of all that is not known to break; empty where nothing is known.
std::string newest_known(state::Knowledge const&);

// What is known about the line of this version, or nothing.
state::KnownLine const* known_line(state::Knowledge const&, base::Version const&);

// How many lines that are not known yet are taken to lie before a target.
constexpr int most_unknown_lines = 12;

// Where an upgrade stops, ascending, one version of each line; `to` is the last. Coder supports one line at a time. Of lines
// that are not known, no more than that.
std::vector<std::string> stops(state::Knowledge const&, base::Version const& from, base::Version const& to,
                               std::vector<std::string> const& index);

// The range of Kubernetes that this version of Coder requires, or is supported with; nothing if that is not known.
state::KubernetesRange const* kubernetes_range(state::Knowledge const&, base::Version const& coder, bool required);

enum class Fit { too_old, fits, too_new };
Fit fit(state::KubernetesRange const&, base::Version const& kubernetes);

// "1.19 to 1.21", "1.19 or newer", "1.21 or older".
std::string in_words(state::KubernetesRange const&);

}  // namespace checks
