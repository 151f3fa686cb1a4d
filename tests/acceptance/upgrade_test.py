"""`helm coder upgrade`: what preflight allows ends as planned, and what a remedy did is taken back when it does not."""
import json
import os
import re
import shlex
import signal

import pytest

from cluster import until
from home import PROGRAM
from objects import account, config_map, deployment, lab, marked, owned_by, quota, secret, service, stateful_set
from place import on

POLICY = "helm.sh/resource-policy"
BEFORE = lab(service("d"), stateful_set("db"), deployment("web"), config_map("changes", key="1"))
AFTER = lab(service("d", clusterIP="None"), stateful_set("db", storage="2Gi"), deployment("web", app="other"),
            config_map("changes", key="2"), config_map("nobodys", key="ours"), account("theirs"), secret("managed"),
            service("half"))
ADOPT = ["--adopt", "ConfigMap/nobodys", "--adopt", "ServiceAccount/theirs", "--adopt", "Secret/managed", "--adopt", "Service/half"]
RECREATE = ["--recreate", "Service/d", "--recreate", "StatefulSet/db", "--recreate", "Deployment/web"]
ADOPTED = [("ConfigMap", "nobodys"), ("ServiceAccount", "theirs"), ("Secret", "managed"), ("Service", "half")]


def upgrade(place, *arguments, chart="coder/lab", values=None, version=None, **more):
    return place.run("upgrade", "coder", chart, *place.flags(version, values), "--yes", *arguments, **more)


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


def backup_of(done):
    return re.search(r"/\S+/backups/[^\s;,/]+", done.out).group()


def no_lock_is_left(place):
    assert place.namespace.names("coordination.k8s.io/v1 Lease") == []


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
    done = upgrade(place, *ADOPT, *RECREATE, values=AFTER)
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
    no_lock_is_left(place)


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_the_command_that_preflight_prints_works(place):
    make_conflicts(place)
    let_go_of_theirs(place)
    report = place.run("preflight", "coder", "coder/lab", *place.flags(values=AFTER))
    (printed,) = re.findall(r"all remedies at once:\n\s+helm coder (.*)", report.out)
    done = place.run(*shlex.split(printed), "--yes")
    assert done.code == 0, done
    assert place.status() == (2, "deployed"), done


@on(helms=["3.21.4", "4.2.4"])
def test_a_foreign_object_that_cannot_be_changed_is_adopted_by_being_made_anew(place):
    here = place.namespace
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    here.create(service("d"))
    headless = lab(config_map("a", key="2"), service("d", clusterIP="None"))
    done = place.run_without_a_trace("upgrade", "coder", "coder/lab", *place.flags(values=headless), "--recreate", "Service/d", "--yes")
    assert done.code == 3 and "give --adopt Service/d too" in done.err, done
    done = upgrade(place, "--adopt", "all", "--recreate", "all", values=headless)
    assert done.code == 0, done
    assert place.status() == (2, "deployed"), done
    assert here.get("Service", "d")["spec"]["clusterIP"] == "None"
    assert marks(place, "Service", "d")[1]["meta.helm.sh/release-name"] == "coder"


@on(helms=["3.21.4", "4.2.4"])
def test_all_leaves_out_what_is_another_managers_or_holds_data(place):
    make_conflicts(place)
    let_go_of_theirs(place)
    done = upgrade(place, "--adopt", "all", "--recreate", "all", values=AFTER)
    assert done.code == 3, done
    assert "--adopt Secret/managed" in done.out and "--adopt ConfigMap/nobodys" not in done.out, done
    done = upgrade(place, "--adopt", "all", "--adopt", "Secret/managed", "--recreate", "all", values=AFTER)
    assert done.code == 0, done
    assert place.status() == (2, "deployed"), done


@on(helms=["3.21.4", "4.2.4"])
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
    done = upgrade(place, *ADOPT, "--timeout", "5s", "--ignore", "quota", values=never_ready)
    assert done.code == 1, done
    assert place.status()[1] == "deployed" and "rolled back" in done.out, done
    assert {name: marks(place, kind, name) for kind, name in ADOPTED} == before, done
    assert here.get("ConfigMap", "nobodys")["data"] == {"key": "theirs"}
    no_lock_is_left(place)


