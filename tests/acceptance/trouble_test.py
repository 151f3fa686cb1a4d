"""What a person gets to read when something is not as it should be: one clear sentence, and nothing left behind."""
import json
import os
import pathlib
import shutil

import pytest
import yaml

from objects import config_map, lab, role_binding
from place import on

ONE = on(planes=["1.34.2"], helms=["3.21.4"])


def sentence(done, code):
    """The only line that it says."""
    assert done.code == code, done
    assert done.out == "", done
    (line,) = done.err.splitlines()
    assert line.startswith("helm coder: ") and 20 < len(line) < 300, done
    return line


def path_without(place, *programs):
    """A PATH that has all the rest."""
    folder = place.home.folder / "bin"
    folder.mkdir()
    for each in os.environ["PATH"].split(":"):
        for program in pathlib.Path(each).glob("*"):
            if program.name not in programs and not (folder / program.name).exists():
                (folder / program.name).symlink_to(program)
    return {"PATH": str(folder)}


@ONE
def test_no_kubectl(place):
    place.install(version="1.21.0")
    report = place.preflight(version="1.21.7", environment=path_without(place, "kubectl"))
    assert report.code not in (0, 4), report
    (finding,) = report.findings("kubectl-found", severity=None)
    assert "kubectl" in finding["message"]


@ONE
def test_no_helm(place):
    report = place.preflight(environment={**path_without(place, "helm"), "HELM_BIN": "/nowhere/helm"})
    assert report.code == 3, report
    assert "HELM_BIN" in json.dumps(report.findings("helm-version")), report


@ONE
def test_no_cluster(place):
    config = yaml.safe_load(pathlib.Path(place.kubeconfig).read_text())
    config["clusters"][0]["cluster"]["server"] = "https://127.0.0.1:1"
    done = place.run_without_a_trace("preflight", environment={"KUBECONFIG": place.home.file("config", json.dumps(config))})
    assert "127.0.0.1:1" in sentence(done, 1)


@ONE
def test_no_such_context(place):
    done = place.run_without_a_trace("preflight", environment={"HELM_KUBECONTEXT": "nowhere"})
    assert "nowhere" in sentence(done, 1)


@ONE
def test_no_such_release(place):
    report = place.preflight(version="1.21.7")
    assert report.code == 3, report
    assert [f["object"] for f in report.findings("release-exists")] == ["release coder"], report


@ONE
def test_a_release_in_another_namespace_is_named(place):
    place.install(version="1.21.0")
    report = place.preflight(version="1.21.7", environment={"HELM_NAMESPACE": "default"})
    assert report.code == 3, report
    (finding,) = report.findings("release-exists")
    assert place.namespace.name in json.dumps(finding), report


@ONE
def test_no_right_to_read_secrets(place):
    place.install(version="1.21.0")
    name = f"reader-in-{place.namespace.name}"
    place.namespace.create(role_binding("readers", "view", name, role_kind="ClusterRole"))
    place.kubeconfig = place.plane.user(name)
    done = place.run_without_a_trace("preflight", "--version", "1.21.7")
    assert done.code not in (0, 4), done
    assert "secrets" in (done.out + done.err).lower(), done


@ONE
def test_no_right_to_anything(place):
    place.kubeconfig = place.plane.user(f"nobody-in-{place.namespace.name}")
    done = place.run_without_a_trace("preflight", "--version", "1.21.7")
    assert done.code not in (0, 4), done


@ONE
@pytest.mark.parametrize("text", ["a: [", "- just\n- a list\n", "\x00\x01", None])
def test_a_broken_values_file(place, text):
    place.install(version="1.21.0")
    path = str(place.home.folder / "broken.yaml")
    if text is not None:
        place.home.file("broken.yaml", text)
    done = place.run_without_a_trace("preflight", "--version", "1.21.7", "-f", path)
    assert done.code in ((1, 3) if text else (2,)), done
    assert "broken.yaml" in done.out + done.err, done


@ONE
def test_an_unknown_version(place):
    place.install(version="1.21.0")
    report = place.preflight(version="1.21.99")
    assert report.code == 3, report
    assert "1.21.99" in json.dumps(report.findings("target-exists")), report


@ONE
def test_a_repository_that_is_not_added(place):
    place.install(version="1.21.0")
    shutil.rmtree(place.home.folder / "helm")
    report = place.preflight(version="1.21.7")
    assert report.code == 3, report
    assert report.findings("repository-added"), report


@ONE
def test_an_unreachable_repository(place):
    place.install(version="1.21.0")
    for path in (place.home.folder / "helm").rglob("*"):
        if path.suffix == ".tgz":
            path.unlink()
        elif path.suffix == ".yaml":
            path.write_text(path.read_text().replace("http://127.0.0.1:", "http://127.0.0.1:1/#"))
    done = place.run_without_a_trace("preflight", "--version", "1.21.7")
    assert done.code in (1, 3), done
    assert "127.0.0.1" in done.out + done.err, done


@ONE
@pytest.mark.parametrize("arguments", [["preflight", "--nonsense"], ["preflight", "a", "b", "c"], ["nonsense"],
                                       ["preflight", "-o", "nonsense"], ["preflight", "--version"]])
def test_wrong_usage(place, arguments):
    done = place.run_without_a_trace(*arguments)
    assert done.code == 2 and done.out == "", done


@ONE
def test_a_folder_for_short_lived_files_that_can_not_be_used(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    report = place.preflight("coder", "coder/lab", environment={"XDG_RUNTIME_DIR": "/nowhere", "TMPDIR": "/nowhere"})
    assert report.code == 0, report
