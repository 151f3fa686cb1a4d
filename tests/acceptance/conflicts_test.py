"""Everything that stands in an upgrade's way is listed in one run, where Helm stops at the first."""
import foretold
from objects import config_map, deployment, lab, marked, owned_by, account, secret, service, stateful_set
from place import on

BEFORE = lab(service("d"), stateful_set("db"), deployment("web"), config_map("changes", key="1"))
AFTER = lab(service("d", clusterIP="None"), stateful_set("db", storage="2Gi"), deployment("web", app="other"),
            config_map("changes", key="2"), config_map("nobodys"), account("theirs"), secret("managed"), service("half"))


def make_foreign_objects(place):
    here = place.namespace
    place.install("coder/lab", values=lab(account("theirs")), release="other")
    here.create(config_map("nobodys"), owned_by(secret("managed"), "coder", here.name, manager="kustomize"),
                marked(service("half"), {"app.kubernetes.io/managed-by": "Helm"}))


@on()
def test_seven_conflicts_are_seven_findings_with_seven_remedies(place):
    place.install("coder/lab", values=BEFORE)
    make_foreign_objects(place)
    report = place.preflight("coder", "coder/lab", values=AFTER)
    assert report.code == 3, report

    immutable = {f["object"]: f for f in report.findings("immutable-fields")}
    assert set(immutable) == {"Service/d", "StatefulSet/db", "Deployment/web"}, report
    assert immutable["Service/d"]["field"] == "spec.clusterIPs[0]"
    assert immutable["Deployment/web"]["field"] == "spec.selector"
    assert immutable["StatefulSet/db"]["field"].startswith("spec"), report
    for each in immutable:
        assert f"--recreate {each}" in report.remedy(each), report

    foreign = {f["object"]: f["message"] for f in report.findings("ownership")}
    assert set(foreign) == {"ConfigMap/nobodys", "ServiceAccount/theirs", "Secret/managed", "Service/half"}, report
    assert "no release is named on it" in foreign["ConfigMap/nobodys"]
    assert f"release other in namespace {place.namespace.name}" in foreign["ServiceAccount/theirs"]
    assert "kustomize" in foreign["Secret/managed"]
    assert "meta.helm.sh/release-name" in foreign["Service/half"]
    for each in set(foreign) - {"ServiceAccount/theirs"}:
        assert f"--adopt {each}" in report.remedy(each)
    assert "release other" in report.remedy("ServiceAccount/theirs")

    assert len(report.findings()) == 7, report
    done = place.upgrade_plainly(chart="coder/lab", values=AFTER)
    foretold.came_true(report, done)
    assert place.status() == (1, "deployed"), "Helm stops before it has written anything"


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_the_table_names_each_object_and_command_too(place):
    place.install("coder/lab", values=BEFORE)
    make_foreign_objects(place)
    done = place.run_without_a_trace("preflight", "coder", "coder/lab", *place.flags(values=AFTER))
    assert done.code == 3, done
    for words in ("Service/d", "StatefulSet/db", "Deployment/web", "ConfigMap/nobodys", "--recreate Service/d",
                  "--adopt ConfigMap/nobodys", "helm coder explain HC302", "helm coder explain HC304"):
        assert words in done.out, done
    assert "\x1b" not in done.out, done
