"""A hostile API server: a clear answer, in a bounded time and memory, and nothing of harm is sent to it.

HELM_CODER_DEEP=1 tries every answer in every place, the slow ones too; it takes an hour.
"""
import os
import re
import threading
import time

import pytest

import hostile
from objects import config_map, deployment, lab, secret, service
from place import on

DEEP = bool(os.environ.get("HELM_CODER_DEEP"))
SLOWEST = 60  # seconds for an answer that does come
MOST_MEMORY = 500  # MiB
CLEAR = re.compile(r"helm coder: [^\n]{10,2000}\n")

# What is asked of the API server on the way, in this order.
PLACES = {
    "the-version": ("GET", r"^/version"),
    "the-groups": ("GET", r"^/apis(\?|$)"),
    "discovery": ("GET", r"^/(api/v1|apis/[a-z.]+/v1)(\?|$)"),
    "the-schema": ("GET", r"^/openapi"),
    "the-list-of-records": ("GET", r"/secrets\?"),
    "a-record": ("GET", r"/secrets/sh\.helm\.release"),
    "an-object": ("GET", r"/configmaps/a"),
    "a-patch": ("PATCH", r"/configmaps/a"),
    "a-creation": ("POST", r"/(configmaps|secrets)\?"),
    "a-trial": ("POST", r"/pods\?"),
    "an-access-review": ("POST", r"/selfsubjectaccessreviews"),
}
QUICK = [("the-version", "huge"), ("the-groups", "wrong-types-inside"), ("discovery", "early-hints"), ("the-list-of-records", "wrong-types"),
         ("a-record", "endless"), ("an-object", "many-values"), ("a-patch", "truncated"), ("a-patch", "two-answers"),
         ("an-access-review", "status-000")]
EVERY = [(place, answer) for place in PLACES for answer in {**hostile.QUICK, **hostile.SLOW}]


class Watched:
    """A run of helm-coder, and how much memory it took at most."""

    def __init__(self, place, between, *arguments, environment=None, limit=SLOWEST):
        start = time.monotonic()
        process = place.start(*arguments, environment={**between.environment, **(environment or {})})
        self.memory = 0
        watcher = threading.Thread(target=self._watch, args=(process,))
        watcher.start()
        try:
            self.out, self.err = process.communicate(timeout=limit)
        finally:
            process.kill()
            watcher.join()
            process.communicate()
        self.code, self.seconds = process.returncode, time.monotonic() - start
        place.home.no_processes()

    def _watch(self, process):
        while process.poll() is None:
            try:
                with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
                    self.memory = max([self.memory, *(int(line.split()[1]) >> 10 for line in status if line.startswith("VmHWM"))])
            except OSError:
                return
            time.sleep(0.01)

    def __str__(self):
        return f"code {self.code}, {self.seconds:.1f} s, {self.memory} MiB\n{self.out[-3000:]}\n{self.err[-1000:]}"

    __repr__ = __str__


def clear(done):
    """An exit code that means something, and a sentence where there is no report."""
    assert done.code in (0, 1, 3), done
    assert "\x1b" not in done.out + done.err, done
    assert "terminate called" not in done.err and "Sanitizer" not in done.err, done
    if done.code == 1:
        assert CLEAR.fullmatch(done.err) and not done.out, done
    return done


@on(planes=["1.34.2"], helms=["3.21.4"])
@pytest.mark.parametrize("where, answer", EVERY if DEEP else QUICK)
def test_a_hostile_answer_has_a_clear_end(place, between, where, answer):
    old = lab(config_map("a", key="1"), secret("s", password="x"), service("web"), deployment("web"))
    place.install("coder/lab", values=old)
    between.attack(*PLACES[where], {**hostile.QUICK, **hostile.SLOW}[answer])
    new = lab(config_map("a", key="2"), secret("s", password="y"), config_map("b", key="1"), service("web"), deployment("web", image="other"))
    slow = answer in hostile.SLOW
    done = clear(Watched(place, between, "preflight", "coder", "coder/lab", *place.flags(values=new), limit=900 if slow else SLOWEST))
    print(f"{where} {answer}: {done}")
    assert between.hits, "it was never asked"
    assert done.memory < MOST_MEMORY, done
