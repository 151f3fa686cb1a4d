#pragma once

#include <functional>

#include "checks/check.h"

// A healthy upgrade 1.21.0 → 1.21.7, as a state. A test changes one thing in it.
state::State healthy();

// The outcome of one check by name; fails the test if there is none, or if its words or commands break our rules.
report::Outcome outcome_of(std::string_view check, state::State const&);

bool passes(std::string_view check, state::State const&);                         // nothing found, nothing not verified
report::Finding finding_of(std::string_view check, state::State const&);          // the only one
report::Unverified unverified_of(std::string_view check, state::State const&);    // the only one, with nothing found

// Whether `helm coder` takes these words.
bool is_taken(std::vector<std::string> const& words);

// A finding's remedy as it is printed: the words of a command, or the sentence.
std::string remedy_of(report::Finding const&);

// The parts of a healthy state, to change.
state::Rehearsal& rehearsal_of(state::State&);
state::Release& release_of(state::State&);

// The healthy state with its database changed.
state::State with_database(std::function<void(state::Database&)> const& change);

// Fails the test unless this check of the database says not verified where nobody could log in, or look.
void unverified_without_a_login(std::string_view check);

// The healthy state with one Ingress that leads nowhere after the upgrade.
state::State with_lost_route(bool of_release, bool before, std::string const& instead);

// The healthy state with a certificate of an Ingress, which is well but for the change.
state::State with_certificate(std::function<void(state::Certificate&)> const& change);

// The state of an upgrade from one version of Coder to another.
state::State upgrade(std::string const& from, std::string const& to);

// A request for an object of the release's namespace that the server rejects.
state::Write rejected(std::string const& kind, std::string const& group, std::string const& name, state::Cause,
                      std::string const& message, std::vector<state::FieldError> fields = {});

// Helm stopped while it rendered the chart.
void stop_at_rendering(state::State&);

// The healthy state with what Coder itself tells changed.
state::State with_coder(std::function<void(state::Coder&)> const& change);

// Fails the test unless this check is not verified where Coder could not be asked.
void unverified_without_coder(std::string_view check);
