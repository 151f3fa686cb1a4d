"""What was foretold against what was sent and answered."""
import json

import normal
from normal import line


class Foretold:
    """What tests/oracle/rehearse.cpp prints."""

    def __init__(self, document):
        self.rehearsal = document["rehearsal"]
        assert "unknown" not in self.rehearsal, f"not rehearsed: {self.rehearsal['unknown']}"
        self.writes = document["writes"]
        judged = iter(self.rehearsal["writes"])
        permitted = iter(each["permission"] for each in self.rehearsal["deletions"])
        for write in self.writes:
            if write["method"] == "DELETE" and not write["record"]:
                write["verdict"] = next(permitted)
            else:
                write["verdict"] = None if write["record"] else next(judged)["verdict"]
        assert next(judged, None) is None and next(permitted, None) is None, "there are verdicts without a write"
        self.goes_past_ownership = False
        self.is_installation = False  # then Helm makes objects of a kind side by side, and may go on past a failure

    def past_ownership(self):
        """The same upgrade, once all objects are the release's."""
        self.goes_past_ownership = True
        return self

    @property
    def stops_at_ownership(self):
        return self.rehearsal["ending"] == "ownership" and not self.goes_past_ownership

    @property
    def objects(self):
        return [write for write in self.writes if not write["record"]]

    @property
    def hooks(self):
        """By (when, name)."""
        return {(trial["what"].split()[1].split("-")[0], trial["object"]["name"]): trial["verdict"]
                for trial in self.rehearsal["trials"] if trial["hook"]}

    def fails_before(self):
        """Whether a hook that comes first can't be made."""
        return any(when == "pre" and verdict["judgement"] == "rejected" for (when, _), verdict in self.hooks.items())

    def reached(self, sent=()):
        """The writes of objects that the real Helm comes to. It stops at a creation that fails; it goes on past other
        failures, but deletes nothing then. An object whose fields can't be handed over to server-side apply is not applied.
        At an object that is not the release's it has not begun. What came of a write that is not verified is told by
        `sent`."""
        if self.stops_at_ownership or self.fails_before():
            return []
        if self.is_installation:
            return self.objects
        reached, failed, not_handed_over = [], False, set()
        for write in self.objects:
            if write["method"] == "DELETE" and failed:
                continue
            if write["path"] in not_handed_over:
                not_handed_over.remove(write["path"])
                continue
            reached.append(write)
            answered = sent[len(reached) - 1].status if len(reached) <= len(sent) else 200
            if write["method"] != "DELETE" and (judgement(write) == "rejected" or judgement(write) != "accepted" and answered >= 300):
                failed = True
                if "json-patch" in write["contentType"]:
                    not_handed_over.add(write["path"])
                if write["creates"]:
                    break
        return reached

    @property
    def records(self):
        return [line(each["method"], each["path"], each["query"]) for each in self.writes if each["record"]]

    @property
    def ending(self):
        """"works", "fails" or "not verified"."""
        if self.stops_at_ownership or self.fails_before() or self.rehearsal["ending"] not in ("finished", "ownership"):
            return "fails"
        judgements = [judgement(write) for write in self.reached()] + [verdict["judgement"] for verdict in self.hooks.values()]
        unclear = {each for each in judgements if each != "accepted"}
        return "works" if not unclear else "fails" if "rejected" in unclear else "not verified"


def judgement(write):
    return write["verdict"]["judgement"]


def is_record(sent):
    """One of Helm's own, a Secret or a ConfigMap. Newer ones send them as protobuf, which no object of a chart is."""
    if "/sh.helm.release.v1." in sent.path:
        return True
    if sent.method != "POST" or not sent.path.endswith(("/secrets", "/configmaps")):
        return False
    return sent.body is None or sent.body["metadata"].get("name", "").startswith("sh.helm.release.v1.")


def name_of(sent):
    return name_in(sent.method, sent.path, sent.body)


def name_in(method, path, body):
    metadata = body.get("metadata", {}) if isinstance(body, dict) else {}
    return metadata.get("name", "") if method == "POST" else path.rpartition("/")[2]


