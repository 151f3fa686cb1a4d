"""What changes, and what others have changed: foretold, and then true."""
import pytest

import changes
from objects import account, config_map, deployment, lab, marked, secret, service
from place import on

BOTH_HELMS = on(helms=["3.21.4", "4.2.4"])
HIDDEN = "hidden-1a2b3c"


def upgrade_plainly(place, values, *arguments):
    done = place.upgrade_plainly(*arguments, chart="coder/lab", values=values)
    assert done.code == 0, done


@on()
def test_each_object_changes_as_foretold(place):
    here = place.namespace
    before = [deployment("web"), service("d"), config_map("c", size="1", gone="x", **{"app.conf": "a\nb\nc\n"}),
              secret("s", password=HIDDEN), config_map("dropped"), account("same")]
    place.install("coder/lab", values=lab(*before))
    web = deployment("web", image="other", resources={"requests": {"cpu": "1000m"}})
    web["spec"]["template"]["spec"]["containers"][0]["env"] = [{"name": "A", "value": "1"}, {"name": "TOKEN", "value": HIDDEN}]
    port = {"port": 80, "protocol": "TCP", "targetPort": 8080}
    new = [web, marked(service("d", ports=[port]), {"new": "label"}), config_map("c", size="2", more="y", **{"app.conf": "a\nB\nc\n"}),
           secret("s", password=HIDDEN + "-new"), config_map("brand-new"), account("same")]
    report = place.preflight("coder", "coder/lab", values=lab(*new))
    assert report.code == 0, report
    assert report.check("overwritten-changes")["result"] == "passed", report
    assert HIDDEN not in str(report.document)
    was = {pair: here.get(*pair) for pair in (("Deployment", "web"), ("Service", "d"), ("ConfigMap", "c"))}
    upgrade_plainly(place, lab(*new))

    assert changes.of(report, "ConfigMap", "brand-new")["change"] == "new"
    assert changes.of(report, "ConfigMap", "dropped")["change"] == "deleted"
    assert [f["path"] for f in changes.of(report, "Secret", "s")["fields"]] == ["data.password"]
    for pair, thing in was.items():
        foretold = changes.of(report, *pair)
        assert foretold["change"] == "changed" and foretold["unsure"] is None, foretold
        now = here.get(*pair)
        hidden = [f for f in foretold["fields"] if f["after"] == "(hidden)" or f["line"]]
        assert [f["path"] for f in hidden] == {
            "Deployment": ["spec.template.spec.containers[main].env[TOKEN].value"], "Service": [],
            "ConfigMap": ["data[app.conf]"]}[pair[0]], foretold
        for field in hidden:
            node, where = changes.walk(now, field["path"])
            other, there = changes.walk(thing, field["path"])
            other[there] = node[where]
        assert changes.done_to(thing, [f for f in foretold["fields"] if f not in hidden]) == changes.without_the_servers(now)
    lines = [f for f in changes.of(report, "ConfigMap", "c")["fields"] if f["line"]]
    assert [(f["line"], f["before"], f["after"]) for f in lines] == [(2, "b", "B")]


def drift(place):
    """A person at work. What is changed here and is the release's: object and field, with the value that it has now."""
    here = place.namespace

    def edit(kind, name, change, suffix="?fieldManager=kubectl-edit"):
        here.plane.ask("PATCH", here.path(kind, name) + suffix, change, "application/merge-patch+json")
    edit("Deployment", "web", {"spec": {"replicas": 2}}, "/scale?fieldManager=kubectl")
    edit("Service", "d", {"spec": {"ports": [{"port": 80, "protocol": "TCP", "targetPort": 9090}]}})
    edit("ConfigMap", "c", {"metadata": {"annotations": {"note": None, "mine": "too"}}, "data": {"size": "edited", "mine": "stays"}})
    return {("Deployment/web", "spec.replicas"): "2", ("Service/d", "spec.ports[80].targetPort"): "9090",
            ("ConfigMap/c", "data.size"): "edited", ("ConfigMap/c", "metadata.annotations.note"): None}


# The manifest writes what the API server then fills in or spells otherwise; none of it is anybody's change.
RELEASED = lab(deployment("web", resources={"requests": {"cpu": "1000m"}}),
               service("d", ports=[{"port": 80, "protocol": "TCP", "targetPort": 8080}]),
               marked(config_map("c", size="1"), note="ours"), secret("s", password=HIDDEN), account("untouched"))
NEXT = lab(deployment("web", image="other", resources={"requests": {"cpu": "2000m"}}),
           service("d", ports=[{"port": 80, "protocol": "TCP", "targetPort": 8080}]),
           marked(config_map("c", size="2"), note="ours"), secret("s", password=HIDDEN + "-new"), account("untouched"))


def as_client_side(place):
    """Helm 4 as it treats a release that Helm 3 has installed."""
    return ["--server-side=false"] if place.helm_version.startswith("4.") else []


def install(place, arguments):
    done = place.helm("install", "coder", "coder/lab", *place.flags(values=RELEASED), *arguments)
    assert done.code == 0, done


def overwritten(report):
    return {(f["object"], f["field"]): f["message"] for f in report.findings("overwritten-changes", severity="warning")}


