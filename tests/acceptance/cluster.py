"""The API of a control plane, and what a test may do there as the administrator."""
import base64
import functools
import http.client
import json
import pathlib
import ssl
import subprocess
import time

TESTS = pathlib.Path(__file__).parent.parent
CONTROL_PLANE = TESTS / "cluster" / "control-plane"
# Every test's namespace begins so, and whatever a test makes outside of it names it: tests beside it know by that what is
# not theirs.
PREFIX = "test-of-"


class Refused(Exception):
    """The API server did not do it: `code` and the Status document."""

    def __init__(self, code, status):
        super().__init__(status.get("message", status))
        self.code, self.status = code, status


def until(true, what, limit=90):
    """Waits for something that happens by itself."""
    end = time.monotonic() + limit
    while not (result := true()):
        assert time.monotonic() < end, f"not after {limit} s: {what}"
        time.sleep(0.02)
    return result


class Plane:
    def __init__(self, version, folder):
        self.version, self.folder = version, pathlib.Path(folder)
        self.kubeconfig = str(self.folder / "kubeconfig")
        self._context = ssl.create_default_context(cafile=str(self.folder / "ca.crt"))
        self._context.load_cert_chain(self.folder / "admin.crt", self.folder / "admin.key")
        self._address = (self.folder / "server").read_text().strip().removeprefix("https://")
        self._connection = None
        self._store = (self.folder / "store").read_text().strip()

    def ask(self, method, path, body=None, content_type="application/json", accept="application/json"):
        """The answer's document; anything but success is raised."""
        request = (method, path, None if body is None else json.dumps(body), {"Accept": accept, "Content-Type": content_type})
        try:
            status, document = self._send(*request)
        except (ConnectionError, ssl.SSLError):
            # It was kept open for long, and the server has closed it before it read anything.
            status, document = self._send(*request)
        if status >= 300:
            raise Refused(status, document)
        return document

    def _send(self, *request):
        connection, self._connection = self._connection, None
        connection = connection or http.client.HTTPSConnection(self._address, context=self._context, timeout=30)
        connection.request(*request)
        answer = connection.getresponse()
        document = json.loads(answer.read())
        self._connection = connection
        return answer.status, document

    def stored(self):
        """All that the API server keeps, as its store has it: key → (revision in which it was written last, its bytes).
        One request, and nothing that can't be listed is left out."""
        connection = http.client.HTTPConnection(self._store, timeout=30)
        # From "/registry/" to where that ends.
        connection.request("POST", "/v3/kv/range", json.dumps({"key": in_base64("/registry/"), "range_end": in_base64("/registry0")}))
        items = json.loads(connection.getresponse().read())["kvs"]
        connection.close()
        return {base64.b64decode(each["key"]).decode().removeprefix("/registry/"):
                (each["mod_revision"], base64.b64decode(each["value"])) for each in items}

    @functools.lru_cache(maxsize=None)
    def plural(self, version, kind):
        return next(r["name"] for r in self.ask("GET", root(version))["resources"]
                    if r["kind"] == kind and "/" not in r["name"])

    def user(self, name, *groups):
        """The kubeconfig of a new user without rights."""
        command = [CONTROL_PLANE, "user", self.folder, name, *groups]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def in_base64(text):
    return base64.b64encode(text.encode()).decode()


def root(version):
    return f"/api/{version}" if version == "v1" else f"/apis/{version}"


class Namespace:
    """A namespace of one test. Kinds are written as "Service" or "apps/v1 Deployment"."""

    def __init__(self, plane, name):
        self.plane, self.name = plane, PREFIX + name
        plane.ask("POST", "/api/v1/namespaces", {"metadata": {"name": self.name}})
        until(self._has_account, "the namespace's default ServiceAccount")

    def _has_account(self):
        return any(o["metadata"]["name"] == "default" for o in self.list("ServiceAccount"))

    def delete(self):
        self.plane.ask("DELETE", f"/api/v1/namespaces/{self.name}")

    def path(self, kind, name=""):
        version, kind = kind.split(" ") if " " in kind else (VERSIONS.get(kind, "v1"), kind)
        path = f"{root(version)}/namespaces/{self.name}/{self.plane.plural(version, kind)}"
        return f"{path}/{name}" if name else path

    def is_ready(self):
        """Whether the controllers have done all that there is to do."""
        workloads = [o for kind in ("Deployment", "StatefulSet", "DaemonSet") for o in self.list(kind)]
        services = [o for o in self.list("Service") if o["spec"].get("type") == "LoadBalancer"]
        return (all(workload_is_ready(each) for each in workloads)
                and all(each["status"]["loadBalancer"] for each in services))

    def get(self, kind, name):
        """The object, or None."""
        try:
            return self.plane.ask("GET", self.path(kind, name))
        except Refused as refused:
            if refused.code == 404:
                return None
            raise

    def list(self, kind, selector=""):
        return self.plane.ask("GET", self.path(kind) + (f"?labelSelector={selector}" if selector else ""))["items"]

    def names(self, kind):
        return sorted(o["metadata"]["name"] for o in self.list(kind))

    def create(self, *objects):
        """As a person with kubectl would, whatever they belong to."""
        for each in objects:
            kind = f"{each['apiVersion']} {each['kind']}"
            self.plane.ask("POST", self.path(kind) + "?fieldManager=kubectl-create", each)

    def create_for_all(self, *objects):
        """Objects outside of any namespace; the namespace's name is part of theirs, so that they are this test's alone."""
        for each in objects:
            assert self.name in each["metadata"]["name"], each
            version = each["apiVersion"]
            self.plane.ask("POST", f"{root(version)}/{self.plane.plural(version, each['kind'])}", each)

    def patch(self, kind, name, changes):
        return self.plane.ask("PATCH", self.path(kind, name), changes, "application/merge-patch+json")

    def remove(self, kind, name):
        self.plane.ask("DELETE", self.path(kind, name))


def workload_is_ready(each):
    status = each.get("status", {})
    wanted = each["spec"].get("replicas", status.get("desiredNumberScheduled"))
    # Only a StatefulSet has no count of those that are available in 1.20.
    ready = status.get("readyReplicas", status.get("numberReady", 0))
    return (status.get("observedGeneration") == each["metadata"]["generation"] and ready == wanted
            and status.get("replicas", ready) == wanted)


VERSIONS = {
    **dict.fromkeys(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"), "apps/v1"), "Job": "batch/v1",
    **dict.fromkeys(("Ingress", "NetworkPolicy"), "networking.k8s.io/v1"),
    **dict.fromkeys(("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"), "rbac.authorization.k8s.io/v1"),
}
