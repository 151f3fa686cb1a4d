"""The charts for tests do what Coder's charts did, as far as `helm template` can tell.

It shows every template an empty cluster, so what depends on `lookup` is for tests against a cluster.
Run with: python3 -m pytest tests/charts
"""
import functools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tarfile
import urllib.request

import pytest
import yaml

HERE = pathlib.Path(__file__).parent
HELMS = ["3.10.1", "3.21.4", "4.2.4"]


def find_helm(version):
    """Where this Helm is, or None."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    folder = pathlib.Path(os.environ.get("HELM_CODER_TEST_BIN") or cache / "helm-coder" / "test-bin")
    helm = folder / f"helm-{version}" / "helm"
    return str(helm) if helm.exists() else None


def need_helm(version):
    return find_helm(version) or pytest.skip(f"Helm {version} is not in the folder of test binaries")


def some_helm():
    found = [find_helm(version) for version in HELMS] + [shutil.which("helm")]
    for helm in found:
        if helm:
            return helm
    raise AssertionError("no Helm at all: set HELM_CODER_TEST_BIN")


def build(out, *copies):
    environment = {**os.environ, "HELM": some_helm()}
    subprocess.run([HERE / "build", out, *copies], env=environment, check=True)
    return out


@pytest.fixture(scope="session")
def charts(tmp_path_factory):
    return build(tmp_path_factory.mktemp("charts"), "other@2.0.0")


class Refused(Exception):
    """Helm did not render, and said this."""


class Manifests(list):
    def names(self, kind):
        return sorted(o["metadata"]["name"] for o in self if o["kind"] == kind)

    def one(self, kind, name):
        return next(o for o in self if o["kind"] == kind and o["metadata"]["name"] == name)

    def kinds(self):
        return {kind: self.names(kind) for kind in sorted({o["kind"] for o in self})}

    def env(self):
        """What coderd's container gets, by name."""
        pod = next(o for o in self if o["kind"] == "Deployment" and o["metadata"]["name"] in ("coderd", "cemanager"))
        container = pod["spec"]["template"]["spec"]["containers"][0]
        return {e["name"]: e.get("value", e.get("valueFrom")) for e in container["env"]}

    def ports(self, service):
        return [(p["port"], p.get("targetPort", p["port"])) for p in self.one("Service", service)["spec"]["ports"]]


