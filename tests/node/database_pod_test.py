"""`--database-via pod`: Coder's database is asked from a pod, and the pod goes."""
import json
import os
import shutil
import signal

import pytest
from cluster import TESTS, until
from home import PROGRAM
from machine import PSQL
from place import on
from terminal import CTRL_C, Terminal

HERE = on(["1.34.2"], ["3.21.4"])
VIA_POD = ("--database-via", "pod", "--database-pod-image", PSQL, "--yes")
OURS = "app.kubernetes.io/name%3Dhelm-coder"


def secret(name, **values):
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "stringData": values}


def chart(place, version="1.44.3"):
    """One that renders nothing, and that is taken for this version of Coder's."""
    folder = place.home.folder / f"chart-{version}"
    shutil.copytree(TESTS / "charts" / "lab", folder)
    description = folder / "Chart.yaml"
    description.write_text(description.read_text().replace("version: 0.1.0", f"version: {version}"))
    return str(folder)


@pytest.fixture
def release(place, database):
    """A release whose values say how to log in, with the password in its Secret."""
    def make(role="owner", password="OWNER", **more):
        place.namespace.create(secret("coder-db", password=password))
        place.chart = chart(place)
        done = place.helm("install", "coder", place.chart, *place.flags(values=database.values(role, **more)))
        assert done.code == 0, done
        return place
    return make


def pods(place):
    return place.namespace.list("Pod", OURS)


def preflight(place, *arguments):
    return place.preflight("coder", place.chart, *arguments)


def why(report):
    (unverified,) = report.unverified("database-reachable")
    return unverified["why"]


@HERE
def test_a_pod_sees_what_can_be_seen_from_here(place, release, database):
    release()
    snapshots = []
    for name, way in (("pod", VIA_POD), ("here", ())):
        done = place.run("snapshot", "coder", place.chart, "--file", name, *way)
        assert done.code == 0, done
        snapshots.append(json.loads((place.home.folder / "home" / name).read_text())["database"])
        (place.home.folder / "home" / name).unlink()
    for each in snapshots:
        each.pop("connectionsUsed", None), each.pop("bytes", None)
    assert snapshots[0] == snapshots[1]
    assert snapshots[0]["role"] == "owner" and snapshots[0]["encrypted"], snapshots
    until(lambda: not pods(place), "the pod is gone")


