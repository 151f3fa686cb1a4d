"""What the charts for tests do where something is already there: `lookup`, and upgrades from stop to stop.

Runs against real control planes of tests/cluster, where its programs are provisioned.
"""
import json
import os
import subprocess

import pytest
import yaml

from charts_test import HERE, Manifests, charts, need_helm  # noqa: F401 (charts is a fixture)

CONTROL_PLANE = HERE.parent / "cluster" / "control-plane"


class Cluster:
    """One control plane, and Helm 3.21.4 to use on it."""

    def __init__(self, kubeconfig, charts_folder):
        self.helm_program = need_helm("3.21.4")
        self.environment = {**os.environ, "KUBECONFIG": kubeconfig}
        self.charts = charts_folder

    def run(self, *command, text=None):
        done = subprocess.run(command, input=text, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def create(self, namespace, *objects):
        self.run("kubectl", "create", "namespace", namespace)
        if objects:
            self.run("kubectl", "--namespace", namespace, "create", "--filename", "-",
                     text=json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))

    def chart(self, name):
        return str(self.charts / f"{name if '-' in name else 'coder-' + name}.tgz")

    def render(self, namespace, chart, values=None):
        """What would be installed now: `lookup` sees the cluster."""
        text = self.run(self.helm_program, "template", "coder", self.chart(chart), "--namespace", namespace,
                        "--dry-run=server", "--values", "-", text=json.dumps(values or {}))
        return Manifests(o for o in yaml.safe_load_all(text) if o)

    def upgrade(self, namespace, chart, values=None):
        self.run(self.helm_program, "upgrade", "coder", self.chart(chart), "--install", "--wait", "--timeout", "90s",
                 "--namespace", namespace, "--create-namespace", "--values", "-", text=json.dumps(values or {}))

    def get(self, namespace, kind, name):
        return json.loads(self.run("kubectl", "--namespace", namespace, "get", kind, name, "--output", "json"))

    def names(self, namespace, kind):
        return sorted(self.run("kubectl", "--namespace", namespace, "get", kind, "--output",
                               "jsonpath={.items[*].metadata.name}").split())


def started(version, folder, charts_folder):
    if not CONTROL_PLANE.exists():
        pytest.skip("tests/cluster is not there")
    up = subprocess.run([CONTROL_PLANE, "up", version, folder], capture_output=True, text=True, check=False)
    if "provision" in up.stderr:
        pytest.skip(up.stderr.strip())
    assert up.returncode == 0, up.stderr
    try:
        yield Cluster(up.stdout.strip(), charts_folder)
    finally:
        subprocess.run([CONTROL_PLANE, "down", folder], check=True)


@pytest.fixture(scope="module")
def today(charts, tmp_path_factory):  # noqa: F811
    yield from started("1.34.2", tmp_path_factory.mktemp("plane"), charts)


@pytest.fixture(scope="module")
def back_then(charts, tmp_path_factory):  # noqa: F811
    yield from started("1.20.2", tmp_path_factory.mktemp("plane"), charts)


def service(name):
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}, "spec": {"ports": [{"port": 80}]}}


@pytest.fixture(scope="module")
def with_nginx(today):
    today.create("with-nginx", service("ingress-nginx"))
    return today


@pytest.mark.parametrize("version", ["1.21.0", "1.21.7", "1.22.3", "1.25.0"])
def test_nginx_that_is_there_stays_up_to_1_25(with_nginx, version):
    objects = with_nginx.render("with-nginx", version)
    assert "nginx-ingress-controller" in objects.names("Deployment")
    assert objects.names("Ingress") == ["web-ingress"]
    assert objects.one("Ingress", "web-ingress")["apiVersion"] == "networking.k8s.io/v1"
    assert objects.one("Service", "coderd")["spec"]["type"] == "ClusterIP"
    assert objects.ports("coderd") == [(8080, 8080), (8443, 8443)]
    assert ("envproxy" in objects.names("Deployment")) == version.startswith("1.21.")


