"""Where a rehearsal could easily be wrong. It may say that it does not know, but nothing that does not come true."""
import foretold
from cluster import until
from objects import config_map, deployment, lab, quota, role, role_binding, secret
from place import on

BOTH = on(helms=["3.21.4", "4.2.4"])


@BOTH
def test_a_chart_that_renders_differently_once_it_owns_its_secret(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    # The second is rendered only if the first is owned, so it stands in the way of a rehearsal that shows it as owned.
    place.namespace.create(secret("lookup", password="theirs"), config_map("lookup-owned"))
    report = place.preflight("coder", "coder/lookup")
    assert report.code == 3, report
    assert [f["object"] for f in report.findings("ownership")] == ["Secret/lookup"], report
    assert report.unverified(), report
    done = place.upgrade_plainly(chart="coder/lookup")
    foretold.came_true(report, done)
    assert 'Secret "lookup"' in done.err


@BOTH
def test_a_quota_that_rejects_only_the_pods(place):
    here = place.namespace
    place.install("coder/lab", values=lab(deployment("web", resources={"requests": {"cpu": "100m"}})))
    here.create(quota("small", **{"requests.cpu": "1"}))
    until(lambda: here.get("ResourceQuota", "small").get("status", {}).get("used"), "the quota counts")
    larger = lab(deployment("web", resources={"requests": {"cpu": "2"}}))
    report = place.preflight("coder", "coder/lab", values=larger)
    assert foretold.upgrade(report) != "works", report
    assert [f["object"] for f in report.findings("quota")] == ["Deployment/web"], report
    foretold.came_true(report, place.upgrade_plainly(chart="coder/lab", values=larger, timeout="10s"))


def become_admin_of_the_namespace(place):
    """Who has every right in the namespace, and none beside it."""
    name = f"admin-of-{place.namespace.name}"
    place.namespace.create(role_binding("admins", "admin", name, role_kind="ClusterRole"))
    place.kubeconfig = place.plane.user(name)


@BOTH
def test_an_admin_of_the_namespace_brings_a_role_and_its_binding(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    become_admin_of_the_namespace(place)
    new = lab(config_map("a", key="2"), role("readers", "get"), role_binding("readers", "readers", "someone"))
    report = place.preflight("coder", "coder/lab", values=new)
    assert report.code == 0, report
    done = place.upgrade_plainly(chart="coder/lab", values=new)
    assert done.code == 0, done
    foretold.came_true(report, done)


@BOTH
def test_an_admin_of_the_namespace_may_not_give_what_he_has_not(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    become_admin_of_the_namespace(place)
    new = lab(role("mighty", "get", resources=["nodes"]), role_binding("mighty", "mighty", "someone"))
    report = place.preflight("coder", "coder/lab", values=new)
    assert "Role/mighty" in [f["object"] for f in report.findings()], report
    done = place.upgrade_plainly(chart="coder/lab", values=new)
    assert "attempting to grant RBAC permissions not currently held" in done.err, done
    foretold.came_true(report, done)


@BOTH
def test_the_real_coder_as_an_admin_of_the_namespace(place):
    place.install(version="1.21.0")
    become_admin_of_the_namespace(place)
    report = place.preflight(version="1.21.7")
    foretold.came_true(report, place.upgrade_plainly(version="1.21.7"))
