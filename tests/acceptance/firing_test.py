"""Each check is seen firing on a real control plane: here those that no other test makes fire. docs/checks.md has the list."""
import os
import pathlib
import shutil
import time

import pytest

from cluster import TESTS
from objects import config_map, lab, marked, service, stateful_set, thing
from place import on

OLD = on(planes=["1.20.2"], helms=["3.21.4"])
NEW = on(planes=["1.34.2"], helms=["3.21.4"])
DATABASE = {"postgres": {"useDefault": False, "host": "db", "user": "coder", "database": "coder"}}


def fires(report, code, severity="error"):
    """The findings of a check, of which there must be some."""
    findings = report.findings(code, severity=severity)
    assert findings, f"{code} did not fire: {report}"
    return findings


def chart_of(place, name, version):
    """A folder with the chart `lab` under another name and version."""
    folder = place.home.folder / "charts" / f"{name}-{version}"
    shutil.copytree(TESTS / "charts" / "lab", folder)
    text = (folder / "Chart.yaml").read_text().splitlines()
    (folder / "Chart.yaml").write_text("\n".join(
        f"name: {name}" if line.startswith("name:") else f"version: {version}" if line.startswith("version:") else line for line in text))
    return str(folder)


# --- tools and repository -------------------------------------------------------------------------------------------


