"""`--pull-images`: a node pulls the new images, by a pod that runs nothing in them and goes."""
import base64
import json

import pytest
from cluster import TESTS, until
from home import PROGRAM
from place import on
from registry import LOGIN, Registry
from terminal import CTRL_C, Terminal

HERE = on(["1.34.2"], ["3.21.4"])
CHART = str(TESTS / "charts" / "lab")
OURS = "app.kubernetes.io/name%3Dhelm-coder"


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    server = Registry()
    folder = tmp_path_factory.mktemp("image")
    (folder / "file").write_text("in the image")
    server.add("coderd", "2", folder)
    server.add("private/coderd", "2", folder)
    yield server
    server.close()


def deployment(name, *images, **more):
    containers = [{"name": f"c{i}", "image": image} for i, image in enumerate(images)]
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name},
            "spec": {"selector": {"matchLabels": {"app": name}},
                     "template": {"metadata": {"labels": {"app": name}}, "spec": {"containers": containers, **more}}}}


@pytest.fixture
def release(place):
    """Nothing yet; the images come with the upgrade."""
    done = place.helm("install", "coder", CHART, *place.flags(values={"objects": []}))
    assert done.code == 0, done
    return place


def preflight(place, *objects):
    return place.preflight("coder", CHART, "--pull-images", "--yes", values={"objects": list(objects)})


def pods(place):
    return place.namespace.list("Pod", OURS)


@HERE
def test_hc332_what_a_node_cannot_pull_is_an_error_in_the_kubelets_words(release, registry):
    there, missing, odd = f"{registry.host}/coderd:2", f"{registry.host}/coderd:3", f"{registry.host}/Coderd:2"
    report = preflight(release, deployment("coderd", there, missing, odd), deployment("second", there))
    findings = {finding["message"].split()[7]: finding["message"] for finding in report.findings("images-there")}
    assert set(findings) == {missing, odd}, report
    assert "ErrImagePull: " in findings[missing] and "not found" in findings[missing], report
    assert "InvalidImageName: " in findings[odd], report
    assert not pods(release)


@HERE
def test_images_that_a_node_pulls_pass(release, registry):
    report = preflight(release, deployment("coderd", f"{registry.host}/coderd:2"))
    assert report.check("images-there")["result"] == "passed", report


@HERE
def test_secrets_for_pulling_are_those_of_the_pods(release, registry):
    image = f"{registry.host}/private/coderd:2"
    logins = {"auths": {registry.host: {"auth": base64.b64encode(LOGIN.encode()).decode()}}}
    release.namespace.create({"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/dockerconfigjson",
                              "metadata": {"name": "registry"}, "stringData": {".dockerconfigjson": json.dumps(logins)}})
    (finding,) = preflight(release, deployment("coderd", image)).findings("images-there")
    assert "401" in finding["message"] or "nauthorized" in finding["message"], finding
    report = preflight(release, deployment("coderd", image, imagePullSecrets=[{"name": "registry"}]))
    assert report.check("images-there")["result"] == "passed", report


@HERE
def test_a_pod_that_may_not_be_is_the_reason(release, registry):
    release.namespace.create({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "none"}, "spec": {"hard": {"pods": "0"}}})
    until(lambda: release.namespace.get("ResourceQuota", "none")["status"].get("used"), "the quota counts")
    (unverified,) = preflight(release, deployment("coderd", f"{registry.host}/coderd:2")).unverified("images-there")
    assert "the pod that pulls it could not be created: " in unverified["why"] and "exceeded quota" in unverified["why"], unverified


def on_a_terminal(place, *objects, answer=()):
    values = place.flags(values={"objects": list(objects)})
    return Terminal(place.home, PROGRAM, "preflight", "coder", CHART, "--pull-images", *answer, *values, environment=place.outer_helm())


@HERE
def test_a_person_is_asked_and_may_say_no(release, registry):
    image = f"{registry.host}/coderd:2"
    terminal = on_a_terminal(release, deployment("coderd", image))
    terminal.read_until("Create it? [y/N]")
    assert f"in namespace {release.namespace.name}" in terminal.shown and f"image {image}" in terminal.shown, terminal.shown
    terminal.type("n\n")
    terminal.end()
    assert "nobody agreed to the pod that pulls it" in terminal.shown, terminal.shown
    assert not pods(release)


@HERE
def test_ctrl_c_takes_the_pod_away(release, registry):
    terminal = on_a_terminal(release, deployment("coderd", f"{registry.host}/coderd:2", nodeSelector={"somewhere": "else"}), answer=("--yes",))
    until(lambda: pods(release), "the pod is there")
    terminal.type(CTRL_C)
    assert terminal.end() == 1
    until(lambda: not pods(release), "the pod is gone", 10)