@on(planes=["1.20.2"])
def test_the_ingress_that_changes_its_group_is_protected_and_let_go_of(place):
    place.install(version="1.20.0")
    uid = place.namespace.get("Ingress", "web-ingress")["metadata"]["uid"]
    done = place.run("upgrade", "--version", "1.21.7", "--yes", "--protect", "Ingress/web-ingress")
    assert done.code == 0, done
    assert place.status() == (2, "deployed"), done
    ingress = place.namespace.get("Ingress", "web-ingress")
    assert ingress["metadata"]["uid"] == uid
    assert POLICY not in ingress["metadata"]["annotations"]


@on()
@pytest.mark.parametrize("before, after", [("1.21.0", "1.21.7"), ("1.22.3", "1.23.1")])
def test_a_healthy_upgrade_ends_deployed_with_a_backup_that_only_its_owner_reads(place, before, after):
    place.install(version=before, values={"coderd": {"replicas": 1}})
    done = place.run("upgrade", "--version", after, "--yes")
    assert done.code == 0, done
    assert place.status() == (2, "deployed"), done
    assert "everything is as planned" in done.out, done
    folder = backup_of(done)
    modes = place.home.run("find", folder, "-printf", "%m %y\n").out.split("\n")
    assert set(filter(None, modes)) == {"700 d", "600 f"}, modes
    assert "replicas: 1" in open(f"{folder}/values.yaml").read()
    assert "closed" in open(f"{folder}/journal.jsonl").read()
    assert json.load(open(f"{folder}/plan.json"))["to"] == after
    no_lock_is_left(place)


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_a_dry_run_prints_the_plan_and_changes_nothing(place):
    place.install(version="1.21.0")
    done = place.run_without_a_trace("upgrade", "--version", "1.21.7", "--dry-run")
    assert done.code == 0, done
    assert "upgrade 1.21.0 → 1.21.7" in done.out, done


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_without_a_terminal_it_does_not_ask(place):
    place.install(version="1.21.0")
    done = place.run_without_a_trace("upgrade", "--version", "1.21.7")
    assert done.code == 2, done
    assert "--yes" in done.err, done


# --- interrupted ----------------------------------------------------------------------------------------------------

QUIET = lab(deployment("web", resources={"requests": {"cpu": "100m"}}), config_map("a", key="1"))
WAITS = lab(deployment("web", resources={"requests": {"cpu": "2"}}), config_map("nobodys", key="ours"))


def start_an_upgrade_that_waits(place):
    """With an adopted object, and Helm waiting for a pod that the quota does not let in."""
    here = place.namespace
    place.install("coder/lab", values=QUIET)
    here.create(config_map("nobodys", key="theirs"), quota("small", **{"requests.cpu": "1"}))
    until(lambda: here.get("ResourceQuota", "small").get("status", {}).get("used"), "the quota counts")
    process = place.start("upgrade", "coder", "coder/lab", *place.flags(values=WAITS), "--yes", "--adopt", "ConfigMap/nobodys",
                          "--ignore", "quota", "--timeout", "10m")
    until(lambda: here.list("Secret", "owner=helm,status=pending-upgrade") or process.poll() is not None, "Helm holds the release")
    assert process.poll() is None, process.communicate()
    until(lambda: here.get("Deployment", "web")["metadata"]["generation"] == 2, "Helm waits")
    assert here.get("ConfigMap", "nobodys")["metadata"]["annotations"][POLICY] == "keep"
    return process


def helm_of(place):
    (pid,) = [pid for pid, line in place.home.processes().items() if "/helm upgrade" in line]
    return pid


def foreign_object_is_what_it_was(place):
    found = place.namespace.get("ConfigMap", "nobodys")
    return found["data"] == {"key": "theirs"} and not found["metadata"].get("annotations") and not found["metadata"].get("labels")


@on(helms=["3.21.4", "4.2.4"])
def test_an_interruption_lets_helm_roll_back_and_takes_everything_off(place):
    process = start_an_upgrade_that_waits(place)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1, out + err
    assert place.status() == (3, "deployed"), out + err
    assert foreign_object_is_what_it_was(place), out + err
    no_lock_is_left(place)


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_a_killed_upgrade_lets_its_helm_end_and_recover_takes_the_rest_off(place):
    process = start_an_upgrade_that_waits(place)
    process.kill()
    process.communicate()
    until(lambda: place.status() == (3, "deployed"), "Helm has rolled back")
    until(lambda: not place.home.processes(), "Helm is gone")
    held = place.run("recover", "coder", "coder/lab", "--yes")
    assert held.code == 5 and "another helm coder works on the release" in held.err, held
    until(lambda: place.run("recover", "coder", "coder/lab", "--dry-run").code == 0, "the lock is stale")
    done = place.run("recover", "coder", "coder/lab", "--yes")
    assert done.code == 0, done
    assert foreign_object_is_what_it_was(place), done
    assert place.run("recover", "coder", "coder/lab").code == 0
    no_lock_is_left(place)


