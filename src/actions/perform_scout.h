#pragma once

#include <string>
#include <vector>

#include "actions/perform_ways.h"

// What the ways out need to look at and to rehearse; only they include this.
namespace actions {

std::string text_of(state::ObjectId const&);     // "Service/d"
std::string told(state::Revision const&);        // "3 (1.21.7)"
bool holds_more_than_itself(std::string const& kind);  // nobody deletes such an object by the way

collect::Record record_of(Scout const&, int revision);  // throws std::runtime_error with a sentence

// What revisions later than `after` made and nobody takes away, when the release ends with the objects of `manifest`. An
// object is theirs if it came after their first record, by the API server's own clock.
std::vector<Object> swept(Scout const&, int after, std::vector<Object> const& manifest, std::vector<Object> const& deleted);

// Takes what a run showed into the way; what runs before it showed stays.
void read_run(WayOut&, rehearsal::Run const&);

// The layer in which an operation that was killed no longer holds the release.
rehearsal::Layer lifted(Scout const&);
bool is_pending(state::Release const&);

WayOut roll_back(Scout const&, int revision);
WayOut upgrade_to(Scout const&, WayOut::Kind, int revision, std::string const& version);
WayOut reinstall(Scout const&, int revision, std::string const& version);

}  // namespace actions
