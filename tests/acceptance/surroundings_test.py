"""What an upgrade meets around its own objects: Ingresses of others, pods that do not run, records that grow too large."""
import os
import random

from cluster import until
from objects import config_map, deployment, ingress, lab, secret, service, stateful_set, thing
from place import on


@on(planes=["1.20.2"], helms=["3.21.4"])
def test_an_ingress_of_others_that_coder_1_21_cuts_off_is_told_with_its_new_backend(place):
    place.install(version="1.20.0")
    place.namespace.create(ingress("custom", "coder.example.com", "cemanager", 8080))
    place.namespace.create(ingress("elsewhere", "other.example.com", "somebody-elses", 80))
    report = place.preflight(version="1.21.7")
    (finding,) = report.findings("routes-kept", severity="warning")
    assert (finding["object"], finding["field"]) == ("Ingress/custom", "coder.example.com"), report
    assert "it asks for cemanager:8080, and there is no Service cemanager" in finding["message"], report
    assert "coderd:8080" in finding["remedy"]["advice"], report
    done = place.upgrade("--protect", "Ingress/web-ingress", chart="coder/coder", version="1.21.7")
    assert done.code == 0, done
    assert "cemanager" not in place.namespace.names("Service")
    ports = place.namespace.get("Service", "coderd")["spec"]["ports"]
    assert 8080 in [port["port"] for port in ports]


