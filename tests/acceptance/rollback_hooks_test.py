"""Hooks of the rollback, what hooks need beside being created, and what a failed rollback leaves."""
from objects import account, config_map, deployment, hook, lab, role, role_binding
from place import on


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_a_hook_of_the_rollback_that_is_left_over_stops_it(place):
    values = lab(config_map("a", key="1"), hook(config_map("back"), "pre-rollback", delete_policy="hook-failed"))
    place.install("coder/lab", values=values)
    place.namespace.create(config_map("back"))
    after = lab(config_map("a", key="2"), deployment("web", image="none"))
    report = place.preflight("coder", "coder/lab", values=after)
    found = {f["object"]: f["message"] for f in report.findings("rollback-possible", severity="warning")}
    assert "it stops the rollback, the pre-rollback hook" in found["ConfigMap/back"], report
    assert not report.findings("hooks"), report
    done = place.helm("upgrade", "coder", "coder/lab", *place.flags(values=after))
    assert done.code == 0, done
    back = place.helm("rollback", "coder", "1")
    assert back.code != 0 and "already exists" in back.err, back


@on(planes=["1.34.2"], helms=["4.2.4"])
def test_server_side_apply_goes_over_a_hook_that_is_left_over(place):
    values = lab(config_map("a", key="1"), hook(config_map("back"), "pre-rollback", delete_policy="hook-failed"))
    place.install("coder/lab", values=values)
    place.namespace.create(config_map("back"))
    after = lab(config_map("a", key="2"))
    report = place.preflight("coder", "coder/lab", values=after)
    assert not report.findings("rollback-possible", severity=None), report
    place.install("coder/lab", values=after)
    back = place.helm("rollback", "coder", "1")
    assert back.code == 0, back


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_what_a_rollback_leaves_is_what_a_real_one_leaves(place):
    place.install("coder/lab", values=lab(account("dropped"), config_map("a", key="1"), deployment("web")))
    after = lab(config_map("a", key="2"), deployment("web", app="other"), config_map("new"))
    report = place.preflight("coder", "coder/lab", values=after)
    (left,) = [f["message"] for f in report.findings("rollback-possible", severity="warning")
               if "between two versions" in f["message"]]
    done = place.upgrade_plainly(chart="coder/lab", values=after)
    assert "an error occurred while rolling back" in done.err, done
    assert ("changed and not changed back: ConfigMap/a" in left) == (place.namespace.get("ConfigMap", "a")["data"]["key"] == "2"), report
    assert ("created and left behind: ConfigMap/new" in left) == bool(place.namespace.get("ConfigMap", "new")), report


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_rights_that_a_hook_needs_beside_being_created(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    everything = role("most", "get", "list", "watch", "create", "update", "patch", resources=("configmaps",))
    everything["rules"].append({"apiGroups": ["", "apps"], "resources": ["secrets", "pods", "replicasets", "resourcequotas"],
                                "verbs": ["*"]})
    place.namespace.create(everything, role_binding("most", "most", place.namespace.name))
    place.kubeconfig = place.plane.user(place.namespace.name)
    after = lab(config_map("a", key="2"), hook(config_map("before"), "pre-upgrade"))
    report = place.preflight("coder", "coder/lab", values=after)
    (finding,) = report.findings("rights")
    assert finding["object"] == "configmaps" and "needed for the pre-upgrade hook" in finding["message"], report
    done = place.helm("upgrade", "coder", "coder/lab", *place.flags(values=after))
    assert done.code != 0 and "cannot delete" in done.err, done
