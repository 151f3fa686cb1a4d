#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace rehearsal {

// Something that an object names in its own namespace.
struct Referral {
  std::string field;            // "containers[coderd].env[DB_PASSWORD]"
  std::string kind, name, key;  // "Secret", "coder-db", "password"; no key: the object as a whole
  bool needed = true;           // no pod starts without it
  bool variable = false;        // what is there becomes the value of environment variables
  bool mounted = false;         // it becomes files in a pod
  bool operator==(Referral const&) const = default;
};

// The spec of the pods that an object has made, or of the pod that it is; null if it is nothing of that sort.
base::Json const& pod_spec_of(base::Json const& object);

// The Secrets, ConfigMaps and claims of a pod, and the Secrets for TLS of an Ingress. What the pod says it can do without is
// left out.
std::vector<Referral> referrals_of_pod(base::Json const& pod_spec);
std::vector<Referral> referrals_of_ingress(base::Json const& ingress);

}  // namespace rehearsal
