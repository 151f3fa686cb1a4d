"""What was foretold against what was sent and answered."""
import json

# What no two runs share.
STAMPS = {"uid", "resourceVersion", "creationTimestamp", "time", "modifiedAt", "createdAt"}
MANAGED_FIELDS = "/metadata/managedFields"


class Foretold:
    """What tests/oracle/rehearse.cpp prints."""

    def __init__(self, document):
        self.rehearsal = document["rehearsal"]
        if "unknown" in self.rehearsal:
            raise AssertionError(f"not rehearsed: {self.rehearsal['unknown']}")
        self.writes = document["writes"]
        judged = iter(self.rehearsal["writes"])
        permitted = iter(each["permission"] for each in self.rehearsal["deletions"])
        for write in self.writes:
            if write["method"] == "DELETE":
                write["verdict"] = next(permitted)
            else:
                write["verdict"] = None if write["record"] else next(judged)["verdict"]

    @property
    def objects(self):
        return [write for write in self.writes if not write["record"]]

    def reached(self):
        """The writes of objects that the real Helm comes to. It stops at a creation that fails; it goes on past other
        failures, but deletes nothing then. At an object that is not the release's it has not begun."""
        if self.rehearsal["ending"] == "ownership":
            return []
        reached, failed = [], False
        for write in self.objects:
            if write["method"] == "DELETE" and failed:
                continue
            reached.append(write)
            if judgement(write) == "rejected" and write["method"] != "DELETE":
                failed = True
                if write["creates"]:
                    break
        return reached

    @property
    def records(self):
        return [line(each["method"], each["path"], each["query"]) for each in self.writes if each["record"]]

    @property
    def ending(self):
        """"works", "fails" or "not verified"."""
        if self.rehearsal["ending"] != "finished":
            return "fails"
        for write in self.reached():
            if judgement(write) != "accepted":
                return "fails" if judgement(write) == "rejected" else "not verified"
        return "works"


def judgement(write):
    return write["verdict"]["judgement"]


def without_stamps(value):
    if isinstance(value, dict):
        return {key: without_stamps(each) for key, each in value.items() if key not in STAMPS}
    return [without_stamps(each) for each in value] if isinstance(value, list) else value


def normal(body, content_type):
    """A body without stamps. A JSON patch hands over managedFields: those of controllers come and go by themselves."""
    if isinstance(body, list) and "json-patch" in content_type:
        body = [dict(step) for step in body]
        for step in body:
            if step.get("path") == MANAGED_FIELDS:
                step["value"] = [each for each in step["value"] if each["manager"] == "helm"]
            if step.get("path") == "/metadata/resourceVersion":
                step["value"] = "…"
    return without_stamps(body)


def is_record(sent):
    """One of Helm's own. Newer ones send them as protobuf, which no object of a chart is."""
    if "/secrets/sh.helm.release.v1." in sent.path:
        return True
    if sent.method != "POST" or not sent.path.endswith("/secrets"):
        return False
    return sent.body is None or sent.body["metadata"].get("name", "").startswith("sh.helm.release.v1.")


def line(method, path, query):
    return f"{method} {path}{'?' if query else ''}{'&'.join(sorted('='.join(each) for each in query))}"


def compare(foretold, sent, done):
    """What disagrees, as sentences. `sent`: recorder.Sent; `done`: how the real Helm ended."""
    truth = "works" if done.code == 0 else "fails"
    trouble = []
    if foretold.ending not in (truth, "not verified"):
        trouble.append(f"foretold: it {foretold.ending}; it {truth}: {done.err}")
    objects = [each for each in sent if not is_record(each)]
    expected = foretold.reached()
    for one, other in zip(expected, objects):
        trouble += differences(one, other)
    trouble += [f"foretold, not sent: {line(one['method'], one['path'], one['query'])}" for one in expected[len(objects):]]
    trouble += [f"sent, not foretold: {line(each.method, each.path, each.query)}" for each in objects[len(expected):]]
    if truth == "works":
        records = [line(each.method, each.path, each.query) for each in sent if is_record(each)]
        if records != foretold.records:
            trouble.append(f"records: foretold {foretold.records}, sent {records}")
    return trouble


def differences(one, other):
    """Between a write that was foretold and the one that was sent in its place."""
    foretold, sent = line(one["method"], one["path"], one["query"]), line(other.method, other.path, other.query)
    if foretold != sent:
        return [f"foretold: {foretold}, sent: {sent}"]
    if one["contentType"] != other.content_type:
        return [f"{sent}: foretold {one['contentType']}, sent {other.content_type}"]
    trouble = []
    bodies = [normal(each, other.content_type) for each in (one["body"], other.body)]
    # A DELETE says how its dependents go, and is not on record with its body.
    if other.method != "DELETE" and bodies[0] != bodies[1]:
        trouble.append(f"{sent}: foretold {json.dumps(bodies[0])}, sent {json.dumps(bodies[1])}")
    accepted = 200 <= other.status < 300
    verdict = one["verdict"]
    if verdict["judgement"] == ("rejected" if accepted else "accepted") or (
            verdict["judgement"] == "rejected" and other.method != "DELETE" and verdict["status"] != other.status):
        trouble.append(f"{sent}: foretold {verdict['judgement']} {verdict['status']} {verdict['message']}; answered {other.status} "
                       f"{(other.answer or {}).get('message', '')}")
    return trouble