def compare(foretold, sent, done):
    """What disagrees, as sentences. `sent`: recorder.Sent; `done`: how the real Helm ended."""
    truth = "works" if done.code == 0 else "fails"
    trouble = []
    if foretold.ending not in (truth, "not verified"):
        trouble.append(f"foretold: it {foretold.ending}; it {truth}: {done.err}")
    hooks = {name for _, name in foretold.hooks}
    objects = [each for each in sent if not is_record(each) and name_of(each) not in hooks]
    expected = foretold.reached(objects)
    if foretold.is_installation:
        expected = in_the_order_of(objects, expected, truth == "works")
    for one, other in zip(expected, objects):
        trouble += differences(one, other)
    trouble += [f"foretold, not sent: {line(one['method'], one['path'], one['query'])}" for one in expected[len(objects):]]
    trouble += [f"sent, not foretold: {line(each.method, each.path, each.query)}" for each in objects[len(expected):]]
    trouble += wrong_hooks(foretold, sent, truth)
    if truth == "works":
        trouble += wrong_records(foretold, sent)
    return trouble


def in_the_order_of(sent, expected, works):
    """What was foretold, put as it was sent. What was not is left out where that is no wonder."""
    def about(method, path, query, name):
        return line(method, path, query), name
    left = [(about(one["method"], one["path"], one["query"], name_in(one["method"], one["path"], one["body"])), one) for one in expected]
    found = []
    for each in sent:
        same = next((pair for pair in left if pair[0] == about(each.method, each.path, each.query, name_of(each))), None)
        if same:
            left.remove(same)
            found.append(same[1])
    return found + ([one for _, one in left] if works else [])


def wrong_records(foretold, sent):
    """Each hook that runs makes Helm write its record once more."""
    records = [line(each.method, each.path, each.query) for each in sent if is_record(each)]
    same = set(records) == set(foretold.records) if foretold.hooks else records == foretold.records
    return [] if same else [f"records: foretold {foretold.records}, sent {records}"]


def wrong_hooks(foretold, sent, truth):
    made = {}
    for each in sent:
        if each.method != "DELETE":
            made.setdefault(name_of(each), []).append(each)
    trouble = []
    for (when, name), verdict in foretold.hooks.items():
        if truth == "works" and name not in made:
            trouble.append(f"{when}-hook {name}: foretold, not sent")
        for each in made.get(name, []):
            accepted = each.status < 300
            if verdict["judgement"] == ("rejected" if accepted else "accepted"):
                trouble.append(f"{when}-hook {name}: foretold {verdict['judgement']}; answered {each.status}")
    return trouble


def differences(one, other):
    """Between a write that was foretold and the one that was sent in its place."""
    foretold, sent = line(one["method"], one["path"], one["query"]), line(other.method, other.path, other.query)
    if foretold != sent:
        return [f"foretold: {foretold}, sent: {sent}"]
    if one["contentType"] != other.content_type:
        return [f"{sent}: foretold {one['contentType']}, sent {other.content_type}"]
    trouble = []
    bodies = [normal.body(each, other.content_type) for each in (one["body"], other.body)]
    # A DELETE says how its dependents go, and is not on record with its body.
    if other.method != "DELETE" and bodies[0] != bodies[1]:
        trouble.append(f"{sent}: foretold {json.dumps(bodies[0])}, sent {json.dumps(bodies[1])}")
    accepted = other.status < 300
    verdict = one["verdict"]
    if verdict["judgement"] == ("rejected" if accepted else "accepted") or (
            verdict["judgement"] == "rejected" and other.method != "DELETE" and verdict["status"] != other.status):
        trouble.append(f"{sent}: foretold {verdict['judgement']} {verdict['status']} {verdict['message']}; answered {other.status} "
                       f"{(other.answer or {}).get('message', '')}")
    # What a verdict was taken over from another one has no object. A patch of what the upgrade has written before is judged
    # against the object as it is, and what becomes of it is not known: the rehearsal says so.
    second_patch = one["changed"] and other.method == "PATCH" and "apply-patch" not in other.content_type
    if accepted and verdict["judgement"] == "accepted" and one["after"] is not None and not second_patch:
        after = [normal.thing(each) for each in (one["after"], other.answer)]
        if after[0] != after[1]:
            trouble.append(f"{sent}: foretold to become {json.dumps(after[0])}, became {json.dumps(after[1])}")
    return trouble