@on(helms=["3.21.4", "4.2.4"])
def test_a_port_that_goes_is_told_of_by_whose_the_ingress_is(place):
    ports = [[{"name": "http", "port": port, "targetPort": 8080, "protocol": "TCP"}] for port in (8080, 80)]
    place.install("coder/lab", values=lab(service("web", ports=ports[0]), ingress("own", "own.example.com", "web", 8080)))
    place.namespace.create(ingress("custom", "custom.example.com", "web", 8080))
    report = place.preflight("coder", "coder/lab", values=lab(service("web", ports=ports[1]), ingress("own", "own.example.com", "web", 8080)))
    for name, severity in [("own", "error"), ("custom", "warning")]:
        (finding,) = report.findings({"own": "own-routes", "custom": "routes-kept"}[name], severity=severity)
        assert finding["object"] == f"Ingress/{name}", report
        assert "Service web has no port 8080" in finding["message"] and "web:80" in finding["remedy"]["advice"], report
    moved = lab(service("web", ports=ports[1]), ingress("own", "own.example.com", "web", 80))
    assert not place.preflight("coder", "coder/lab", values=moved).findings("own-routes", severity=None)


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_pods_that_do_not_run_before_the_upgrade_are_told_with_their_reason(place):
    old = deployment("web")
    old["spec"]["template"]["spec"]["nodeSelector"] = {"disk": "none"}
    assert place.helm("install", "coder", "coder/lab", *place.flags(values=lab(old))).code == 0
    until(lambda: any(c["reason"] == "Unschedulable" for pod in place.namespace.list("Pod") for c in pod.get("status", {}).get("conditions", [])),
          "the pod has no node")
    report = place.preflight("coder", "coder/lab", values=lab(old, config_map("new", key="1")))
    (finding,) = report.findings("workloads-ready", severity="warning")
    assert finding["object"] == "Deployment/web" and "0 of 1 pods are ready; Pod web-" in finding["message"], report
    assert "Unschedulable" in finding["message"], report


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_a_record_that_grows_near_its_limit_is_told_before_it_is_too_large(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    noise = random.Random(1).randbytes(360_000).hex()
    report = place.preflight("coder", "coder/lab", values=lab(config_map("a", key="1"), config_map("large", key=noise[:720_000])))
    (finding,) = report.findings("record-size", severity="warning")
    assert "KiB of the 1024 KiB" in finding["message"], report


@on(planes=["1.34.2"], helms=["4.2.4"])
def test_an_annotation_that_keeps_a_load_balancer_internal_is_not_lost_in_silence(place):
    inside = service("web", type="LoadBalancer")
    inside["metadata"]["annotations"] = {"service.beta.kubernetes.io/aws-load-balancer-internal": "true"}
    assert place.helm("install", "coder", "coder/lab", *place.flags(values=lab(inside))).code == 0
    report = place.preflight("coder", "coder/lab", values=lab(service("web", type="LoadBalancer")))
    (finding,) = report.findings("internal-stays-internal")
    assert finding["object"] == "Service/web" and "aws-load-balancer-internal" in finding["field"], report


def taking(name, field, entry):
    """A Deployment whose pods take something from an object."""
    each = deployment(name)
    pod = each["spec"]["template"]["spec"]
    (pod["containers"][0] if field in ("env", "envFrom") else pod)[field] = [entry]
    return each


@on(helms=["3.21.4", "4.2.4"])
def test_what_pods_refer_to_is_there_before_the_upgrade_or_is_named(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    place.namespace.create(secret("there", key="1\n"))
    values = lab(taking("no-secret", "env", {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}),
                 taking("no-key", "env", {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "there", "key": "token"}}}),
                 taking("blank", "env", {"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "there", "key": "key"}}}),
                 taking("no-map", "volumes", {"name": "v", "configMap": {"name": "ca"}}),
                 taking("optional", "volumes", {"name": "v", "configMap": {"name": "ca", "optional": True}}),
                 taking("brought", "volumes", {"name": "v", "configMap": {"name": "a"}}),
                 taking("pulls", "imagePullSecrets", {"name": "registry"}),
                 config_map("a", key="1"))
    report = place.preflight("coder", "coder/lab", values=values)
    told = {finding["object"]: finding["message"] for finding in report.findings("referenced-objects")}
    assert told == {"Deployment/no-secret": "it takes key password of Secret db, and there is no Secret db",
                    "Deployment/no-key": "it takes key token of Secret there, and Secret there has no key token",
                    "Deployment/no-map": "it takes ConfigMap ca, and there is no ConfigMap ca"}, report
    (finding,) = report.findings("helpful-secrets", severity="warning")
    assert (finding["object"], finding["field"]) == ("Deployment/pulls", "imagePullSecrets"), report
    (finding,) = report.findings("no-trailing-blanks", severity="warning")
    assert finding["object"] == "Deployment/blank" and "key key of Secret there ends in" in finding["message"], report


@on(helms=["3.21.4", "4.2.4"])
def test_claims_that_the_upgrade_leaves_behind_or_can_not_change_are_told(place):
    place.install("coder/lab", values=lab(stateful_set("goes"), stateful_set("grows")))
    until(lambda: len(place.namespace.names("PersistentVolumeClaim")) == 2, "the claims are made")
    report = place.preflight("coder", "coder/lab", values=lab(stateful_set("grows", storage="2Gi")))
    told = {finding["object"]: finding["message"] for finding in report.findings("claims-in-use", severity="warning")}
    assert set(told) == {"PersistentVolumeClaim/data-goes-0", "PersistentVolumeClaim/data-grows-0"}, report
    assert told["PersistentVolumeClaim/data-goes-0"].startswith("nothing uses it after the upgrade: StatefulSet/goes goes, or asks for other claims"), report
    assert told["PersistentVolumeClaim/data-grows-0"].startswith("it stays at 1Gi: that StatefulSet/grows wants 2Gi"), report


@on(helms=["3.21.4", "4.2.4"])
def test_a_claim_of_a_class_that_there_is_not_is_told_before_it_waits(place):
    place.install("coder/lab", values=lab(stateful_set("there")))
    until(lambda: place.namespace.names("PersistentVolumeClaim") == ["data-there-0"], "the claim is made")
    own = thing("PersistentVolumeClaim", "own", spec={"accessModes": ["ReadWriteOnce"], "storageClassName": "none-such",
                                                      "resources": {"requests": {"storage": "1Gi"}}})
    values = lab(stateful_set("there", storageClassName="standard"), stateful_set("served"), stateful_set("odd", storageClassName="none-such"),
                 stateful_set("bare", storageClassName=""), own)
    report = place.preflight("coder", "coder/lab", "--no-rollback-check", values=values)
    told = {finding["object"]: finding["message"] for finding in report.findings("storage-there")}
    assert set(told) == {"PersistentVolumeClaim/data-odd-0", "PersistentVolumeClaim/data-bare-0", "PersistentVolumeClaim/own"}, report
    assert told["PersistentVolumeClaim/data-odd-0"].startswith("there is no storage class none-such"), report
    assert told["PersistentVolumeClaim/data-bare-0"].startswith("it wants a volume without a storage class"), report
    assert report.code == 3, report
    # What Helm really meets: the claims wait, and it with them.
    values = lab(stateful_set("there"), stateful_set("served"), stateful_set("odd", storageClassName="none-such"))
    done = place.helm("upgrade", "coder", "coder/lab", *place.flags(values=values), "--wait", "--timeout", "4s")
    assert done.code != 0, done
    phases = {each["metadata"]["name"]: each["status"]["phase"] for each in place.namespace.list("PersistentVolumeClaim")}
    assert phases == {"data-there-0": "Bound", "data-served-0": "Bound", "data-odd-0": "Pending"}


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_what_holds_an_object_that_does_not_go_is_named_with_its_likely_owner(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    place.namespace.patch("ConfigMap", "a", {"metadata": {"finalizers": ["example.com/guard"]}})
    place.namespace.remove("ConfigMap", "a")
    try:
        report = place.preflight("coder", "coder/lab", values=lab(config_map("a", key="2")))
        (finding,) = report.findings("terminating")
        assert "it waits for example.com/guard (the controller of example.com)" in finding["message"], report
    finally:
        place.namespace.patch("ConfigMap", "a", {"metadata": {"finalizers": []}})


def skopeo(place):
    """One that knows a registry with a single image, in a folder to put in front of PATH."""
    path = place.home.file("skopeo", '#!/bin/sh\ncase "$*" in "inspect --raw docker://mirror.example.com/web:2") echo "{}" ;;\n'
                           '*gone*) echo "Error: reading manifest 1 in mirror.example.com/gone: manifest unknown" >&2; exit 1 ;;\n'
                           '*) echo "Error: pinging container registry: no such host" >&2; exit 1 ;; esac\n', 0o700)
    return {"PATH": os.path.dirname(path) + ":" + place.home.environment["PATH"]}


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_new_images_are_looked_up_when_asked_for_and_held_against_those_that_run(place):
    place.install("coder/lab", values=lab(deployment("web", image="mirror.example.com/web:1"), deployment("same", image="mirror.example.com/same:1")))
    values = lab(deployment("web", image="mirror.example.com/web:2"), deployment("gone", image="mirror.example.com/gone:1"),
                 deployment("outside", image="coderenvs/outside:1"), deployment("same", image="mirror.example.com/same:1"))
    report = place.preflight("coder", "coder/lab", values=values)
    (finding,) = report.findings("same-registry", severity="warning")
    assert finding["object"] == "Deployment/outside" and "is not from mirror.example.com" in finding["message"], report
    check = report.check("images-there")
    (not_asked,) = check["notAsked"]
    assert check["result"] == "not-asked" and report.unverified("images-there") == [], report
    assert not_asked["why"].startswith("whether ") and "same:1" not in not_asked["why"] and "--check-images" in not_asked["tell"], report
    report = place.preflight("coder", "coder/lab", "--check-images", values=values, environment=skopeo(place))
    (finding,) = report.findings("images-there")
    assert finding["object"] == "Deployment/gone" and "manifest unknown" in finding["message"], report
    (unverified,) = report.unverified("images-there")
    assert unverified["object"] == "Deployment/outside" and "no such host" in unverified["why"], report


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_a_backup_of_the_database_is_asked_for_until_it_is_said_to_be_there(place):
    place.install(version="1.36.2")
    (finding,) = place.preflight(version="1.37.0").findings("database-backup", severity="warning")
    assert "Coder 1.37.0 may change its tables when it starts, and no rollback of Helm's takes that back" in finding["message"]
    report = place.preflight("--database-snapshot", "taken", version="1.37.0")
    assert report.check("database-backup")["detail"] == "taken, as you say", report