@on(planes=["1.34.2"], helms=["3.10.1"])
def test_hc102_an_old_helm_whose_dry_run_sees_no_cluster(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    (finding,) = fires(place.preflight("coder", "coder/lab"), "HC102", "warning")
    assert "3.10.1" in finding["message"]


@NEW
def test_hc105_an_index_of_last_week(place):
    place.install(version="1.21.0")
    (index,) = (place.home.folder / "helm/cache/repository").glob("coder-index.yaml")
    os.utime(index, (time.time() - 8 * 86400,) * 2)
    (finding,) = fires(place.preflight(version="1.21"), "HC105", "warning")
    assert "8 days ago" in finding["message"] and finding["remedy"]["command"] == "helm repo update coder"


@NEW
def test_hc107_a_version_that_does_not_start_is_forbidden(place):
    place.install(version="1.33.0")
    (finding,) = fires(place.preflight(version="1.34.0"), "HC107")
    assert "Dirty database" in finding["message"] and "1.34.1" in finding["remedy"]["command"]


@OLD
def test_hc108_a_version_with_a_known_defect(place):
    place.install(version="1.20.0")
    (finding,) = fires(place.preflight(version="1.21.0"), "HC108", "warning")
    assert "ServiceAccount environments" in finding["message"]


@NEW
def test_hc109_a_version_of_which_nothing_is_known(place):
    place.install(version="1.44.3")
    (finding,) = fires(place.preflight("coder", chart_of(place, "coder", "1.99.0")), "HC109", "warning")
    assert finding["object"] == "coder 1.99.0"


@NEW
def test_hc110_the_chart_of_another_product(place):
    place.install(version="1.44.3")
    (finding,) = fires(place.preflight("coder", chart_of(place, "coder", "2.20.0")), "HC110")
    assert "Coder v2" in finding["message"]


# --- the release ----------------------------------------------------------------------------------------------------


@NEW
def test_hc203_a_record_that_something_has_broken(place):
    for key in "12":
        place.install("coder/lab", values=lab(config_map("a", key=key)))
    place.namespace.patch("Secret", "sh.helm.release.v1.coder.v1", {"data": {"release": "AAAA"}})
    (finding,) = fires(place.preflight("coder", "coder/lab"), "HC203", "warning")
    assert finding["object"] == "revision 1"


@NEW
def test_hc204_a_release_that_was_taken_out(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    assert place.helm("uninstall", "coder", "--keep-history").code == 0
    (base,) = fires(place.preflight("coder", "coder/lab"), "HC204")
    assert base["object"] == "release coder" and "uninstalled" in base["message"]


@NEW
def test_hc205_a_release_that_never_came_up(place):
    nonsense = lab(service("a", ports=[{"port": 0, "protocol": "TCP"}]))
    assert place.helm("install", "coder", "coder/lab", *place.flags(values=nonsense)).code == 1
    (last,) = fires(place.preflight("coder", "coder/lab", values=lab(service("a"))), "HC205", "warning")
    assert last["object"] == "revision 1" and "it is failed" in last["message"]


# --- objects and cluster --------------------------------------------------------------------------------------------


@NEW
def test_hc301_helm_may_read_its_records_and_not_write_them(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    reader = f"reader-in-{place.namespace.name}"
    place.namespace.create(thing("Role", "reader", "rbac.authorization.k8s.io/v1", rules=[
        {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list"]},
        {"apiGroups": ["", "apps"], "resources": ["*"], "verbs": ["get", "list"]}]))
    place.namespace.create(thing("RoleBinding", "reader", "rbac.authorization.k8s.io/v1",
                                 subjects=[{"kind": "User", "name": reader, "apiGroup": "rbac.authorization.k8s.io"}],
                                 roleRef={"kind": "Role", "name": "reader", "apiGroup": "rbac.authorization.k8s.io"}))
    place.kubeconfig = place.plane.user(reader)
    report = place.preflight("coder", "coder/lab", values=lab(config_map("a", key="2")))
    assert "secrets is forbidden" in fires(report, "HC301")[0]["message"], report
    assert "Helm's records" in str(fires(report, "HC326")), report


@NEW
@pytest.mark.parametrize("code, new", [
    ("HC303", thing("Nonsense", "a", "example.com/v1")),
    ("HC320", service("a", ports=[{"port": 0, "protocol": "TCP"}])),
    ("HC325", {**config_map("a", key="1"), "metadata": {"name": "a", "namespace": "nowhere"}}),
], ids=["HC303-unknown-kind", "HC320-invalid-port", "HC325-no-such-namespace"])
def test_an_object_that_the_server_will_not_have(place, code, new):
    place.install("coder/lab", values=lab(config_map("b", key="1")))
    report = place.preflight("coder", "coder/lab", values=lab(config_map("b", key="1"), new))
    assert report.code == 3, report
    fires(report, code)


@NEW
def test_hc305_an_object_that_is_being_deleted(place):
    place.install("coder/lab", values=lab(config_map("b", key="1")))
    place.namespace.create(marked(config_map("a", key="1"), {"app.kubernetes.io/managed-by": "Helm"}, **{
        "meta.helm.sh/release-name": "coder", "meta.helm.sh/release-namespace": place.namespace.name}))
    place.namespace.patch("ConfigMap", "a", {"metadata": {"finalizers": ["example.com/held"]}})
    place.namespace.remove("ConfigMap", "a")
    try:
        report = place.preflight("coder", "coder/lab", values=lab(config_map("a", key="2"), config_map("b", key="1")))
        (finding,) = fires(report, "HC305")
        assert finding["object"] == "ConfigMap/a" and "example.com/held" in str(finding), report
    finally:
        place.namespace.patch("ConfigMap", "a", {"metadata": {"finalizers": None}})


@NEW
def test_hc308_a_volume_with_data_that_goes(place):
    claim = thing("PersistentVolumeClaim", "data", spec={"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}})
    assert place.helm("install", "coder", "coder/lab", *place.flags(values=lab(claim, config_map("a", key="1")))).code == 0
    (finding,) = fires(place.preflight("coder", "coder/lab", "--reset-values", values=lab(config_map("a", key="1"))), "HC308")
    assert finding["object"] == "PersistentVolumeClaim/data"


@NEW
def test_hc309_and_hc310_the_only_way_in_goes_with_its_address(place):
    balancer = service("web", type="LoadBalancer", loadBalancerIP="192.0.2.7")
    assert place.helm("install", "coder", "coder/lab", *place.flags(values=lab(balancer, config_map("a", key="1")))).code == 0
    report = place.preflight("coder", "coder/lab", values=lab(config_map("a", key="1")))
    (address,), (way,) = fires(report, "HC309", "warning"), fires(report, "HC310")
    assert "192.0.2.7" in address["message"] and way["object"] == "Service/web"


@NEW
def test_hc321_a_webhook_that_does_not_answer_refuses(place):
    name = f"refuse-{place.namespace.name}"
    hook = thing("ValidatingWebhookConfiguration", name, "admissionregistration.k8s.io/v1", webhooks=[{
        "name": "refuse.example.com", "admissionReviewVersions": ["v1"], "sideEffects": "None", "failurePolicy": "Fail", "timeoutSeconds": 1,
        "clientConfig": {"url": "https://127.0.0.1:1/"},
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": place.namespace.name}},
        "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["services"], "operations": ["CREATE"]}]}])
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    place.namespace.create_for_all(hook)
    try:
        report = place.preflight("coder", "coder/lab", values=lab(config_map("a", key="1"), service("web")))
    finally:
        place.plane.ask("DELETE", f"/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/{name}")
    (finding,) = fires(report, "HC321")
    assert finding["object"] == "Service/web" and "refuse.example.com" in finding["message"], report


@NEW
def test_hc323_a_namespace_that_wants_pods_to_be_restricted(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    place.plane.ask("PATCH", f"/api/v1/namespaces/{place.namespace.name}",
                    {"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}, "application/merge-patch+json")
    report = place.preflight("coder", "coder/lab", values=lab(config_map("a", key="1"), stateful_set("db")))
    assert "StatefulSet/db" in {finding["object"] for finding in fires(report, "HC323")}, report


@NEW
def test_hc328_what_runs_outside_of_the_rehearsal_is_not_verified(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    report = place.preflight("coder", "coder/lab", "--post-renderer", place.home.file("render", "#!/bin/sh\nexec cat\n", 0o755))
    assert report.unverified("HC328"), report


@OLD
def test_hc330_an_api_that_kubernetes_will_take_away(place):
    ingress = thing("Ingress", "web", "extensions/v1beta1", spec={"backend": {"serviceName": "web", "servicePort": 80}})
    place.install("coder/lab", values=lab(service("web")))
    (finding,) = fires(place.preflight("coder", "coder/lab", values=lab(service("web"), ingress)), "HC330", "warning")
    assert finding["object"] == "Ingress/web" and "networking.k8s.io/v1" in finding["message"]


# --- values and version ---------------------------------------------------------------------------------------------


@OLD
def test_hc401_hc405_hc406_and_hc407_a_jump_over_lines_that_kubernetes_is_too_old_for(place):
    place.install(version="1.21.7")
    assert "1.28.0" in str(fires(place.preflight(version="1.28.0"), "HC405"))
    report = place.preflight(version="1.30.0")
    assert report.code == 3, report
    for code, severity, words in [("HC401", "error", "1.22.3"), ("HC406", "warning", "1.30.0"), ("HC407", "warning", "UUIDs")]:
        assert words in str(fires(report, code, severity)), report


@NEW
def test_hc402_and_hc403_a_step_back(place):
    place.install(version="1.22.3")
    fires(place.preflight(version="1.21.7"), "HC402")
    fires(place.preflight(version="1.22.0"), "HC403")


@NEW
def test_hc404_and_hc410_keys_that_the_new_chart_refuses(place):
    place.install(version="1.27.4", values={"devurls": {"host": "*.dev.example.com"}})
    report = place.preflight(version="1.28.0")
    (refused,) = fires(report, "HC410")
    assert refused["object"] == "devurls.host" and "coderd.devurlsHost" in str(refused["remedy"]), report
    fires(report, "HC404")


@NEW
def test_hc411_hc412_hc413_and_hc415_keys_that_no_longer_do_what_they_did(place):
    place.install(version="1.26.1", values={**DATABASE, "coderd": {"image": "coderenvs/coder:1.26.1", "repliacs": 2}})
    report = place.preflight(version="1.27.4")
    assert "postgres.useDefault" in str(fires(report, "HC411", "warning")), report
    assert fires(report, "HC412", "warning")[0]["object"] == "coderd.image", report
    assert "a database of its own" in fires(report, "HC413")[0]["message"], report
    (unknown,) = fires(report, "HC415", "warning")
    assert unknown["object"] == "coderd.repliacs" and "coderd.replicas" in str(unknown["remedy"]), report


# --- checks of one's own ---------------------------------------------------------------------------------------------


@NEW
def test_hc701_a_check_of_ones_own_that_does_not_do_its_work(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    folder = pathlib.Path(place.home.folder / "own")
    folder.mkdir()
    place.home.file("own/broken", "#!/bin/sh\nexit 3\n", 0o755)
    report = place.preflight("coder", "coder/lab", "--checks", str(folder))
    (finding,) = fires(report, "HC701", "warning")
    assert finding["object"] == "broken", report
