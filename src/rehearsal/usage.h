#pragma once

#include <map>
#include <optional>
#include <string>

#include "rehearsal/path.h"
#include "rehearsal/quantity.h"

// What objects take of a ResourceQuota, as the API server counts it. Source: k8s.io/kubernetes pkg/quota/v1/evaluator/core.
namespace rehearsal {

using Usage = std::map<std::string, Quantity>;  // by the quota's names: "requests.cpu", "count/deployments.apps"

void add(Usage&, Usage const&, std::int64_t times);

Usage usage_of_pod(base::Json const& pod);
Usage usage_of_claim(base::Json const& claim);

// Of any object but a pod, which its kind takes by being there: a Service with node ports, for example.
Usage usage_of(Key const&, std::string const& group, base::Json const& object);

// Whether a quota counts a pod, by its scopes; nothing if it has one that we don't know.
std::optional<bool> counts_pod(base::Json const& quota, base::Json const& pod);

// Whether a quota counts only pods: any that has a scope.
bool is_scoped(base::Json const& quota);

// Whether pods take of it.
bool is_of_pods(std::string const& resource);

}  // namespace rehearsal
