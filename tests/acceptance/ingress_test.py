"""From Coder 1.20 to 1.21 the Ingress moves to another API group, and Helm may delete the only way in."""
import foretold
from place import on


@on(planes=["1.20.2"], helms=["3.21.4"])
def test_helm_that_deletes_the_ingress_is_forbidden_to(place):
    place.install(version="1.20.0")
    report = place.preflight(version="1.21.7")
    assert report.code == 3, report
    (finding,) = report.findings("still-wanted-objects")
    assert finding["object"] == "Ingress/web-ingress", report
    assert "extensions/v1beta1" in finding["message"] and "networking.k8s.io/v1" in finding["message"]
    assert report.remedy("Ingress/web-ingress") == "helm coder upgrade --version 1.21.7 --protect Ingress/web-ingress"
    done = place.upgrade_plainly(version="1.21.7")
    assert place.status() == (2, "deployed"), done
    assert place.namespace.names("Ingress") == []


@on(planes=["1.20.2"], helms=["4.2.4"])
def test_helm_4_deletes_it_too_and_waits_for_it_in_vain(place):
    place.install(version="1.20.0")
    report = place.preflight(version="1.21.7")
    assert report.code == 3, report
    assert [f["object"] for f in report.findings("still-wanted-objects")] == ["Ingress/web-ingress"], report
    done = place.upgrade_plainly(version="1.21.7", timeout="2s")
    assert "Ingress" in done.err and done.code != 0, done
    assert place.namespace.names("Ingress") == []


@on(planes=["1.20.2"], helms=["3.10.1"])
def test_helm_3_10_keeps_it(place):
    place.install(version="1.20.0")
    report = place.preflight(version="1.21.7")
    assert report.check("still-wanted-objects")["result"] == "passed", report
    assert report.code == 0, report
    done = place.upgrade_plainly(version="1.21.7")
    foretold.came_true(report, done)
    assert place.namespace.names("Ingress") == ["web-ingress"]
