"""What preflight leaves as it was while it says that an upgrade is fine. (upgrade_test.py has the healthy ones of Coder.)"""
import json
import pathlib
import shutil

import yaml

from home import PROGRAM, helm_program
from objects import account, config_map, deployment, hook, job, lab, role, secret, service, stateful_set
from place import on
from report import Report


@on(helms=["3.21.4", "4.2.4"])
def test_a_rehearsal_of_creations_changes_hooks_and_deletions_changes_nothing(place):
    base = [config_map("a", key="1"), secret("b", key="1"), service("c"), deployment("d"), stateful_set("e")]
    place.install("coder/lab", values=lab(*base))
    new = [config_map("a", key="2"), deployment("d", image="other"), account("new"), role("new", "get"),
           service("new"), job("new"), hook(job("hook"), "pre-upgrade"), hook(config_map("hook"), "post-upgrade")]
    report = place.preflight("coder", "coder/lab", values=lab(*new))
    assert report.code == 0, report
    assert {f["object"] for f in report.findings("deletions", "data-kept", severity=None)} >= {
        "Secret/b", "Service/c", "StatefulSet/e"}, report


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_records_in_config_maps_are_as_good(place):
    place.home.environment["HELM_DRIVER"] = "configmap"
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    report = place.preflight("coder", "coder/lab", values=lab(config_map("a", key="2")))
    assert report.code == 0, report
    assert report.check("release-exists")["result"] == "passed", report


@on(planes=["1.34.2"])
def test_run_by_itself_it_looks_where_helm_would_look(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    config = yaml.safe_load(pathlib.Path(place.kubeconfig).read_text())
    (context,) = config["contexts"]
    elsewhere = {"name": "elsewhere", "context": {**context["context"], "namespace": "nowhere"}}
    context["context"]["namespace"] = place.namespace.name
    config["contexts"].append(elsewhere)

    def looked_at(current, *flags):
        config["current-context"] = current
        done = place.home.run(PROGRAM, "preflight", "coder", "coder/lab", "-o", "json", *flags, environment={
            "HELM_BIN": place.outer_helm()["HELM_BIN"], "KUBECONFIG": place.home.file("config", json.dumps(config))})
        report = Report(done)
        return report.document["subject"]["namespace"], report.check("release-exists")["result"]

    assert looked_at(context["name"]) == (place.namespace.name, "passed")
    assert looked_at("elsewhere", "--kube-context", context["name"]) == (place.namespace.name, "passed")
    assert looked_at("elsewhere") == ("nowhere", "error")
    assert looked_at("elsewhere", "-n", place.namespace.name) == (place.namespace.name, "passed")


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_a_chart_that_comes_late_meets_the_releases_own_values_all_the_same(place):
    place.install("coder/lab", values=lab(config_map("a", key="1"), config_map("b", key="1")))
    slow = place.home.file("slow-helm", '#!/bin/sh\ncase $1 in pull) sleep 0.5 ;; esac\nexec "$REAL_HELM" "$@"\n', 0o700)
    environment = {"HELM_BIN": slow, "REAL_HELM": helm_program(place.helm_version)}
    change = ["--set-string", "objects[0].data.key=2"]
    report = place.preflight("coder", "coder/lab", *change, environment=environment)
    assert report.code == 0 and not report.findings("deletions", severity=None), report
    assert [each["object"]["name"] for each in report.document["changes"]["objects"]] == ["a"], report
    shutil.rmtree(place.home.folder / "helm/cache/coder")  # it comes late again
    done = place.upgrade(*change, environment=environment)
    assert done.code == 0, done
    assert [place.namespace.get("ConfigMap", name)["data"]["key"] for name in "ab"] == ["2", "1"], done