def test_1_26_leaves_no_way_in_where_nginx_was(with_nginx):
    objects = with_nginx.render("with-nginx", "1.26.1")
    assert objects.names("Deployment") == ["coderd"]
    assert objects.names("Ingress") == []
    assert objects.one("Service", "coderd")["spec"]["type"] == "ClusterIP"
    assert objects.names("Service") == ["coderd", "timescale"]


@pytest.mark.parametrize("version, values", [
    ("1.21.7", {"coderd": {"serviceNext": True}}), ("1.22.3", {"coderd": {"serviceNext": True}}),
    ("1.26.1", {"coderd": {"serviceNext": True}}), ("1.27.4", {}), ("1.28.7", {}), ("1.44.3", {})])
def test_coderd_takes_over_the_name_of_the_service_of_nginx(with_nginx, version, values):
    objects = with_nginx.render("with-nginx", version, values)
    assert objects.names("Service") == ["ingress-nginx", "timescale"]
    assert objects.one("Service", "ingress-nginx")["spec"]["selector"] == {"coder.deployment": "coderd"}
    assert objects.ports("ingress-nginx") == [(80, 8080), (443, 8443)]
    assert objects.names("Deployment") == ["coderd"]


def test_the_ingress_of_coderd_misses_a_service_of_another_name(with_nginx):
    objects = with_nginx.render("with-nginx", "1.44.3", {"ingress": {"enable": True}})
    path = objects.one("Ingress", "coderd-ingress")["spec"]["rules"][0]["http"]["paths"][0]
    assert path["backend"]["service"]["name"] == "coderd"
    assert "coderd" not in objects.names("Service")


def test_a_service_of_envproxy_counts_as_nginx_only_for_1_21(today):
    today.create("with-envproxy", service("envproxy"))
    assert "nginx-ingress-controller" in today.render("with-envproxy", "1.21.7").names("Deployment")
    assert "nginx-ingress-controller" not in today.render("with-envproxy", "1.22.3").names("Deployment")


def test_every_stop_from_1_21_to_1_44_becomes_ready(today):
    for version in ("1.21.0", "1.21.7", "1.22.3", "1.23.1", "1.26.1", "1.27.4", "1.28.7", "1.44.3"):
        today.upgrade("stops", version)
        assert today.names("stops", "deployment") == ["coderd"]
        assert today.names("stops", "service") == ["coderd", "timescale"]
    assert today.names("stops", "persistentvolumeclaim") == ["timescale-data-timescale-0"]


def test_from_1_20_to_1_21_nginx_stays_with_its_token_and_cemanager_becomes_coderd(back_then):
    back_then.upgrade("coder", "1.20.0")
    token = back_then.get("coder", "secret", "built-in-envproxy-token")["data"]
    back_then.upgrade("coder", "1.21.7")
    assert back_then.get("coder", "secret", "built-in-envproxy-token")["data"] == token
    assert back_then.names("coder", "deployment") == ["coderd", "envproxy", "nginx-ingress-controller"]
    assert back_then.names("coder", "service") == ["coderd", "envproxy", "ingress-nginx", "timescale"]


def test_lookup_keeps_a_password_that_helm_owns_and_only_that(today):
    today.upgrade("lookup", "lookup-0.1.0")
    password = today.get("lookup", "secret", "lookup")["data"]
    assert today.names("lookup", "configmap") == ["kube-root-ca.crt"]
    today.upgrade("lookup", "lookup-0.1.0")
    assert today.get("lookup", "secret", "lookup")["data"] == password
    assert today.get("lookup", "configmap", "lookup-owned")["data"] == {"release": "coder"}
    today.run("kubectl", "--namespace", "lookup", "label", "secret", "lookup", "app.kubernetes.io/managed-by-")
    assert today.render("lookup", "lookup-0.1.0").one("Secret", "lookup")["data"] != password
    assert today.render("lookup", "lookup-0.1.0").names("ConfigMap") == []