@HERE
def test_it_passes_the_strictest_standard_for_pods_and_leaves_nothing(place, release, database):
    place.plane.ask("PATCH", f"/api/v1/namespaces/{place.namespace.name}",
                    {"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}, "application/merge-patch+json")
    release()
    report = preflight(place, *VIA_POD)
    assert report.check("database-reachable")["result"] == "passed", report
    assert report.check("database-reachable")["detail"] == f"{database.host}:{database.port}/owned, TLS"
    until(lambda: not pods(place), "the pod is gone")


@HERE
def test_a_wrong_password_is_a_refusal(place, release):
    release(password="wrong")
    (finding,) = preflight(place, *VIA_POD).findings("database-reachable")
    assert 'password authentication failed for user "owner"' in finding["message"]


@HERE
def test_a_password_that_ends_in_a_line_break_is_seen(place, release):
    release("spaced", "SPACED\n")
    report = preflight(place, *VIA_POD)
    assert report.check("database-reachable")["result"] == "passed", report
    assert report.findings("database-password-whitespace", severity=None), report


@HERE
def test_certificates_are_those_that_the_release_names(place, release, database):
    def text(name):
        with open(f"{database.folder}/{name}", encoding="ascii") as file:
            return file.read()
    place.namespace.create(secret("tls", crt=text("client.crt"), key=text("client.key"), root=text("ca.crt")))
    def key(name):
        return {"name": "tls", "key": name}
    release("by_certificate", "BY_CERTIFICATE", sslMode="verify-ca", ssl={"certSecret": key("crt"), "keySecret": key("key"), "rootCertSecret": key("root")})
    report = preflight(place, *VIA_POD)
    assert report.check("database-reachable")["result"] == "passed", report


@HERE
def test_a_certificate_that_is_not_trusted_is_not_verified(place, release):
    release(sslMode="verify-ca")
    assert why(preflight(place, *VIA_POD)).startswith("no TLS connection to the database at ")


@HERE
def test_a_database_that_no_pod_reaches_is_not_verified(place, release):
    release(port=1)
    words = why(preflight(place, *VIA_POD))
    assert f"can't be reached from a pod in namespace {place.namespace.name}: Connection refused" in words, words


@HERE
def test_without_the_flag_it_is_named(place, release):
    release(port=1)
    (unverified,) = preflight(place).unverified("database-reachable")
    assert unverified["tell"].startswith("helm coder preflight --database-via pod "), unverified


@HERE
def test_a_secret_that_is_not_there_is_the_reason(place, release):
    release(password_secret="elsewhere")
    assert 'secret "elsewhere" not found' in why(preflight(place, *VIA_POD))


@HERE
def test_an_image_that_cannot_be_pulled_is_the_reason(place, release):
    release()
    words = why(preflight(place, "--database-via", "pod", "--database-pod-image", "localhost:1/none:1", "--yes"))
    assert words.startswith("the pod that asks the database did not start: ErrImagePull: "), words


@HERE
def test_without_an_image_it_is_the_chart_s_own(place, release):
    release(default={"enable": False, "image": "localhost:1/own:7"})
    assert "localhost:1/own:7" in why(preflight(place, "--database-via", "pod", "--yes"))


@HERE
def test_an_image_without_psql_is_the_reason(place, release, images):
    folder = place.home.folder / "without"
    shutil.copytree(images._work / "psql" / "bin", folder / "bin", symlinks=True, ignore=shutil.ignore_patterns("psql"))
    images.load("localhost/without:1", folder)
    shutil.rmtree(folder)
    release()
    words = why(preflight(place, "--database-via", "pod", "--database-pod-image", "localhost/without:1", "--yes"))
    assert words.startswith("the pod that asks the database could not be asked: ") and "psql: not found" in words, words


@HERE
def test_a_quota_without_room_is_the_reason(place, release):
    place.namespace.create({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "none"}, "spec": {"hard": {"pods": "0"}}})
    until(lambda: place.namespace.get("ResourceQuota", "none")["status"].get("used"), "the quota counts")
    release()
    assert "exceeded quota: none" in why(preflight(place, *VIA_POD))


# Not pods/exec: kubectl asks for it with a GET.
READ = ["pods", "secrets", "configmaps", "services", "serviceaccounts", "events", "deployments", "statefulsets", "ingresses"]


def may(place, *verbs):
    """From now on the person may look at everything, and do this with pods."""
    name, rbac = place.namespace.name, "rbac.authorization.k8s.io"
    rules = [{"apiGroups": ["*"], "resources": READ, "verbs": ["get", "list", "watch"]}]
    rules += [{"apiGroups": [""], "resources": ["pods"], "verbs": list(verbs)}] if verbs else []
    if place.namespace.get(f"{rbac}/v1 Role", "looks"):
        place.namespace.patch(f"{rbac}/v1 Role", "looks", {"rules": rules})
        return
    place.namespace.create(
        {"apiVersion": f"{rbac}/v1", "kind": "Role", "metadata": {"name": "looks"}, "rules": rules},
        {"apiVersion": f"{rbac}/v1", "kind": "RoleBinding", "metadata": {"name": "looks"},
         "roleRef": {"apiGroup": rbac, "kind": "Role", "name": "looks"}, "subjects": [{"kind": "User", "name": name}]})
    place.kubeconfig = place.plane.user(name)


@HERE
@pytest.mark.parametrize("verbs, words", [
    (("delete",), 'cannot create resource "pods"'), (("create",), "you may not delete pods in namespace "),
    (("create", "delete"), "pods/exec")], ids=["create", "delete", "exec"])
def test_who_may_not_do_it_is_told_what_is_missing(place, release, verbs, words):
    release()
    may(place, *verbs)
    assert words in why(preflight(place, *VIA_POD))
    assert not pods(place)


@HERE
def test_without_a_terminal_and_without_yes_nothing_is_begun(place, release):
    release()
    done = place.run("preflight", "coder", place.chart, "--database-via", "pod")
    assert done.code == 2 and "--yes agrees to it" in done.err, done


def on_a_terminal(place, *arguments):
    return Terminal(place.home, PROGRAM, "preflight", "coder", place.chart, "--database-via", "pod", *arguments, environment=place.outer_helm())


@HERE
def test_a_person_is_asked_and_may_say_no(place, release, database):
    release()
    terminal = on_a_terminal(place, "--database-pod-image", PSQL)
    terminal.read_until("Create it? [y/N]")
    for words in (f"in namespace {place.namespace.name}", f"image {PSQL}", f"log in to {database.host}:{database.port}/owned, with the password in Secret coder-db"):
        assert words in terminal.shown, terminal.shown
    assert not pods(place)
    terminal.type("n\n")
    terminal.end()
    assert "nobody agreed to the pod" in terminal.shown, terminal.shown
    assert not place.namespace.list("Event") or not pods(place)


@HERE
def test_a_person_may_say_yes(place, release, database):
    release()
    terminal = on_a_terminal(place, "--database-pod-image", PSQL)
    terminal.read_until("Create it? [y/N]")
    terminal.type("y\n")
    terminal.end()
    assert f"{database.host}:{database.port}/owned, TLS" in terminal.shown, terminal.shown
    until(lambda: not pods(place), "the pod is gone")


@HERE
def test_an_upgrade_that_is_agreed_to_looks_first(place, release, database):
    release()
    note = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "note"}, "data": {"made": "by the upgrade"}}
    done = place.upgrade(*VIA_POD[:-1], chart=place.chart, values={"objects": [note]})
    assert done.code == 0 and place.namespace.get("ConfigMap", "note"), done
    assert f"{database.host}:{database.port}/owned, TLS" in done.out, done
    assert not pods(place)


# Nothing schedules it.
NOWHERE = {"services": {"nodeSelector": {"somewhere": "else"}}}


@HERE
def test_ctrl_c_takes_the_pod_away(place, release, database):
    place.namespace.create(secret("coder-db", password="OWNER"))
    place.chart = chart(place)
    place.helm("install", "coder", place.chart, *place.flags(values={**database.values("owner"), **NOWHERE}))
    terminal = on_a_terminal(place, "--database-pod-image", PSQL, "--yes")
    until(lambda: pods(place), "the pod is there")
    terminal.type(CTRL_C)
    assert terminal.end() == 1
    until(lambda: not pods(place), "the pod is gone", 10)


@HERE
def test_what_a_killed_run_left_ends_by_itself_and_the_next_run_removes_it(place, release, database):
    place.namespace.create(secret("coder-db", password="OWNER"))
    place.chart = chart(place)
    place.helm("install", "coder", place.chart, *place.flags(values={**database.values("owner"), **NOWHERE}))
    killed = place.start("preflight", "coder", place.chart, *VIA_POD)
    (left,) = until(lambda: pods(place), "the pod is there")
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert left["spec"]["activeDeadlineSeconds"] == 180
    place.helm("upgrade", "coder", place.chart, *place.flags(values=database.values("owner")))
    report = place.run("preflight", "coder", place.chart, *VIA_POD)
    assert "TLS" in report.out, report
    until(lambda: not pods(place), "both pods are gone", 10)
