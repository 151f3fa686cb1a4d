"""Requests and objects without what no two runs share."""
import re

STAMPS = {"uid", "resourceVersion", "creationTimestamp", "time", "modifiedAt", "createdAt"}
# What the API server, or a controller, keeps in an object by itself.
KEPT = {"managedFields", "generation", "selfLink"}
MANAGED_FIELDS = "/metadata/managedFields"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REVISION = "deployment.kubernetes.io/revision"  # a controller's, on a Deployment a moment after it was made
ADDRESSES = ("clusterIP", "clusterIPs", "healthCheckNodePort")


def without(keys, value):
    if isinstance(value, dict):
        return {key: without(keys, each) for key, each in value.items() if key not in keys}
    return [without(keys, each) for each in value] if isinstance(value, list) else value


def body(document, content_type):
    """Of a request. A JSON patch hands over managedFields: those of controllers come and go by themselves."""
    if isinstance(document, list) and "json-patch" in content_type:
        document = [dict(step) for step in document]
        for step in document:
            if step.get("path") == MANAGED_FIELDS:
                step["value"] = [each for each in step["value"] if each["manager"] == "helm"]
            if step.get("path") == "/metadata/resourceVersion":
                step["value"] = "…"
    metadata = document.get("metadata") if isinstance(document, dict) else None
    if metadata and (metadata.get("annotations") or {}).keys() == {REVISION}:
        document = {**document, "metadata": without({"annotations"}, metadata)}
    return without(STAMPS | {REVISION}, document)


def thing(document):
    """An object as it stands: without what is allocated to it, and without its state."""
    document = without(STAMPS | KEPT | {"status"}, document)
    if document.get("kind") == "Service":
        spec = document["spec"]
        # A dry run allocates none, or others.
        for key in ADDRESSES:
            if spec.get(key) not in ("None", ["None"]):
                spec.pop(key, None)
        for port in spec.get("ports", []):
            port.pop("nodePort", None)
    return generated(document)


def generated(value):
    """Random parts of names: of the volume that holds a pod's token, of a Job's selector."""
    if isinstance(value, dict):
        return {key: generated(each) for key, each in value.items()}
    if isinstance(value, list):
        return [generated(each) for each in value]
    return UUID.sub("…", re.sub("(kube-api-access|token)-[a-z0-9]{5}$", r"\1-…", value)) if isinstance(value, str) else value


def line(method, path, query):
    return f"{method} {path}{'?' if query else ''}{'&'.join(sorted('='.join(each) for each in query))}"
