"""What preflight says of an object's fields, put to the test: the object as it was, with what is foretold done to it, is the
object as it then is."""
import copy
import json
import re

KEYS = ("name", "port", "containerPort", "mountPath", "key", "path", "host")
STEP = re.compile(r"\[([^\]]*)\]|([^.\[]+)")
# What the API server and the controllers write by themselves.
KEPT = ("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp")
REVISION = "deployment.kubernetes.io/revision"


def of(report, kind, name):
    """The entry of one object, or None."""
    return next((each for each in report.document["changes"]["objects"]
                 if (each["object"]["kind"], each["object"]["name"]) == (kind, name)), None)


def in_order(node):
    """Lists of named items sorted by name: what is told of them says nothing of their order."""
    if isinstance(node, dict):
        return {key: in_order(value) for key, value in node.items()}
    if isinstance(node, list):
        named = all(isinstance(item, dict) and "name" in item for item in node)
        return sorted(map(in_order, node), key=lambda item: item["name"]) if named else list(map(in_order, node))
    return node


def without_the_servers(thing):
    thing = in_order(copy.deepcopy(thing))
    thing.pop("status", None)
    for key in KEPT:
        thing["metadata"].pop(key, None)
    thing["metadata"].get("annotations", {}).pop(REVISION, None)
    return {**thing, "metadata": {key: value for key, value in thing["metadata"].items() if value != {}}}


def value_of(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


def place_of(node, text):
    """Where in a list the item of this name is; it is made if there is none."""
    for i, item in enumerate(node):
        if any(str(item.get(key)) == text for key in KEYS if isinstance(item, dict)):
            return i
    if text.isdigit() and int(text) < len(node):
        return int(text)
    node.append({"name": text})
    return len(node) - 1


def walk(thing, path):
    """The container in which the field is, and its place there."""
    steps = STEP.findall(path)
    node = thing
    for i, (bracketed, plain) in enumerate(steps):
        place = place_of(node, bracketed) if isinstance(node, list) else bracketed or plain
        if i == len(steps) - 1:
            return node, place
        # What is not there yet is made, and brackets lead into a list.
        node = node[place] if isinstance(node, list) else node.setdefault(place, [] if steps[i + 1][0] else {})
    raise AssertionError(path)


def done_to(thing, fields):
    """A copy of the object with the foretold values in place of the old ones."""
    thing = without_the_servers(thing)
    for field in fields:
        node, place = walk(thing, field["path"])
        before = node[place] if isinstance(node, list) else node.get(place)
        assert field["before"] == (None if before is None else field["before"]), field
        assert before is None or value_of(field["before"]) == before or field["before"] == "(hidden)", (field, before)
        if field["after"] is None:
            del node[place]
        else:
            node[place] = value_of(field["after"])
    return without_the_servers(thing)
