"""Another Helm works on the release, or was killed while it did."""
import re

from cluster import until
from objects import deployment, lab, quota
from place import on

NEVER_READY = lab(deployment("web", resources={"requests": {"cpu": "2"}}))


def start_an_upgrade_that_waits(place):
    here = place.namespace
    place.install("coder/lab", values=lab(deployment("web", resources={"requests": {"cpu": "100m"}})))
    here.create(quota("small", **{"requests.cpu": "1"}))
    until(lambda: here.get("ResourceQuota", "small").get("status", {}).get("used"), "the quota counts")
    process = place.start_helm("upgrade", "coder", "coder/lab", "--wait", "--timeout", "10m", *place.flags(values=NEVER_READY))
    until(lambda: here.list("Secret", "owner=helm,status=pending-upgrade"), "Helm holds the release")
    until(lambda: here.get("Deployment", "web")["metadata"]["generation"] == 2, "Helm waits")
    return process


def end(process):
    process.kill()
    process.communicate()


@on(helms=["3.21.4", "4.2.4"])
def test_preflight_says_that_a_killed_helm_holds_the_release_and_since_when(place):
    process = start_an_upgrade_that_waits(place)
    end(process)
    report = place.preflight("coder", "coder/lab")
    assert report.code == 5, report
    (finding,) = report.findings("no-operation")
    assert re.search(r"pending-upgrade for \d+ (s|min)", finding["message"]), report
    assert report.remedy("release coder") == "helm coder recover coder coder/lab"
    assert report.check("immutable-fields")["result"] == "passed", "it rehearses on, with the lock shown as lifted"


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_a_helm_that_lives_looks_the_same_and_goes_on(place):
    process = start_an_upgrade_that_waits(place)
    try:
        assert place.preflight("coder", "coder/lab").code == 5
        assert place.run("preflight", "coder", "coder/lab", "--ignore", "no-operation").code == 2, "this can't be ignored"
        assert process.poll() is None
    finally:
        end(process)
