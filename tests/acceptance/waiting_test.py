"""`preflight --wait`: what may pass by itself is waited for, and nothing else."""
import signal
import time

import pytest

from objects import config_map, lab, owned_by, service
from place import on
from report import Report

ONE = on(planes=["1.34.2"], helms=["3.21.4"])


@pytest.fixture
def held(place):
    """A release, and an object that it needs and that is being deleted."""
    place.install("coder/lab", values=lab(config_map("b", key="1")))
    place.namespace.create(owned_by(config_map("a", key="1"), "coder", place.namespace.name))
    place.namespace.patch("ConfigMap", "a", {"metadata": {"finalizers": ["example.com/held"]}})
    place.namespace.remove("ConfigMap", "a")
    yield place
    if place.namespace.get("ConfigMap", "a"):
        let_go(place)


def let_go(place):
    place.namespace.patch("ConfigMap", "a", {"metadata": {"finalizers": None}})


def preflight(place, wait, *more):
    return ["preflight", "coder", "coder/lab", "--wait", wait, "-o", "json", *place.flags(values=lab(config_map("a", key="2"), config_map("b", key="1"), *more))]


def first_line(process):
    line = process.stderr.readline()
    return line.strip()


def ended(place, process, limit=60):
    out, err = process.communicate(timeout=limit)
    place.home.no_processes()
    return type("Done", (), {"code": process.returncode, "out": out, "err": err})


@ONE
def test_it_looks_again_until_a_deletion_is_done(held):
    process = held.start(*preflight(held, "60s"))
    assert first_line(process) == "waiting for HC305 terminating (ConfigMap/a) …"
    let_go(held)
    report = Report(ended(held, process))
    assert report.code == 0 and report.check("HC305")["result"] == "passed", report
    assert "judging" in [phase["name"] for phase in report.document["timings"]]


@ONE
def test_when_the_time_is_over_the_last_look_counts(held):
    began = time.monotonic()
    process = held.start(*preflight(held, "2s"))
    report = Report(ended(held, process))
    assert report.code == 3 and report.findings("HC305"), report
    assert 2 <= time.monotonic() - began < 60


@ONE
def test_with_an_error_that_stays_it_does_not_wait(held):
    began = time.monotonic()
    process = held.start(*preflight(held, "10m", service("web", ports=[{"port": 0, "protocol": "TCP"}])))
    assert first_line(process) == "not waiting: HC320 forbids the upgrade anyway, and will not pass by itself"
    assert ended(held, process).code == 3
    assert time.monotonic() - began < 60


@ONE
def test_ctrl_c_ends_it_at_once_and_leaves_nothing(held):
    process = held.start(*preflight(held, "10m"))
    assert first_line(process).startswith("waiting for HC305")
    process.send_signal(signal.SIGINT)
    done = ended(held, process, limit=20)
    assert (done.code, done.out) == (1, ""), done.err
    assert done.err == "helm coder: interrupted while waiting; nothing was changed\n"
