"""What stands in the way of an upgrade is dealt with by remedies, and what they did is taken back when it fails."""
import re
import shlex

from objects import POLICY, account, config_map, deployment, lab, marked, owned_by, quota, secret, service, stateful_set
from place import EACH_ONCE, on

BEFORE = lab(service("d"), stateful_set("db"), deployment("web"), config_map("changes", key="1"))
AFTER = lab(service("d", clusterIP="None"), stateful_set("db", storage="2Gi"), deployment("web", app="other"),
            config_map("changes", key="2"), config_map("nobodys", key="ours"), account("theirs"), secret("managed"),
            service("half"))
ADOPT = ["--adopt", "ConfigMap/nobodys", "--adopt", "ServiceAccount/theirs", "--adopt", "Secret/managed", "--adopt", "Service/half"]
RECREATE = ["--recreate", "Service/d", "--recreate", "StatefulSet/db", "--recreate", "Deployment/web"]
ADOPTED = [("ConfigMap", "nobodys"), ("ServiceAccount", "theirs"), ("Secret", "managed"), ("Service", "half")]


def make_conflicts(place):
    here = place.namespace
    place.install("coder/lab", values=BEFORE)
    place.install("coder/lab", values=lab(account("theirs")), release="other")
    here.create(config_map("nobodys", key="theirs"), owned_by(secret("managed"), "coder", here.name, manager="kustomize"),
                marked(service("half"), {"app.kubernetes.io/managed-by": "Helm"}))


def let_go_of_theirs(place):
    """As the advice says."""
    theirs = "ServiceAccount", "theirs"
    place.namespace.patch(*theirs, {"metadata": {"annotations": {POLICY: "keep"}}})
    place.install("coder/lab", values=lab(config_map("instead")), release="other")
    place.namespace.patch(*theirs, {"metadata": {"annotations": {POLICY: None, "meta.helm.sh/release-name": None}}})


def marks(place, kind, name):
    meta = place.namespace.get(kind, name)["metadata"]
    return meta.get("labels", {}), meta.get("annotations", {})


@on(helms=["3.21.4", "4.2.4"])
def test_without_remedies_conflicts_stop_it_before_anything_changes(place):
    make_conflicts(place)
    done = place.run_without_a_trace("upgrade", "coder", "coder/lab", "--yes", *place.flags(values=AFTER))
    assert done.code == 3, done
    assert "nothing was changed" in done.out, done


@on(helms=["3.21.4", "4.2.4"])
def test_with_all_remedies_it_comes_through(place):
    make_conflicts(place)
    let_go_of_theirs(place)
    here = place.namespace
    old = {name: here.get(kind, name)["metadata"]["uid"] for kind, name in ADOPTED}
    done = place.upgrade(*ADOPT, *RECREATE, values=AFTER)
    assert done.code == 0, done
    assert place.status() == (2, "deployed"), done
    for kind, name in ADOPTED:
        labels, annotations = marks(place, kind, name)
        assert labels["app.kubernetes.io/managed-by"] == "Helm" and annotations["meta.helm.sh/release-name"] == "coder", name
        assert here.get(kind, name)["metadata"]["uid"] == old[name]
    assert [name for kind, name in ADOPTED if POLICY in marks(place, kind, name)[1]] == [], done
    assert here.get("Service", "d")["spec"]["clusterIP"] == "None"
    assert here.get("ConfigMap", "nobodys")["data"] == {"key": "ours"}
    claim = here.get("StatefulSet", "db")["spec"]["volumeClaimTemplates"][0]
    assert claim["spec"]["resources"]["requests"]["storage"] == "2Gi"
    assert here.get("Deployment", "web")["spec"]["selector"]["matchLabels"] == {"app": "other"}
    place.no_lock_is_left()


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_the_command_that_preflight_prints_works(place):
    make_conflicts(place)
    let_go_of_theirs(place)
    report = place.run("preflight", "coder", "coder/lab", *place.flags(values=AFTER))
    (printed,) = re.findall(r"all remedies at once:\n\s+helm coder (.*)", report.out)
    done = place.run(*shlex.split(printed), "--yes")
    assert done.code == 0, done
    assert place.status() == (2, "deployed"), done


@EACH_ONCE
def test_a_foreign_object_that_cannot_be_changed_is_adopted_by_being_made_anew(place):
    here = place.namespace
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    here.create(service("d"))
    headless = lab(config_map("a", key="2"), service("d", clusterIP="None"))
    done = place.run_without_a_trace("upgrade", "coder", "coder/lab", *place.flags(values=headless), "--recreate", "Service/d", "--yes")
    assert done.code == 3 and "give --adopt Service/d too" in done.err, done
    done = place.upgrade("--adopt", "all", "--recreate", "all", values=headless)
    assert done.code == 0, done
    assert place.status() == (2, "deployed"), done
    assert here.get("Service", "d")["spec"]["clusterIP"] == "None"
    assert marks(place, "Service", "d")[1]["meta.helm.sh/release-name"] == "coder"


@EACH_ONCE
def test_all_leaves_out_what_is_another_managers_or_holds_data(place):
    make_conflicts(place)
    let_go_of_theirs(place)
    done = place.upgrade("--adopt", "all", "--recreate", "all", values=AFTER)
    assert done.code == 3, done
    assert "--adopt Secret/managed" in done.out and "--adopt ConfigMap/nobodys" not in done.out, done
    done = place.upgrade("--adopt", "all", "--adopt", "Secret/managed", "--recreate", "all", values=AFTER)
    assert done.code == 0, done
    assert place.status() == (2, "deployed"), done


@EACH_ONCE
def test_a_live_releases_object_is_never_adopted(place):
    make_conflicts(place)
    done = place.run_without_a_trace("upgrade", "coder", "coder/lab", "--yes", *place.flags(values=AFTER), *ADOPT)
    assert done.code == 3, done
    assert "ServiceAccount/theirs can't be adopted: it belongs to release other" in done.err, done


@on(helms=["3.21.4", "4.2.4"])
def test_what_was_adopted_is_there_and_as_it_was_after_a_failure(place):
    here = place.namespace
    make_conflicts(place)
    let_go_of_theirs(place)
    before = {name: marks(place, kind, name) for kind, name in ADOPTED}
    here.create(quota("full", **{"count/deployments.apps": "1"}), quota("small", **{"requests.cpu": "1"}))
    never_ready = lab(*BEFORE["objects"][:3], *AFTER["objects"][3:], deployment("web", resources={"requests": {"cpu": "2"}}))
    never_ready["objects"].remove(deployment("web"))
    done = place.upgrade(*ADOPT, "--timeout", "10s", "--ignore", "quota", values=never_ready)
    assert done.code == 1, done
    assert place.status()[1] == "deployed" and "rolled back" in done.out, done
    assert {name: marks(place, kind, name) for kind, name in ADOPTED} == before, done
    assert here.get("ConfigMap", "nobodys")["data"] == {"key": "theirs"}
    place.no_lock_is_left()