@on(planes=["1.20.2"], helms=["3.21.4", "4.2.4"])
def test_where_both_were_killed_recover_frees_the_release_and_keeps_the_foreign_object(place):
    process = start_an_upgrade_that_waits(place)
    helm = helm_of(place)
    os.kill(helm, signal.SIGSTOP)
    process.kill()
    os.kill(helm, signal.SIGKILL)
    process.communicate()
    until(lambda: place.run("recover", "coder", "coder/lab", "--dry-run", "--holder-is-dead").code == 0, "the lock is stale")
    done = place.run("recover", "coder", "coder/lab", "--yes", "--holder-is-dead")
    assert done.code == 0, done
    assert place.status() == (3, "deployed"), done
    assert place.namespace.get("Deployment", "web")["spec"]["template"]["spec"]["containers"][0]["resources"]["requests"]["cpu"] == "100m"
    assert foreign_object_is_what_it_was(place), done
    no_lock_is_left(place)


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_a_helm_that_was_killed_under_us_leaves_the_release_to_recover(place):
    process = start_an_upgrade_that_waits(place)
    os.kill(helm_of(place), signal.SIGKILL)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1, out + err
    again = upgrade(place, values=QUIET)
    assert again.code == 5, again  # the record still says that Helm is at work
    assert "killed by signal 9" in " ".join(out.split()) and "recover --holder-is-dead" in out, out + err
    assert place.namespace.get("ConfigMap", "nobodys")["metadata"]["annotations"][POLICY] == "keep"
    done = place.run("recover", "coder", "coder/lab", "--yes", "--holder-is-dead")
    assert done.code == 0, done
    assert place.status() == (3, "deployed"), done
    assert foreign_object_is_what_it_was(place), done


# --- who else is there ----------------------------------------------------------------------------------------------

@on(planes=["1.34.2"], helms=["3.21.4"])
def test_another_helm_coder_is_left_to_work(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    place.namespace.create({"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "helm-coder-coder"},
                            "spec": {"holderIdentity": "ada@elsewhere", "leaseDurationSeconds": 30,
                                     "renewTime": "2999-01-01T00:00:00.000000Z"}})
    done = place.run_without_a_trace("upgrade", "coder", "coder/lab", *place.flags(values=lab(config_map("a", key="2"))), "--yes")
    assert done.code == 5, done
    assert "ada@elsewhere" in done.err, done


@on(planes=["1.20.2"], helms=["3.21.4"])
def test_an_admin_of_the_namespace_alone_locks_with_a_config_map(place):
    here = place.namespace
    place.install("coder/lab", values=QUIET)
    user = f"admin-of-{here.name}"
    here.create({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "admin"},
                 "subjects": [{"kind": "User", "name": user, "apiGroup": "rbac.authorization.k8s.io"}],
                 "roleRef": {"kind": "ClusterRole", "name": "admin", "apiGroup": "rbac.authorization.k8s.io"}})
    place.kubeconfig = place.plane.user(user)
    changed = lab(*QUIET["objects"][:1], config_map("a", key="2"))
    done = place.run("upgrade", "coder", "coder/lab", *place.flags(values=changed), "--yes")
    assert done.code == 0, done
    assert place.status() == (2, "deployed"), done
    assert here.names("ConfigMap") == ["a"] or "helm-coder-coder" not in here.names("ConfigMap")


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_a_full_disk_stops_it_before_anything_changes(place):
    place.install(version="1.21.0")
    full = place.home.folder / "full"
    full.mkdir()
    script = 'mount -t tmpfs -o size=12k tmpfs "$0" && HELM_DATA_HOME="$0" exec "$@"'
    before = place.settle()
    done = place.home.run("unshare", "--mount", "sh", "-c", script, full, PROGRAM, "upgrade", "--version", "1.21.7", "--yes",
                          environment=place.outer_helm())
    assert done.code == 1, done
    assert "No space left on device" in done.err, done
    assert place.settle() == before