@on()
def test_what_others_changed_and_helm_overwrites_is_foretold(place):
    here, arguments = place.namespace, as_client_side(place)
    install(place, arguments)
    changed = drift(place)
    place.settle()
    report = place.preflight("coder", "coder/lab", *arguments, values=NEXT)
    assert report.code == 0, report
    found = overwritten(report)
    assert set(found) == set(changed), report
    for (_, path), message in found.items():
        value = changed[_, path]
        assert ("was taken away" if value is None else f"was changed to {value}") in message, report
    assert " by kubectl-edit on 20" in found["Service/d", "spec.ports[80].targetPort"], report
    assert " by kubectl-edit on 20" in found["ConfigMap/c", "data.size"], report
    if not place.plane.version.startswith("1.20."):
        assert " by kubectl;" in found["Deployment/web", "spec.replicas"], report
    was = {pair: here.get(*pair) for pair in (("Deployment", "web"), ("Service", "d"), ("ConfigMap", "c"))}
    upgrade_plainly(place, NEXT, *arguments)
    for pair, thing in was.items():
        assert changes.done_to(thing, changes.of(report, *pair)["fields"]) == changes.without_the_servers(here.get(*pair)), report
    assert here.get("Deployment", "web")["spec"]["replicas"] == 1
    assert here.get("Service", "d")["spec"]["ports"][0]["targetPort"] == 8080
    assert here.get("ConfigMap", "c")["data"] == {"size": "2", "mine": "stays"}
    assert here.get("ConfigMap", "c")["metadata"]["annotations"]["note"] == "ours"


@on(planes=["1.34.2"], helms=["4.2.4"])
@pytest.mark.parametrize("force", [False, True])
def test_server_side_apply_stops_at_it_or_overwrites_it_by_force(place, force):
    install(place, [])
    changed = drift(place)
    # Nobody is asked about a field that nobody owns any more.
    del changed["ConfigMap/c", "metadata.annotations.note"]
    place.settle()
    arguments = ["--force-conflicts"] if force else []
    report = place.preflight("coder", "coder/lab", *arguments, values=NEXT)
    if force:
        assert set(overwritten(report)) >= set(changed), report
        upgrade_plainly(place, NEXT, *arguments)
        assert place.namespace.get("Deployment", "web")["spec"]["replicas"] == 1
    else:
        assert {f["object"] for f in report.findings("apply-conflicts")} == {"Deployment/web", "Service/d", "ConfigMap/c"}, report
        assert {u["object"] for u in report.unverified("overwritten-changes")} == {"Deployment/web", "Service/d", "ConfigMap/c"}, report


@BOTH_HELMS
def test_what_a_failed_upgrade_wrote_is_nobodys_change(place):
    install(place, as_client_side(place))
    broken = lab(deployment("web", image="broken"), config_map("c", size="9"), service("d", clusterIP="None"))
    done = place.helm("upgrade", "coder", "coder/lab", *place.flags(values=broken), *as_client_side(place))
    assert done.code != 0 and place.namespace.get("ConfigMap", "c")["data"]["size"] == "9", done
    report = place.preflight("coder", "coder/lab", *as_client_side(place), values=NEXT)
    assert overwritten(report) == {}, report
    assert changes.of(report, "ConfigMap", "c")["fields"], report


@BOTH_HELMS
def test_what_adopting_would_change_is_foretold(place):
    here = place.namespace
    place.install("coder/lab", values=lab(config_map("a", size="1")))
    here.create(config_map("nobodys", size="theirs", extra="stays"), account("plain"), service("fixed"))
    new = lab(config_map("a", size="1"), config_map("nobodys", size="ours"), account("plain"), service("fixed", clusterIP="None"))
    report = place.preflight("coder", "coder/lab", values=new)
    adoptions = {each["object"]["name"]: each for each in report.document["adoptions"]}
    assert {name: each["works"] for name, each in adoptions.items()} == {
        "nobodys": "accepted", "plain": "accepted", "fixed": "rejected"}, report
    assert [(f["path"], f["before"], f["after"]) for f in adoptions["nobodys"]["fields"]] == [("data.size", "theirs", "ours")]
    assert adoptions["plain"]["fields"] == []
    messages = {f["object"]: f["message"] for f in report.findings("ownership")}
    assert messages["ConfigMap/nobodys"].endswith("; adopting it works, and changes data.size")
    assert messages["ServiceAccount/plain"].endswith("; adopting it works, and changes nothing of it but its marks")
    assert "; adopted, it would still stop the upgrade: " in messages["Service/fixed"]
    done = place.run("upgrade", "coder", "coder/lab", *place.flags(values=new), "--yes", "--adopt", "ConfigMap/nobodys",
                     "--adopt", "ServiceAccount/plain", "--adopt", "Service/fixed", "--recreate", "Service/fixed")
    assert done.code == 0, done
    assert here.get("ConfigMap", "nobodys")["data"] == {"size": "ours", "extra": "stays"}


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_the_diff_is_printed_without_colours_into_a_file(place):
    place.install("coder/lab", values=lab(config_map("a", size="1"), secret("s", password=HIDDEN)))
    new = lab(config_map("a", size="2"), secret("s", password=HIDDEN + "-new"), config_map("b"))
    done = place.run_without_a_trace("preflight", "coder", "coder/lab", "--diff", *place.flags(values=new))
    assert done.code == 0, done
    assert "~ ConfigMap/a   v1\n    - data.size: \"1\"\n    + data.size: \"2\"\n" in done.out, done
    assert "    ~ data.password: (hidden), changed\n" in done.out, done
    assert "+ ConfigMap/b   v1   new\n" in done.out, done
    assert done.out.endswith("\n2 objects change, 1 is new\n"), done
    assert "\x1b" not in done.out and HIDDEN not in done.out, done
