"""Whether anything in the cluster has changed: each object with the revision in which it was last written."""
from cluster import PREFIX

# What controllers write of their own accord, some time after what it tells of; whatever would cause more of it shows by
# itself. And nodes, of which kwok reports the health.
ECHOES = ("events/", "events.k8s.io/", "endpointslices/", "services/endpoints/", "minions/", "masterleases/", "ranges/")


def fingerprint(namespace):
    """Of all objects of the namespace and all outside of any: where the API server keeps them → revision."""
    stored = namespace.plane.stored()
    namespaces = {key.rpartition("/")[2] for key in stored if key.startswith("namespaces/")}
    found = {}
    for key, (revision, value) in stored.items():
        inside = key.split("/")[-2]
        if inside in namespaces or inside.startswith(PREFIX):
            wanted = inside == namespace.name
        else:
            wanted = not belongs_to_another(namespace, key, value)
        if wanted and not key.startswith(ECHOES):
            found[key] = revision
    return found


def belongs_to_another(namespace, key, value):
    """Tests run beside this one: theirs are their namespaces, their volumes and addresses, and what names them."""
    named = key.encode() + b" " + value
    return PREFIX.encode() in named and namespace.name.encode() not in named


def changes(before, after):
    """What a person would want to read when they differ."""
    return {key: (before.get(key, "not there"), after.get(key, "gone"))
            for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)}
