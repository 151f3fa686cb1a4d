"""`upgrade -o json` and `recover -o json`: one document on standard output, and all the rest on standard error."""
import json

import jsonschema
import yaml

from cluster import TESTS
from objects import config_map, deployment, lab, service
from place import EACH_ONCE, on
from recover_test import DROPPED

ONE = on(planes=["1.34.2"], helms=["3.21.4"])


def schema(name):
    return json.loads((TESTS.parent / "docs" / "schema" / f"{name}.json").read_text())


def document(done, read=json.loads):
    """What was printed, which fits the published schema."""
    try:
        found = read(done.out)
    except ValueError as error:
        raise AssertionError(f"no document, {error}: {done}") from None
    jsonschema.validate(found, schema("outcome"))
    if found["preflight"]:
        jsonschema.validate(found["preflight"], schema("preflight"))
    assert found["exitCode"] == done.code, done
    return found


@EACH_ONCE
def test_an_upgrade_tells_what_was_seen_planned_and_done(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    done = place.upgrade("-o", "json", values=lab(config_map("a", key="2")))
    told = document(done)
    assert (done.code, told["command"], told["preflight"]["verdict"]) == (0, "upgrade", "fine"), done
    assert any(step["name"].startswith("upgrade") for step in told["plan"]["steps"]), done
    outcome = told["outcome"]
    assert outcome["ok"] and outcome["problem"] is None and outcome["next"] is None and outcome["left"] == [], done
    assert outcome["last"] == {"revision": 2, "status": "deployed", "version": "0.1.0"}, done
    assert (place.home.folder / outcome["backup"]).is_dir(), done
    assert "everything is as planned" in done.err and "has been upgraded" in done.err, done
    assert place.namespace.get("ConfigMap", "a")["data"] == {"key": "2"}


@ONE
def test_a_dry_run_and_a_forbidden_one_tell_how_far_they_came(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    dry = document(place.run_without_a_trace("upgrade", "coder", "coder/lab", "--dry-run", "-o", "yaml"), yaml.safe_load)
    assert dry["exitCode"] == 0 and dry["plan"]["steps"] and dry["outcome"] is None
    invalid = lab(service("a", ports=[{"port": 0, "protocol": "TCP"}]))
    forbidden = document(place.upgrade("-o", "json", values=invalid))
    assert forbidden["exitCode"] == 3 and forbidden["plan"] is None and forbidden["outcome"] is None
    assert forbidden["preflight"]["verdict"] == "forbidden"


@ONE
def test_what_can_not_run_leaves_standard_output_empty(place):
    done = place.run_without_a_trace("upgrade", "-o", "json", environment={"HELM_KUBECONTEXT": "nowhere"})
    assert (done.code, done.out) == (1, ""), done
    assert "nowhere" in done.err, done


@ONE
def test_an_upgrade_that_fails_tells_what_helm_left(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    done = place.upgrade("-o", "json", "--timeout", "3s", values=lab(config_map("a", key="2"), deployment("web", resources={"requests": {"cpu": "5000"}})))
    told = document(done)
    assert done.code == 1 and not told["outcome"]["ok"] and told["outcome"]["helm"] == "rolled-back", done
    assert told["outcome"]["problem"], done
    assert place.namespace.get("ConfigMap", "a")["data"] == {"key": "1"}


@ONE
def test_a_recovery_tells_the_ways_that_it_tried(place):
    place.install("coder/lab", values=DROPPED[0])
    assert place.upgrade_plainly(chart="coder/lab", values=DROPPED[1], timeout="10s").code != 0
    done = place.run("recover", "coder", "coder/lab", "--yes", "-o", "json")
    told = document(done)
    assert done.code == 0 and told["preflight"] is None, done
    assert told["diagnosis"]["condition"] in ("rollback-failed", "failed"), done
    assert told["ways"][-1]["comesThrough"] and told["outcome"]["ok"], done
    again = document(place.run_without_a_trace("recover", "coder", "coder/lab", "-o", "json"))
    assert again["diagnosis"]["condition"] == "healthy" and again["plan"] is None and again["ways"] == []
