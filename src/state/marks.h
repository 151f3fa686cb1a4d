#pragma once

// The marks by which Helm knows an object as a release's own, and the one that keeps it from deleting it; source: Helm's
// pkg/action/validate.go and pkg/kube/resource_policy.go.
namespace state::marks {

inline constexpr char const* managed_by = "app.kubernetes.io/managed-by";             // a label, "Helm"
inline constexpr char const* release_name = "meta.helm.sh/release-name";              // annotations
inline constexpr char const* release_namespace = "meta.helm.sh/release-namespace";
inline constexpr char const* resource_policy = "helm.sh/resource-policy";             // "keep"

}  // namespace state::marks
