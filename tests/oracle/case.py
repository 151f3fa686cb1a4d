"""One upgrade, rehearsed and then done by plain Helm, which is watched."""
import dataclasses
import json
import os

import grid
import tally
from cluster import Refused, TESTS, root, until
from compare import Foretold, compare
from objects import lab

REHEARSE = os.environ.get("HELM_CODER_ORACLE_REHEARSE") or str(TESTS.parent / "build" / "dev" / "tests" / "oracle-rehearse")
LAB = str(TESTS / "charts" / "lab")


@dataclasses.dataclass(frozen=True)
class Way:
    """Which Helm makes the release, which one upgrades it, and how they write."""
    name: str
    first: str
    then: str
    install: tuple = ()
    upgrade: tuple = ()

    @property
    def server_side(self):
        return "server" in self.name


WAYS = {way.name: way for way in (
    Way("3.10.1", "3.10.1", "3.10.1"),
    Way("3.21.4", "3.21.4", "3.21.4"),
    Way("4.2.4-client", "4.2.4", "4.2.4", ("--server-side=false",)),
    Way("4.2.4-server", "4.2.4", "4.2.4", ("--server-side=true",)),
    Way("3-to-4", "3.21.4", "4.2.4"),
    Way("3-to-4-server", "3.21.4", "4.2.4", (), ("--server-side=true",)),
)}


OUTSIDE = {"Namespace", "PriorityClass", "StorageClass", "IngressClass", "ValidatingWebhookConfiguration", "PersistentVolume",
           "MutatingWebhookConfiguration", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition"}

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
    def __init__(self, place, way, recorder):
        self.place, self.way, self.recorder = place, way, recorder
        self._made = []
        self.kubeconfig = place.home.file("recorded.kubeconfig", recorder.kubeconfig(place.namespace.name))

    @property
    def setting(self):
        return grid.Setting(self.place.namespace.name, self.place.plane.version, self.way)

    def play(self, upgrade):
        """One of the grid. It fails if anything disagrees."""
        if upgrade.prelude:
            upgrade.prelude(self.place.namespace)
        self._made = [*upgrade.before, *upgrade.after]
        for _ in range(upgrade.revisions):
            self.install(lab(*upgrade.before))
        if upgrade.prepare:
            upgrade.prepare(self.place.namespace)
        outcome = self.upgrade(lab(*upgrade.after), *upgrade.flags)
        if outcome.foretold.stops_at_ownership and not outcome.trouble:
            outcome = self._adopt(upgrade, outcome.foretold.past_ownership())
        return outcome.check()

    def install(self, values=None, chart=LAB, version=None):
        place = self.place
        place.helm_version = self.way.first
        done = place.helm("upgrade", "coder", chart, "--install", *self.way.install, *place.flags(version, values),
                          environment=IN_A_HURRY)
        if done.code != 0:
            raise NotInstalled(done)
        until(self._is_quiet, "controllers have done what others ask about")

    def upgrade(self, values=None, *flags, chart=LAB, version=None):
        """Rehearses it, does it, and compares."""
        self.place.helm_version = self.way.then
        words = ["coder", chart, *self.place.flags(version, values), *self.way.upgrade, *flags]
        return self._do(words, self._rehearse(words))

    def _adopt(self, upgrade, foretold):
        """What was foretold of the upgrade once the objects in its way are the release's."""
        words = ["coder", LAB, *self.place.flags(None, lab(*upgrade.after)), *self.way.upgrade, *upgrade.flags]
        if self.way.then == "3.10.1":  # it has no flag for that
            for each in foretold.rehearsal["ownership"]:
                self._own(each["object"])
        else:
            words.append("--take-ownership")
        return self._do(words, foretold)

    def _own(self, thing):
        here = self.place.namespace
        here.patch(thing["kind"], thing["name"], {"metadata": {
            "labels": {"app.kubernetes.io/managed-by": "Helm"},
            "annotations": {"meta.helm.sh/release-name": "coder", "meta.helm.sh/release-namespace": here.name}}})

    def _rehearse(self, words):
        done = self.place.home.run(REHEARSE, *words, "--no-rollback-check", environment=self.place.outer_helm())
        assert done.code == 0, done
        return Foretold(json.loads(done.out))

    def _do(self, words, foretold):
        with self.recorder.recording() as sent:
            done = self.place.helm("upgrade", *words, environment={"KUBECONFIG": self.kubeconfig, **IN_A_HURRY})
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
