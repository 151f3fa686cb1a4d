"""Whether anything in the cluster has changed: every object's uid and resourceVersion, by what can be listed."""
from cluster import OWNER, root

METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"

# What controllers write of their own accord, some time after what it tells of; whatever would cause more of it shows by
# itself. And nodes, of which kwok reports the health. Leases and the like are in other namespaces.
ECHOES = {("", "events"), ("events.k8s.io", "events"), ("", "endpoints"), ("discovery.k8s.io", "endpointslices"),
          ("", "nodes")}


def fingerprint(namespace):
    """Of all objects of the namespace and all outside of any: where they are → (uid, resourceVersion)."""
    found = {}
    for version, resource in namespace.plane.resources:
        group, plural, inside = version.rpartition("/")[0], resource["name"], resource["namespaced"]
        if (group, plural) in ECHOES:
            continue
        path = f"{root(version)}/namespaces/{namespace.name}/{plural}" if inside else f"{root(version)}/{plural}"
        for each in namespace.plane.ask("GET", path, accept=METADATA if inside else "application/json")["items"] or []:
            meta = each["metadata"]
            if inside or not belongs_to_another(namespace, each):
                # Only a ComponentStatus has neither.
                found[f"{group}/{plural}/{meta['name']}"] = (meta.get("uid"), meta.get("resourceVersion"))
    return found


def belongs_to_another(namespace, each):
    """Tests run beside this one: theirs are their namespaces, what Helm made for them, their volumes and addresses."""
    meta, spec = each["metadata"], each.get("spec") or {}
    owners = (meta.get("labels", {}).get(OWNER), meta.get("annotations", {}).get("meta.helm.sh/release-namespace"),
              spec.get("claimRef", {}).get("namespace"), spec.get("parentRef", {}).get("namespace"))
    return any(owner not in (None, namespace.name, "default", "kube-system") for owner in owners)


def changes(before, after):
    """What a person would want to read when they differ."""
    return {key: (before.get(key, "not there"), after.get(key, "gone"))
            for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)}
