#pragma once

#include <string>

#include "clients/kubernetes.h"
#include "state/coder.h"
#include "state/seen.h"

// What Coder's answers say. They are as untrusted as any: what is missing, or is not of the type that it should have, is not
// said. Shapes: coder-sdk of the command line 1.16 to 1.23.
namespace collect::answers {

// Why the answer is none; `who` is asked ("Coder at https://coder.example.com"). Empty: it is one.
state::Unknown trouble(clients::Answer const&, std::string const& who);
inline bool is_trouble(state::Unknown const& unknown) { return !unknown.why.empty(); }

std::string version(clients::Answer const&);        // of GET /api: "1.21.7", or empty
state::Told setup_mode(clients::Answer const&);     // of GET /api/private/config/setup-mode
state::Seen<state::Providers> providers(clients::Answer const&, std::string const& who);    // /api/private/resource-pools
state::Seen<state::Satellites> satellites(clients::Answer const&, std::string const& who);  // /api/private/satellites
state::Seen<state::Workspaces> workspaces(clients::Answer const&, std::string const& who);  // /api/v0/workspaces

}  // namespace collect::answers
