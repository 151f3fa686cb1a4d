"""One upgrade, rehearsed and then done by plain Helm, which is watched."""
import dataclasses
import json
import os

import tally
from cluster import TESTS, until
from compare import Foretold, compare

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


# Helm would hold itself back; source: client-go's rate limiter.
IN_A_HURRY = {"HELM_BURST_LIMIT": "10000", "HELM_QPS": "10000"}


@dataclasses.dataclass
class Outcome:
    foretold: Foretold
    sent: list
    done: object
    trouble: list


class Case:
    def __init__(self, place, way, recorder):
        self.place, self.way, self.recorder = place, way, recorder
        self.kubeconfig = place.home.file("recorded.kubeconfig", recorder.kubeconfig(place.namespace.name))

    def install(self, values, chart=LAB, version=None):
        place = self.place
        place.helm_version = self.way.first
        done = place.helm("upgrade", "coder", chart, "--install", *self.way.install, *place.flags(version, values),
                          environment=IN_A_HURRY)
        assert done.code == 0, done
        until(self._is_quiet, "controllers have done what others ask about")

    def _is_quiet(self):
        here = self.place.namespace
        return here.is_ready() and all(each["status"].get("phase") == "Bound" for each in here.list("PersistentVolumeClaim"))

    def upgrade(self, values, *flags, chart=LAB, version=None):
        """Rehearses it, does it, and compares."""
        self.place.helm_version = self.way.then
        words = ["coder", chart, *self.place.flags(version, values), *self.way.upgrade, *flags]
        foretold = self._rehearse(words)
        with self.recorder.recording() as sent:
            done = self.place.helm("upgrade", *words, environment={"KUBECONFIG": self.kubeconfig, **IN_A_HURRY})
        tally.count(foretold)
        return Outcome(foretold, sent, done, compare(foretold, sent, done))

    def _rehearse(self, words):
        done = self.place.home.run(REHEARSE, *words, "--no-rollback-check", environment=self.place.outer_helm())
        assert done.code == 0, done
        return Foretold(json.loads(done.out))

    def leave(self):
        self.place.leave()
