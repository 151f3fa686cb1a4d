"""Where a test takes place: a fresh namespace on a control plane, a Helm, and a home for both Helm and helm-coder."""
import json
import os
import time

import pytest

from cluster import Namespace, until
from fingerprint import changes, fingerprint
from home import PROGRAM, Home, helm_program
from report import Report

PLANES = ["1.20.2", "1.34.2"]
HELMS = ["3.10.1", "3.21.4", "4.2.4"]
LEASE = "coordination.k8s.io/v1 Lease"


def on(planes=PLANES, helms=HELMS):
    """Runs a test on each of these control planes and with each of these Helms; its argument is `place`. Each control plane
    with each Helm only with HELM_CODER_DEEP=1."""
    if os.environ.get("HELM_CODER_DEEP"):
        return on_pairs((plane, helm) for plane in planes for helm in helms)
    return on_pairs((planes[i % len(planes)], helms[i % len(helms)]) for i in range(max(len(planes), len(helms))))


def on_pairs(pairs):
    both = list(pairs)
    return pytest.mark.parametrize("place", both, indirect=True, ids=[f"{plane}-helm-{helm}" for plane, helm in both])


# Each Helm that lives and each control plane once: for what depends on either, but not on the two together.
EACH_ONCE = on_pairs([("1.20.2", "3.21.4"), ("1.34.2", "4.2.4")])


class Place:
    def __init__(self, plane, helm, repository, name):
        self.plane, self.helm_version, self.repository = plane, helm, repository
        self.home = Home(repository)
        self.colleagues = []
        self.namespace = Namespace(plane, name)
        self.kubeconfig = plane.kubeconfig
        self._values = 0

    def leave(self):
        homes = [self.home, *self.colleagues]
        try:
            for home in homes:
                home.no_processes()
        finally:
            for home in homes:
                home.end_processes()
                home.remove()
            self.namespace.delete()

    # --- plain Helm -------------------------------------------------------------------------------------------------

    def helm(self, *arguments, namespace=None, **more):
        """Plain Helm; what came of it is the caller's to judge."""
        more["environment"] = {"KUBECONFIG": self.kubeconfig, **more.get("environment", {})}
        return self.home.run(helm_program(self.helm_version), *arguments, "--namespace", namespace or self.namespace.name, **more)

    def install(self, chart="coder/coder", version=None, values=None, release="coder"):
        """A release, installed or upgraded by plain Helm, with all that belongs to it ready."""
        arguments = ["upgrade", release, chart, "--install", *self.flags(version, values)]
        # Server-side apply of 1.20 answers ports without a protocol with an error.
        if self.helm_version.startswith("4.") and self.plane.version.startswith("1.20."):
            arguments.append("--server-side=false")
        done = self.helm(*arguments)
        assert done.code == 0, done
        # Helm's own wait looks every two seconds.
        until(self.namespace.is_ready, "all is ready")

    def settle(self):
        """Until nothing moves any more by itself. What it looked like then."""
        seen, since = {}, 0

        def quiet():
            nonlocal seen, since
            if (now := fingerprint(self.namespace)) != seen:
                seen, since = now, time.monotonic()
            return time.monotonic() - since > 0.3
        until(quiet, "nothing moves any more")
        return seen

    def upgrade_plainly(self, *arguments, chart="coder/coder", version=None, values=None, release="coder", timeout="60s"):
        """The documented upgrade, with the values as helm-coder gives them: on top of the release's own."""
        own = self.helm("get", "values", release, "--output", "yaml").out
        return self.helm("upgrade", release, chart, "--atomic", "--wait", "--timeout", timeout, "--values",
                         self.home.file("own-values.yaml", own), *self.flags(version, values), *arguments)

    def start_helm(self, *arguments):
        """Plain Helm on a colleague's machine, beside us. The caller ends it."""
        self.colleagues.append(Home(self.repository))
        return self.colleagues[-1].start(helm_program(self.helm_version), *arguments, "--namespace", self.namespace.name,
                                         environment={"KUBECONFIG": self.kubeconfig})

    def flags(self, version=None, values=None):
        """`values`: a document."""
        flags = ["--version", version] if version else []
        if values is not None:
            self._values += 1
            flags += ["--values", self.home.file(f"values-{self._values}.yaml", json.dumps(values))]
        return flags

    def status(self, release="coder"):
        """The last revision: number and status."""
        done = self.helm("history", release, "--output", "json", "--max", "1")
        assert done.code == 0, done
        last = json.loads(done.out)[-1]
        return last["revision"], last["status"]

    # --- helm-coder -------------------------------------------------------------------------------------------------

    def outer_helm(self):
        """What a Helm hands down to its plug-ins."""
        home = self.home.environment
        return {"HELM_BIN": helm_program(self.helm_version), "KUBECONFIG": self.kubeconfig,
                "HELM_NAMESPACE": self.namespace.name, "HELM_PLUGIN_NAME": "coder", "HELM_PLUGIN_DIR": os.path.dirname(PROGRAM),
                "HELM_DEBUG": "false", "HELM_MAX_HISTORY": "10", "HELM_BURST_LIMIT": "100",
                "HELM_PLUGINS": home["HELM_DATA_HOME"] + "/plugins",
                "HELM_REGISTRY_CONFIG": home["HELM_CONFIG_HOME"] + "/registry/config.json",
                "HELM_REPOSITORY_CACHE": home["HELM_CACHE_HOME"] + "/repository",
                "HELM_REPOSITORY_CONFIG": home["HELM_CONFIG_HOME"] + "/repositories.yaml",
                **dict.fromkeys(("HELM_KUBEAPISERVER", "HELM_KUBEASGROUPS", "HELM_KUBEASUSER", "HELM_KUBECAFILE",
                                 "HELM_KUBECONTEXT", "HELM_KUBETLS_SERVER_NAME", "HELM_KUBETOKEN"), "")}

    def run(self, *arguments, environment=None, **more):
        """helm-coder as a plug-in of Helm."""
        return self.home.run(PROGRAM, *arguments, environment={**self.outer_helm(), **(environment or {})}, **more)

    def upgrade(self, *arguments, chart="coder/lab", version=None, values=None, **more):
        """`helm coder upgrade`, agreed to."""
        return self.run("upgrade", "coder", chart, *self.flags(version, values), "--yes", *arguments, **more)

    def no_lock_is_left(self):
        assert self.namespace.names(LEASE) == []

    def let_locks_expire(self):
        """As if time went by. Whoever lived would renew them."""
        for name in self.namespace.names(LEASE):
            self.namespace.patch(LEASE, name, {"spec": {"renewTime": "2000-01-01T00:00:00.000000Z"}})

    def start(self, *arguments, environment=None):
        return self.home.start(PROGRAM, *arguments, environment={**self.outer_helm(), **(environment or {})})

    def run_without_a_trace(self, *arguments, **more):
        """Runs a command that must leave cluster and machine as they were, and makes sure that it did."""
        cluster, files = self.settle(), self.home.files()
        done = self.run(*arguments, **more)
        self.home.no_processes()
        assert self.home.files() == files, f"{done.argv} left {self.home.files() ^ files}"
        moved = changes(cluster, fingerprint(self.namespace))
        assert not moved, f"{done.argv} changed {moved}"
        return done

    def preflight(self, *arguments, version=None, values=None, **more):
        """What `preflight` reports. Nothing may be left behind, and nothing may have changed."""
        done = self.run_without_a_trace("preflight", *arguments, *self.flags(version, values), "-o", "json", **more)
        return Report(done)
