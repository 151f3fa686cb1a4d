"""One upgrade, rehearsed and then done by plain Helm, which is watched."""
import dataclasses
import json
import os

import charts
import tally
from cluster import Refused, TESTS, root, until
from compare import Foretold, compare
from objects import lab
from upgrades import Setting

REHEARSE = os.environ.get("HELM_CODER_ORACLE_REHEARSE") or str(TESTS.parent / "build" / "dev" / "tests" / "oracle-rehearse")
LAB = str(TESTS / "charts" / "lab")

OUTSIDE = {"Namespace", "PriorityClass", "StorageClass", "IngressClass", "ValidatingWebhookConfiguration", "PersistentVolume",
           "MutatingWebhookConfiguration", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition",
           "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"}

# Helm would hold itself back; source: client-go's rate limiter.
IN_A_HURRY = {"HELM_BURST_LIMIT": "10000", "HELM_QPS": "10000"}


@dataclasses.dataclass
class Outcome:
    foretold: Foretold
    sent: list
    done: object
    trouble: list

    def check(self):
        assert not self.trouble, "\n".join([*self.trouble, self.done.err])
        return self


class NotInstalled(Exception):
    """There is no release to upgrade."""


class Case:
    def __init__(self, place, way, recorder, answering=None):
        self.place, self.way, self.recorder, self.answering = place, way, recorder, answering
        self._made, self._environment = [], {}
        self.kubeconfig = place.home.file("recorded.kubeconfig", recorder.kubeconfig(place.namespace.name))

    @property
    def setting(self):
        return Setting(self.place.namespace.name, self.place.plane.version, self.way, self.answering)

    def play(self, upgrade):
        """One of the grid. It fails if anything disagrees."""
        self._made = [*upgrade.before, *upgrade.after, *upgrade.made]
        self._environment = upgrade.environment
        if upgrade.prelude:
            upgrade.prelude(self.place.namespace)
        old, new = [charts.write(self.place.home, f"chart-{i}", files) for i, files in enumerate(upgrade.charts)] or (LAB, LAB)
        before, after = upgrade.values if upgrade.charts else (lab(*upgrade.before), lab(*upgrade.after))
        for _ in range(upgrade.revisions):
            self.install(before, old)
        if upgrade.between:
            assert self._helm(*self._words(lab(*upgrade.between), old)).code != 0
        if upgrade.prepare:
            upgrade.prepare(self.place.namespace)
        flags = (*upgrade.flags, *(upgrade.tools(self.place.home, self.way.then) if upgrade.tools else ()))
        words = [*self._words(after, new), *flags, *(() if upgrade.revisions else ("--install",))]
        foretold = self._rehearse(words)
        foretold.is_installation = not upgrade.revisions
        outcome = self._do(words, foretold, upgrade.plainly(self) if upgrade.plainly else ())
        if outcome.foretold.stops_at_ownership and not outcome.trouble:
            outcome = self._adopt(words, outcome.foretold.past_ownership())
        return outcome.check()

    def install(self, values=None, chart=LAB, version=None):
        place = self.place
        place.helm_version = self.way.first
        done = self._helm("coder", chart, "--install", *self.way.install, *place.flags(version, values))
        if done.code != 0:
            raise NotInstalled(done)
        until(self._is_quiet, "controllers have done what others ask about")

    def own_values(self):
        """What the release was given itself."""
        return ("--values", self.place.home.file("own-values.yaml", self.place.helm("get", "values", "coder", "--output", "yaml").out))

    def _words(self, values, chart):
        self.place.helm_version = self.way.then
        return ["coder", chart, *self.place.flags(None, values), *self.way.upgrade]

    def _helm(self, *words, **environment):
        return self.place.helm("upgrade", *words, environment={**IN_A_HURRY, **self._environment, **environment})

    def _adopt(self, words, foretold):
        """What was foretold of the upgrade once the objects in its way are the release's."""
        if self.way.has(3, 17):
            return self._do([*words, "--take-ownership"], foretold)
        versions = {each["kind"]: each["apiVersion"] for each in self._made}
        for each in foretold.rehearsal["ownership"]:
            self._own(each["object"], versions[each["object"]["kind"]])
        return self._do(words, foretold)

    def _own(self, thing, version):
        here = self.place.namespace
        here.patch(f"{version} {thing['kind']}", thing["name"], {"metadata": {
            "labels": {"app.kubernetes.io/managed-by": "Helm"},
            "annotations": {"meta.helm.sh/release-name": "coder", "meta.helm.sh/release-namespace": here.name}}})

    def _rehearse(self, words):
        done = self.place.home.run(REHEARSE, *words, "--no-rollback-check", environment={**self.place.outer_helm(), **self._environment})
        assert done.code == 0, done
        return Foretold(json.loads(done.out))

    def _do(self, words, foretold, plainly=()):
        """`plainly`: come before what the person gives."""
        with self.recorder.recording() as sent:
            done = self._helm(*words[:2], *plainly, *words[2:], KUBECONFIG=self.kubeconfig)
        tally.count(foretold)
        return Outcome(foretold, sent, done, compare(foretold, sent, done))

    def _is_quiet(self):
        here = self.place.namespace
        return here.is_ready() and all(each["status"].get("phase") == "Bound" for each in here.list("PersistentVolumeClaim"))

    def leave(self):
        self.place.leave()
        for each in self._made:
            self._remove(each)

    def _remove(self, each):
        """What does not go with the namespace."""
        if each["kind"] in OUTSIDE:
            plane, version = self.place.plane, each["apiVersion"]
            try:
                plane.ask("DELETE", f"{root(version)}/{plane.plural(version, each['kind'])}/{each['metadata']['name']}")
            except Refused as refused:
                assert refused.code in (404, 409), refused
