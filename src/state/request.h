#pragma once

#include <string>
#include <vector>

namespace state {

// What the person asked for, after flags, environment and configuration were put together.
struct Request {
  std::string release = "coder";
  std::string chart = "coder/coder";   // as `helm upgrade` takes it: REPO/NAME, a folder, an archive, oci://…
  std::string name_space = "default";
  std::string kube_context;            // empty: the current one
  bool name_space_given = false;       // printed commands repeat only what was given
  bool kube_context_given = false;
  std::string version;                 // as asked: "", "1.21" or "1.21.4"
  std::vector<std::string> adopt, protect, recreate;  // KIND/NAME or "all"
  long timeout_seconds = 300;          // of Helm's waits, --timeout
  bool timeout_given = false;
  bool holder_is_dead = false;         // the person knows that no other Helm works on the release
  std::vector<std::string> value_files;  // --values, as they were given: printed commands repeat them
  std::string database_snapshot;       // "taken": the person says that there is one that can be restored
  bool check_images = false;           // look the new images up in their registries
  bool pull_images = false;            // have a pod pull them
  bool install = false;                // upgrade --install of a release that is not there yet

  bool operator==(Request const&) const = default;
};

}  // namespace state
