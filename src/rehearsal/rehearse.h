#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "clients/kubernetes.h"
#include "rehearsal/layer.h"
#include "rehearsal/rehearser.h"
#include "state/state.h"

namespace rehearsal {

// An upgrade to rehearse.
struct Script {
  state::Request request;
  state::Release release;          // as it stands
  std::string manifest;            // of the release's base revision
  base::Json base_hooks = {};      // and its hooks
  std::string chart;               // the archive or folder that was pulled
  std::vector<std::string> flags;  // for `helm upgrade`: -f OWN_VALUES and what the person gave
  Layer start;                     // what the chosen remedies will have changed before
  bool rollback_check = true;
  bool only_requests = false;  // leave out what is asked beside them: tests/bench measures what that adds
};

// An object that the upgrade would touch, as it stands. It may hold secrets.
struct Touched {
  std::string path;  // in the API
  state::ObjectId object;
  std::string api_version;
  base::Json before;  // null: it is new
  base::Json after;   // as the API server would leave it, null: deleted or not accepted
  bool deleted = false;
};

struct Rehearsed {
  state::Rehearsal seen;
  std::string helm_version;          // as Helm names itself in its requests; empty: it came to none
  std::optional<base::Json> release;  // the record that Helm would write, with values: it may hold secrets
  std::vector<Touched> touched;
  std::vector<Recorded> writes;  // Helm's requests as they came, its records and deletions among them: they may hold secrets
};

// What `rehearse` gives Helm first. With these words the Rehearser may begin before the rest of the script is known.
std::vector<std::string> upgrade_arguments(state::Request const&, std::string const& chart, std::vector<std::string> const& flags);
Direction upgrade_direction(state::Request const&);

// Rehearses the upgrade and, from what it shows, everything that state::Rehearsal tells. Reads and dry runs only.
Rehearsed rehearse(Script const&, Rehearser&, clients::Kubernetes& api);

// The layer in which the last revision, left pending by a Helm that is gone, stands as failed. Nothing where the record
// can't be read.
std::optional<Layer> with_lock_lifted(state::Release const&, clients::Kubernetes& api, Layer layer = {});

// Where the record of a revision is in the API.
Target record_target(state::Release const&, int revision);

// Takes the effect of a chosen remedy into a layer. `object` is KIND/NAME; nothing and a reason if there is no such
// object, or more than one kind of that name is served.
struct Found {
  Target target;
  base::Json object;
};
std::optional<Found> find_object(std::string const& kind_and_name, std::string const& name_space, clients::Kubernetes& api,
                                 std::string* why);
void adopted(Layer&, Found const&, std::string const& release, std::string const& name_space);  // owned, and kept until the end
void kept(Layer&, Found const&);       // helm.sh/resource-policy: keep
void removed(Layer&, Found const&);    // deleted, to be made anew by Helm
void remade(Layer&, Found const&, base::Json object);  // deleted, and made anew as this object

}  // namespace rehearsal
