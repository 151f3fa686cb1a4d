"""What an upgrade meets around its own objects: Ingresses of others, pods that do not run, records that grow too large."""
import random

from cluster import until
from objects import config_map, deployment, lab, secret, service, thing
from place import on


def ingress(name, host, service, port, path="/"):
    """As a person writes one that no release knows of."""
    backend = {"service": {"name": service, "port": {"number": port}}}
    return thing("Ingress", name, "networking.k8s.io/v1", spec={
        "rules": [{"host": host, "http": {"paths": [{"path": path, "pathType": "Prefix", "backend": backend}]}}]})


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