@functools.lru_cache(maxsize=None)
def helm_template(helm, chart, values, options):
    done = subprocess.run(
        [helm, "template", "coder", chart, "--namespace", "coder", "--values", "-", *options],
        input=values, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(done.stderr)
    return done.stdout


@pytest.fixture
def render(charts):
    def run(chart, values=None, helm=None, kubernetes="1.21.0", options=()):
        name = chart if "-" in chart else f"coder-{chart}"
        text = helm_template(helm or some_helm(), str(charts / f"{name}.tgz"), json.dumps(values or {}),
                             ("--kube-version", kubernetes, *options))
        return Manifests(o for o in yaml.safe_load_all(text) if o)
    return run


def number(version):
    return tuple(int(part) for part in version.split("."))


def coder_versions():
    text = (HERE / "build").read_text()
    return text.split("versions=(", 1)[1].split(")", 1)[0].split()


def versions(since="0.0.0", until="99.0.0"):
    """The versions of the chart from one on, up to but not including the other."""
    return [v for v in coder_versions() if number(since) <= number(v) < number(until)]


def default_values(charts, version):
    with tarfile.open(charts / f"coder-{version}.tgz") as archive:
        return yaml.safe_load(archive.extractfile("coder/values.yaml"))


def chart_yaml(charts, version):
    with tarfile.open(charts / f"coder-{version}.tgz") as archive:
        return yaml.safe_load(archive.extractfile("coder/Chart.yaml"))


NGINX = {
    "ClusterRole": ["nginx-ingress-clusterrole-coder"],
    "ClusterRoleBinding": ["nginx-ingress-clusterrole-nisa-binding-coder"],
    "ConfigMap": ["custom-headers", "nginx-configuration", "tcp-services", "udp-services"],
}
AT_1_20 = {
    **NGINX,
    "Deployment": ["cemanager", "dashboard", "envproxy", "nginx-ingress-controller"],
    "Ingress": ["web-ingress"],
    "Role": ["coder", "nginx-ingress-role"],
    "RoleBinding": ["coder", "nginx-ingress-role-nisa-binding"],
    "Secret": ["built-in-envproxy-token"],
    "Service": ["cemanager", "dashboard", "envproxy", "ingress-nginx", "timescale"],
    "ServiceAccount": ["coder", "dashboard", "environments", "nginx-ingress-serviceaccount", "timescale"],
    "StatefulSet": ["timescale"],
}
AT_1_21 = {
    "Deployment": ["coderd"],
    "Role": ["coder"],
    "RoleBinding": ["coder"],
    "Service": ["coderd", "timescale"],
    "ServiceAccount": ["coder", "environments", "timescale"],
    "StatefulSet": ["timescale"],
}
AT_1_27 = {**AT_1_21, "NetworkPolicy": ["coderd", "ingress-deny-all", "timescale"]}
OBJECTS = {
    "1.19.2": {
        **AT_1_20,
        "ClusterRole": ["coder-coder-cluster", "nginx-ingress-clusterrole-coder"],
        "ClusterRoleBinding": ["coder-coder-clusterbinding", "nginx-ingress-clusterrole-nisa-binding-coder"],
    },
    "1.20.0": AT_1_20,
    "1.21.0": {**AT_1_21, "ServiceAccount": ["coder", "timescale"]},
    "1.21.1": AT_1_21,
    "1.21.7": AT_1_21,
    "1.22.3": {**AT_1_21, "Ingress": ["coderd-ingress"]},
    "1.23.1": {**AT_1_21, "Ingress": ["coderd-ingress"], "NetworkPolicy": ["ingress-deny-all"]},
    "1.26.1": {**AT_1_21, "NetworkPolicy": ["ingress-deny-all"]},
    "1.27.4": AT_1_27,
    "1.28.7": AT_1_27,
    "1.44.3": AT_1_27,
}


# The charts and their versions


@pytest.mark.parametrize("version", coder_versions())
@pytest.mark.parametrize("helm", HELMS)
def test_every_version_renders_with_every_helm(render, helm, version):
    assert render(version, helm=need_helm(helm))


@pytest.mark.parametrize("version", OBJECTS)
def test_a_fresh_installation_has_the_objects_of_its_version(render, version):
    assert render(version).kinds() == OBJECTS[version]


def test_building_twice_gives_the_same_charts(tmp_path):
    first = sorted(p.name for p in build(tmp_path).iterdir())
    assert sorted(p.name for p in build(tmp_path).iterdir()) == first
    assert "index.yaml" in first and "coder-1.21.7.tgz" in first


def test_a_served_folder_is_a_helm_repository(charts):
    server = subprocess.Popen([HERE / "serve", charts], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        with urllib.request.urlopen(f"{url}/index.yaml", timeout=10) as answer:
            index = yaml.safe_load(answer)
        served = {e["version"] for e in index["entries"]["coder"]}
        assert served == set(coder_versions())
        with urllib.request.urlopen(f"{url}/{index['entries']['coder'][0]['urls'][0]}", timeout=10) as answer:
            assert answer.read(2) == b"\x1f\x8b"
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=10) == 0


def test_a_file_that_guards_a_wrong_range_is_not_built(tmp_path):
    source = tmp_path / "values.yaml"
    for guard in ("1.21", "1.21.0", "1.x.0:", ""):
        source.write_text(f"key: value  #@ {guard}\n")
        done = subprocess.run(["awk", "-v", "version=1.21.7", "-v", f"from={tmp_path}", "-v", f"to={tmp_path}/out",
                               "-f", HERE / "for-version.awk", source], capture_output=True, text=True, check=False)
        assert done.returncode == 1 and "values.yaml:1: " in done.stderr, guard


def test_app_version_says_master_before_1_27_and_the_version_since(charts):
    assert "appVersion" not in chart_yaml(charts, "1.19.2")
    assert chart_yaml(charts, "1.26.1")["appVersion"] == "master"
    assert chart_yaml(charts, "1.28.7")["appVersion"] == "1.28.7"


@pytest.mark.parametrize("version, too_old, old_enough", [
    ("1.22.3", "1.18.20", "1.19.0"), ("1.27.0", "1.19.16", "1.20.0"), ("1.27.4", "1.18.20", "1.19.0"),
    ("1.28.0", "1.20.2", "1.21.0"), ("1.28.7", "1.18.20", "1.19.0"), ("1.44.3", "1.18.20", "1.19.0")])
def test_a_chart_refuses_a_kubernetes_that_is_too_old(render, version, too_old, old_enough):
    assert render(version, kubernetes=old_enough)
    with pytest.raises(Refused, match="chart requires kubeVersion: >= .* which is incompatible with Kubernetes v" + too_old):
        render(version, kubernetes=too_old)


@pytest.mark.parametrize("version", versions(until="1.22.0"))
def test_charts_before_1_22_take_any_kubernetes(render, version):
    assert render(version, kubernetes="1.16.0")


# API groups


@pytest.mark.parametrize("version", versions(until="1.21.0"))
def test_up_to_1_20_the_ingress_and_the_rbac_of_nginx_use_beta_apis(render, version):
    objects = render(version)
    assert objects.one("Ingress", "web-ingress")["apiVersion"] == "extensions/v1beta1"
    for kind, name in (("Role", "nginx-ingress-role"), ("RoleBinding", "nginx-ingress-role-nisa-binding"),
                       ("ClusterRole", "nginx-ingress-clusterrole-coder")):
        assert objects.one(kind, name)["apiVersion"] == "rbac.authorization.k8s.io/v1beta1"
    assert objects.one("Role", "coder")["apiVersion"] == "rbac.authorization.k8s.io/v1"


@pytest.mark.parametrize("version", versions(since="1.21.0"))
def test_since_1_21_no_beta_api_is_used(render, version):
    assert not [o for o in render(version, {"ingress": {"enable": True}}) if "beta" in o["apiVersion"]]


def test_1_37_grants_metrics_only_where_the_cluster_has_them(render):
    def groups(*options):
        return {g for rule in render("1.37.0", options=options).one("Role", "coder")["rules"] for g in rule["apiGroups"]}
    assert "metrics.k8s.io" not in groups()
    assert "metrics.k8s.io" in groups("--api-versions", "metrics.k8s.io/v1beta1")


# Names, Services and Ingresses


@pytest.mark.parametrize("version", versions(since="1.21.0", until="1.27.0"))
def test_from_1_21_to_1_26_any_value_under_cemanager_keeps_that_name(render, version):
    objects = render(version, {"cemanager": {"replicas": 2}})
    deployment = objects.one("Deployment", "cemanager")
    assert deployment["spec"]["selector"]["matchLabels"] == {"coder.deployment": "cemanager"}
    assert deployment["spec"]["replicas"] == 2
    assert "cemanager" in objects.names("Service") and "coderd" not in objects.names("Service")


def test_1_27_ignores_values_under_cemanager(render):
    objects = render("1.27.4", {"cemanager": {"replicas": 2}})
    assert objects.one("Deployment", "coderd")["spec"]["replicas"] == 1
    assert "cemanager" not in objects.names("Deployment") + objects.names("Service")


def test_the_service_of_1_20_is_internal(render):
    objects = render("1.20.0")
    assert objects.one("Service", "cemanager")["spec"]["type"] == "ClusterIP"
    assert [p for p, _ in objects.ports("cemanager")] == [8080, 8443, 5349]
    assert [p for p, _ in objects.ports("envproxy")] == [8080, 2222]
    assert [p for p, _ in objects.ports("ingress-nginx")] == [80, 443, 22, 5349]
    assert "clusterIP" not in objects.one("Service", "timescale")["spec"]


def test_the_service_of_1_19_has_no_tls_port_and_turn_only_on_request(render):
    assert render("1.19.2").ports("cemanager") == [(8080, 8080)]
    assert render("1.19.2", {"cemanager": {"turn": {"enable": True}}}).ports("cemanager") == [(8080, 8080), (5349, 5349)]


@pytest.mark.parametrize("version", versions(since="1.21.0"))
def test_since_1_21_a_fresh_installation_is_reached_on_80_and_443(render, version):
    objects = render(version)
    service = objects.one("Service", "coderd")
    assert service["spec"]["type"] == "LoadBalancer"
    assert service["spec"]["externalTrafficPolicy"] == "Local"
    assert service["spec"]["selector"] == {"coder.deployment": "coderd"}
    assert objects.ports("coderd") == [(80, 8080), (443, 8443)]


@pytest.mark.parametrize("version", versions(since="1.21.0", until="1.27.0"))
def test_without_the_default_ingress_1_21_to_1_26_stay_internal_on_8080_and_8443(render, version):
    objects = render(version, {"ingress": {"useDefault": False}})
    assert objects.one("Service", "coderd")["spec"]["type"] == "ClusterIP"
    assert "externalTrafficPolicy" not in objects.one("Service", "coderd")["spec"]
    assert objects.ports("coderd") == [(8080, 8080), (8443, 8443)]
    assert ("envproxy" in objects.names("Deployment")) == (number(version) < (1, 22, 0))
    assert ("built-in-envproxy-token" in objects.names("Secret")) == (number(version) < (1, 22, 0))


def test_without_the_default_ingress_1_20_still_has_web_ingress_and_1_21_has_none(render):
    values = {"ingress": {"useDefault": False}}
    assert render("1.20.0", values).names("Ingress") == ["web-ingress"]
    assert "nginx-ingress-controller" not in render("1.20.0", values).names("Deployment")
    assert render("1.21.7", values).names("Ingress") == []


@pytest.mark.parametrize("version", versions(since="1.21.0", until="1.27.0"))
def test_service_next_wins_over_use_default(render, version):
    objects = render(version, {"ingress": {"useDefault": False}, "coderd": {"serviceNext": True}})
    assert objects.one("Service", "coderd")["spec"]["type"] == "LoadBalancer"
    assert "envproxy" not in objects.names("Deployment")


@pytest.mark.parametrize("version", versions(since="1.27.0"))
def test_since_1_27_use_default_is_ignored_and_the_service_is_public(render, version):
    objects = render(version, {"ingress": {"useDefault": False}})
    assert objects.one("Service", "coderd")["spec"]["type"] == "LoadBalancer"
    assert objects.ports("coderd") == [(80, 8080), (443, 8443)]


@pytest.mark.parametrize("version, by_default", [
    ("1.22.0", True), ("1.23.1", True), ("1.25.0", True), ("1.26.1", False), ("1.27.4", False), ("1.44.3", False)])
def test_the_ingress_of_coderd_comes_by_default_only_from_1_22_to_1_25(render, version, by_default):
    assert (render(version).names("Ingress") == ["coderd-ingress"]) == by_default
    assert render(version, {"ingress": {"enable": True}}).names("Ingress") == ["coderd-ingress"]
    assert render(version, {"ingress": {"enable": False}}).names("Ingress") == []


@pytest.mark.parametrize("version, port", [
    ("1.22.0", {"number": 80}), ("1.22.3", {"name": "tcp-coderd"}), ("1.23.1", {"number": 80}),
    ("1.24.0", {"name": "tcp-coderd"}), ("1.44.3", {"name": "tcp-coderd"})])
def test_the_ingress_of_1_22_0_and_1_23_points_to_port_80_whatever_the_service_has(render, version, port):
    objects = render(version, {"ingress": {"enable": True, "useDefault": False}})
    rule = objects.one("Ingress", "coderd-ingress")["spec"]["rules"][0]
    backend = rule["http"]["paths"][0]["backend"]["service"]
    assert backend == {"name": "coderd", "port": port}


@pytest.mark.parametrize("version, kept", [
    ("1.21.7", True), ("1.26.1", True), ("1.27.0", False), ("1.27.4", False), ("1.28.7", True), ("1.44.3", True)])
def test_annotations_of_the_service_are_lost_from_1_27_0_to_1_28_0(render, version, kept):
    service = render(version, {"coderd": {"serviceAnnotations": {"internal": "yes"}}}).one("Service", "coderd")
    assert ((service["metadata"].get("annotations") or {}).get("internal") == "yes") == kept


@pytest.mark.parametrize("version, works", [
    ("1.29.3", True), ("1.29.6", False), ("1.30.0", True)])
def test_the_class_of_the_ingress_is_lost_in_1_29_4_to_1_29_6(render, version, works):
    ingress = render(version, {"ingress": {"enable": True, "className": "mine"}}).one("Ingress", "coderd-ingress")
    assert (ingress["spec"].get("ingressClassName") == "mine") == works


def test_a_satellite_has_neither_migrations_nor_database_nor_the_account_of_coder(render):
    objects = render("1.44.3", {"coderd": {"satellite": {"enable": True, "primaryURL": "https://coder.test"}}})
    assert objects.names("Secret") == ["coder-replica-private-key"]
    assert objects.names("StatefulSet") == []
    assert objects.names("ServiceAccount") == ["environments"]
    assert "initContainers" not in objects.one("Deployment", "coderd")["spec"]["template"]["spec"]


# Values


@pytest.mark.parametrize("version", versions(until="1.27.0"))
def test_images_before_1_27_are_written_into_the_values(charts, version):
    values = default_values(charts, version)
    main = values["cemanager" if number(version) < (1, 21, 0) else "coderd"]
    assert main["image"] == f"docker.io/coderenvs/coder-service:{version}"


@pytest.mark.parametrize("version", versions(since="1.27.0"))
def test_images_since_1_27_follow_the_app_version(charts, render, version):
    assert default_values(charts, version)["coderd"]["image"] == ""
    pod = render(version).one("Deployment", "coderd")["spec"]["template"]["spec"]
    assert pod["containers"][0]["image"] == f"docker.io/coderenvs/coder-service:{version}"


@pytest.mark.parametrize("version, has, lacks", [
    ("1.19.2", ["cemanager.turn"], ["cemanager.securityContext", "coderd"]),
    ("1.20.0", ["cemanager.securityContext", "ingress.useDefault", "postgres.useDefault"], ["cemanager.turn", "coderd"]),
    ("1.21.0", ["coderd", "postgres.default", "services.type"],
     ["cemanager", "ingress", "storageClassName", "postgres.useDefault", "coderd.serviceAnnotations"]),
    ("1.21.7", ["coderd.serviceAnnotations"], ["coderd.serviceNext", "coderd.superAdmin"]),
    ("1.22.3", ["coderd.superAdmin"], ["metrics"]),
    ("1.23.1", ["metrics"], ["coderd.affinity"]),
    ("1.26.1", ["coderd.affinity", "ingress.enable", "postgres.ssl"], ["coderd.proxy", "coderd.networkPolicy"]),
    ("1.27.4", ["coderd.networkPolicy", "coderd.serviceAnnotations"], ["coderd.clientTLS"]),
    ("1.28.0", ["coderd.clientTLS"], ["coderd.serviceAnnotations", "coderd.annotations"]),
    ("1.28.7", ["coderd.serviceAnnotations", "coderd.annotations"], ["coderd.extraEnvs"]),
    ("1.29.3", ["coderd.liveness", "ingress.className"], []),
    ("1.29.6", ["coderd.extraEnvs"], ["coderd.liveness", "ingress.className"]),
    ("1.34.0", ["coderd.scim", "coderd.workspaceServiceAccount"], ["postgres.noPasswordEnv"]),
    ("1.35.0", ["postgres.noPasswordEnv"], []),
    ("1.35.1", [], ["postgres.noPasswordEnv"]),
    ("1.44.3", ["postgres.noPasswordEnv", "postgres.searchPath", "ingress.className"], ["coderd.serviceNext"])])
def test_values_yaml_lists_the_keys_of_its_version(charts, version, has, lacks):
    def listed(key):
        node = default_values(charts, version)
        for part in key.split("."):
            if not isinstance(node, dict) or part not in node:
                return False
            node = node[part]
        return True
    assert [key for key in has if not listed(key)] == []
    assert [key for key in lacks if listed(key)] == []


RENAMED = [
    ("cemanager", "coderd", {"cemanager": {"replicas": 1}}),
    ("devurls.host", "coderd.devurlsHost", {"devurls": {"host": "dev.test"}}),
    ("ingress.loadbalancerIP", "coderd.serviceSpec.loadBalancerIP", {"ingress": {"loadBalancerIP": "192.0.2.1"}}),
    ("ingress.loadbalancerIP", "coderd.serviceSpec.loadBalancerSourceRanges",
     {"ingress": {"loadBalancerSourceRanges": ["192.0.2.0/24"]}}),
    ("ingress.tls.hostSecretName", "coderd.tls.hostSecretName", {"ingress": {"tls": {"hostSecretName": "tls"}}}),
    ("ingress.tls.devurlsHostSecretName", "coderd.tls.devurlsHostSecretName",
     {"ingress": {"tls": {"devurlsHostSecretName": "tls"}}}),
    ("storageClassName", "postgres.default.storageClassName", {"storageClassName": "fast"}),
    ("timescale", "postgres.default", {"timescale": {"resources": {"requests": {"storage": "20Gi"}}}}),
    ("postgres.useDefault", "postgres.default.enable", {"postgres": {"useDefault": True}}),
    ("deploymentAnnotations", "services.annotations", {"deploymentAnnotations": {"a": "b"}}),
    ("serviceTolerations", "services.tolerations", {"serviceTolerations": [{"key": "a"}]}),
    ("clusterDomainSuffix", "services.clusterDomainSuffix", {"clusterDomainSuffix": ".svc.test"}),
    ("serviceType", "services.type", {"serviceType": "NodePort"}),
    ("serviceAccount", "coderd.builtinProviderServiceAccount", {"serviceAccount": {"annotations": {"a": "b"}}}),
]


@pytest.mark.parametrize("old, new, values", RENAMED, ids=[new for _, new, _ in RENAMED])
def test_since_1_28_a_renamed_key_fails_the_render(render, old, new, values):
    message = f"The '{old}' setting was deprecated in 1.21 and removed in 1.27; use '{new}' instead"
    for version in ("1.28.0", "1.28.7", "1.44.3"):
        with pytest.raises(Refused) as refused:
            render(version, values)
        assert message in str(refused.value)
        assert "execution error at (coder/templates/legacy.tpl:" in str(refused.value)
    assert render("1.27.4", values).kinds() == AT_1_27
    assert render("1.26.1", values)


def test_the_message_about_cemanager_names_the_line_of_the_template(render):
    with pytest.raises(Refused, match=r"execution error at \(coder/templates/legacy.tpl:2:4\): The 'cemanager' setting"):
        render("1.28.7", {"cemanager": {"replicas": 1}})


@pytest.mark.parametrize("values", [
    {"ingress": {"useDefault": False, "service": {"externalTrafficPolicy": "Cluster"}}}, {"ssh": {"enable": False}},
    {"dashboard": {"replicas": 2}}, {"envproxy": {"replicas": 2}}, {"imagePullPolicy": "Always"},
    {"namespaceWhitelist": ["other"]}, {"coderd": {"serviceNext": True}}], ids=lambda v: ".".join(v))
def test_other_dead_keys_are_ignored_without_a_word_since_1_27(render, values):
    assert render("1.27.4", values).kinds() == AT_1_27
    assert render("1.28.7", values).kinds() == AT_1_27
    assert render("1.44.3", values) == render("1.44.3")


OUTSIDE = {"postgres": {"useDefault": False, "host": "db.test", "port": 5433, "user": "me", "database": "mine",
                        "passwordSecret": "db"}}


@pytest.mark.parametrize("version", versions(until="1.27.0"))
def test_use_default_false_keeps_the_own_database_up_to_1_26(render, version):
    objects = render(version, OUTSIDE)
    assert "timescale" not in objects.names("StatefulSet") + objects.names("Service") + objects.names("ServiceAccount")
    assert objects.env()["DB_HOST"] == "db.test"
    assert objects.env()["DB_PORT"] == "5433"
    assert objects.env()["DB_PASSWORD"] == {"secretKeyRef": {"name": "db", "key": "password"}}


@pytest.mark.parametrize("version", versions(since="1.27.0"))
def test_use_default_false_silently_brings_an_empty_database_since_1_27(render, version):
    objects = render(version, OUTSIDE)
    assert objects.names("StatefulSet") == ["timescale"]
    assert objects.env()["DB_HOST"] == "timescale.coder.svc.cluster.local"
    assert "DB_PASSWORD" not in objects.env()


@pytest.mark.parametrize("version", versions(since="1.21.0"))
def test_the_new_key_keeps_the_own_database_in_every_version_that_has_it(render, version):
    objects = render(version, {"postgres": {"default": {"enable": False}, "host": "db.test"}})
    assert objects.names("StatefulSet") == []
    assert objects.env()["DB_HOST"] == "db.test"


@pytest.mark.parametrize("version, size, storage_class", [
    ("1.20.0", "20Gi", "old"), ("1.21.0", "20Gi", "old"), ("1.26.1", "20Gi", "old"), ("1.27.4", "30Gi", "new")])
def test_the_old_value_wins_up_to_1_26_and_the_new_one_since_1_27(render, version, size, storage_class):
    objects = render(version, {
        "storageClassName": "old", "timescale": {"resources": {"requests": {"storage": "20Gi"}}},
        "postgres": {"default": {"storageClassName": "new", "resources": {"requests": {"storage": "30Gi"}}}}})
    claim = objects.one("StatefulSet", "timescale")["spec"]["volumeClaimTemplates"][0]
    assert claim["metadata"]["name"] == "timescale-data"
    assert claim["spec"]["resources"]["requests"]["storage"] == size
    assert claim["spec"]["storageClassName"] == storage_class


def test_an_empty_old_value_leaves_the_new_one(render):
    values = {"storageClassName": "", "postgres": {"default": {"storageClassName": "new"}}}
    claim = render("1.26.1", values).one("StatefulSet", "timescale")["spec"]["volumeClaimTemplates"][0]
    assert claim["spec"]["storageClassName"] == "new"


def test_all_values_of_1_20_given_to_1_21_keep_the_old_name_and_the_old_image(charts, render):
    objects = render("1.21.7", default_values(charts, "1.20.0"))
    pod = objects.one("Deployment", "cemanager")["spec"]["template"]["spec"]
    assert pod["containers"][0]["image"] == "docker.io/coderenvs/coder-service:1.20.0"


def test_a_password_file_takes_the_place_of_the_variable_only_where_the_key_exists(render):
    values = {"postgres": {"default": {"enable": False}, "passwordSecret": "db", "noPasswordEnv": True}}
    for version, works in (("1.34.0", False), ("1.35.0", True), ("1.35.1", False), ("1.35.3", True), ("1.44.3", True)):
        assert ("DB_PASSWORD_PATH" in render(version, values).env()) == works, version
        assert ("DB_PASSWORD" in render(version, values).env()) != works, version


@pytest.mark.parametrize("version", versions(since="1.20.0"))
def test_naming_a_pod_security_policy_fails_the_render_since_1_20(render, version):
    with pytest.raises(Refused) as refused:
        render(version, {"podSecurityPolicyName": "mine"})
    assert 'executing "coder/templates/psp.yaml" at <include>' in str(refused.value)
    assert "wrong number of args for include: want 2 got 1" in str(refused.value)


def test_naming_a_pod_security_policy_works_at_1_19(render):
    assert "coder-restricted" in render("1.19.2", {"podSecurityPolicyName": "mine"}).names("Role")


def test_network_policies_can_be_switched_off(render):
    values = {"coderd": {"networkPolicy": {"enable": False}}, "postgres": {"default": {"networkPolicy": {"enable": False}}}}
    assert render("1.44.3", values).names("NetworkPolicy") == ["ingress-deny-all"]


@pytest.mark.parametrize("version", versions())
def test_nothing_that_can_not_be_changed_differs_between_versions(render, version):
    objects = render(version)
    selectors = {o["metadata"]["name"]: o["spec"]["selector"]["matchLabels"] for o in objects
                 if o["kind"] in ("Deployment", "StatefulSet")}
    nginx = {"app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/part-of": "ingress-nginx"}
    for name, labels in selectors.items():
        expected = {"timescale": {"app": "timescale"}, "nginx-ingress-controller": nginx}
        assert labels == expected.get(name, {"coder.deployment": name})
    assert objects.one("StatefulSet", "timescale")["spec"]["serviceName"] == "timescale"
    claim = render("1.20.0").one("StatefulSet", "timescale")["spec"]["volumeClaimTemplates"]
    assert objects.one("StatefulSet", "timescale")["spec"]["volumeClaimTemplates"] == claim


# The other charts


def test_lab_renders_exactly_the_objects_that_its_values_list(render):
    objects = [
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"text": "{{ left alone }}"}},
        {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "b", "annotations": {"helm.sh/hook": "pre-upgrade"}}},
    ]
    assert sorted(render("lab-0.1.0", {"objects": objects}), key=str) == sorted(objects, key=str)
    assert render("lab-0.1.0") == []


def test_a_copy_of_lab_has_the_name_and_version_that_were_asked_for(charts):
    with tarfile.open(charts / "other-2.0.0.tgz") as archive:
        chart = yaml.safe_load(archive.extractfile("other/Chart.yaml"))
    assert (chart["name"], chart["version"]) == ("other", "2.0.0")


def test_lookup_makes_a_new_password_where_it_sees_no_secret(render, charts):
    first = render("lookup-0.1.0")
    helm_template.cache_clear()
    second = render("lookup-0.1.0")
    assert first.kinds() == {"Secret": ["lookup"]}
    assert first.one("Secret", "lookup")["data"] != second.one("Secret", "lookup")["data"]
