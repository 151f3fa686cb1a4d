"""What preflight leaves as it was while it says that an upgrade is fine. (upgrade_test.py has the healthy ones of Coder.)"""
from objects import account, config_map, deployment, hook, job, lab, role, secret, service, stateful_set
from place import on


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
