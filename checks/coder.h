#pragma once

#include <algorithm>
#include <string>

#include "checks/common.h"
#include "checks/knowledge.h"

// For the checks that look at Coder itself.
namespace checks {

inline std::string object_of(state::Provider const& provider) { return "workspace provider " + provider.name; }

inline std::string object_of(state::Kin const& kin) { return "release " + kin.release + " in " + kin.name_space; }

// Whether a release belongs to this Coder: yes, no, or it can't be told, by the address that it names as its Coder's.
inline state::Told belongs(state::Kin const& kin, state::Seen<state::Coder> const& coder) {
  auto const* seen = state::seen(coder);
  auto const* providers = seen ? state::seen(seen->providers) : nullptr;
  if (kin.primary_url.empty() || !seen || (seen->url.empty() && !providers)) return state::Told::not_said;
  if (kin.primary_url == seen->url) return state::Told::yes;
  if (!providers) return state::Told::not_said;
  for (auto const& provider : providers->all)
    if (provider.access_url == kin.primary_url) return state::Told::yes;
  return state::Told::no;
}

// How many of them may be this Coder's. One that is another's says nothing of those that this Coder tells of.
inline std::size_t count_of_own(std::vector<state::Kin> const& all, state::Seen<state::Coder> const& coder) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](state::Kin const& kin) { return belongs(kin, coder) != state::Told::no; }));
}

inline Unverified whose(state::Kin const& kin, std::string const& what) {
  return {object_of(kin), what + "; " + (kin.primary_url.empty() ? "it does not say to which Coder it belongs" : "it belongs to " + kin.primary_url + ", and whether that is this Coder can't be told"),
          "Give a token for Coder's API (CODER_SESSION_TOKEN), or its address with --coder-url."};
}

// The providers (satellites, workspaces), or nothing where the outcome says why they could not be seen.
template <class T>
T const* told(state::Seen<T> const& part, Outcome& out) {
  if (auto const* unknown = std::get_if<state::Unknown>(&part)) out.unverified.push_back({"", unknown->why, unknown->tell});
  return state::seen(part);
}

// What the API of a version tells that is newer than all that we know of is read as that of an older one, which may be wrong.
inline void note_unknown_api(state::Coder const& coder, state::Knowledge const& known, Outcome& out) {
  auto const version = base::parse_version(coder.version);
  auto const& until = known.providers.api_until;
  if (version && !at_or_after(*version, until)) return;
  auto const who = version ? "the API of Coder " + coder.version : std::string("the API of a Coder that does not say its version");
  out.unverified.push_back({"", who + " is not known to this program; what it answers was read as that of a Coder before " + until,
                            "Look into Coder's admin panel, too."});
}

}  // namespace checks
