"""`helm coder upgrade`: what preflight allows ends as planned, and what can't be done stops before anything changes."""
import json
import re

import pytest

from home import PROGRAM
from objects import POLICY, config_map, deployment, lab
from place import on


def backup_of(done):
    return re.search(r"/\S+/backups/[^\s;,/]+", done.out).group()


@on()
@pytest.mark.parametrize("before, after", [("1.21.0", "1.21.7"), ("1.22.3", "1.23.1")])
def test_a_healthy_upgrade_passes_and_ends_deployed_with_a_backup_that_only_its_owner_reads(place, before, after):
    place.install(version=before, values={"coderd": {"replicas": 1}})
    report = place.preflight(version=after)
    assert report.code == 0 and not report.findings(), report
    assert report.check("overwritten-changes")["result"] == "passed", report
    assert (report.document["subject"]["from"], report.document["subject"]["to"]) == (before, after)
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
    place.no_lock_is_left()


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
    place.install("coder/lab", values=lab(deployment("web"), config_map("a", key="1")))
    user = f"admin-of-{here.name}"
    here.create({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "admin"},
                 "subjects": [{"kind": "User", "name": user, "apiGroup": "rbac.authorization.k8s.io"}],
                 "roleRef": {"kind": "ClusterRole", "name": "admin", "apiGroup": "rbac.authorization.k8s.io"}})
    place.kubeconfig = place.plane.user(user)
    changed = lab(deployment("web"), config_map("a", key="2"))
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
