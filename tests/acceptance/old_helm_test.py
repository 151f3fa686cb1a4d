"""The oldest Helm that is supported: it knows less, and puts some things elsewhere."""
import foretold
from objects import config_map, deployment, lab, service
from place import on

OLDEST = on(planes=["1.20.2"], helms=["3.6.2"])


@OLDEST
def test_the_oldest_helm_is_rehearsed_without_a_trace_and_what_it_foretells_comes_true(place):
    place.install("coder/lab", values=lab(config_map("a", key="1"), service("gone")))
    after = lab(config_map("a", key="2"), deployment("new"))
    report = place.preflight("coder", "coder/lab", values=after)
    assert report.code == 0, report
    assert [f["object"] for f in report.findings("deletions", severity=None)] == ["Service/gone"], report
    foretold.came_true(report, place.upgrade_plainly(chart="coder/lab", values=after))


@OLDEST
def test_it_goes_on_past_foreign_objects_without_a_flag_for_that(place):
    place.install("coder/lab", values=lab(service("d"), deployment("web")))
    place.namespace.create(config_map("nobodys"))
    after = lab(service("d", clusterIP="None"), deployment("web", app="other"), config_map("nobodys"))
    report = place.preflight("coder", "coder/lab", values=after)
    assert report.code == 3, report
    assert {f["object"] for f in report.findings("immutable-fields")} == {"Service/d", "Deployment/web"}, report
    assert {f["object"] for f in report.findings("ownership")} == {"ConfigMap/nobodys"}, report
    foretold.came_true(report, place.upgrade_plainly(chart="coder/lab", values=after))


@OLDEST
def test_it_upgrades_coder(place):
    place.install(version="1.20.0")
    done = place.run("upgrade", "--version", "1.20.0", "--set", "coderd.replicas=1", "--yes")
    assert done.code == 0, done
    assert place.status() == (2, "deployed")
