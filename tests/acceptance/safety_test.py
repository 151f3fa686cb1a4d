"""A rehearsal can't change anything and gives nothing away, however it ends. docs/architecture.md has the invariants."""
import os
import signal
import socket
import time
import urllib.error
import urllib.request

import pytest

from cluster import until
from fingerprint import changes, fingerprint
from home import helm_program
from objects import config_map, deployment, lab, secret
from place import on
from ports import listening

HIDDEN = "hidden-1a2b3c"
BOTH_HELMS = on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])

# Stops itself where Helm would run, and says so. In its place Helm goes on as the same process.
STOPPING_HELM = """#!/bin/sh
case " $* " in *" upgrade "*) echo $$ >"$STOPPED.part" && mv "$STOPPED.part" "$STOPPED" && kill -STOP $$ ;; esac
exec "$REAL_HELM" "$@"
"""
# Stops Helm in mid-upgrade, between rendering and the first write.
STOPPING_RENDERER = """#!/bin/sh
cat && kill -STOP $PPID && echo $PPID >"$STOPPED.part" && mv "$STOPPED.part" "$STOPPED"
"""


def start_a_rehearsal_that_stops(place):
    """helm-coder, with the Helm that it rehearses stopped in the middle."""
    place.install("coder/lab", values=lab(secret("s", password=HIDDEN), config_map("gone"), deployment("web")))
    for path in place.home.folder.glob("values-*"):
        path.unlink()
    stopped = place.home.folder / "stopped"
    environment, arguments = {"STOPPED": str(stopped)}, []
    if place.helm_version.startswith("3."):
        arguments = ["--post-renderer", place.home.file("renderer", STOPPING_RENDERER, 0o700)]
    else:
        environment |= {"REAL_HELM": helm_program(place.helm_version), "HELM_BIN": place.home.file("helm-bin", STOPPING_HELM, 0o700)}
    process = place.start("preflight", "coder", "coder/lab", "--no-rollback-check", *arguments,
                          "--set", "objects[0].stringData.new=1", environment=environment)
    until(lambda: stopped.exists() or process.poll() is not None, "the rehearsal is on")
    if process.poll() is not None:
        pytest.fail("it ended: " + "".join(process.communicate()))
    return process


def end(process, number):
    process.send_signal(number)
    process.wait(20)


@BOTH_HELMS
def test_killed_in_the_middle_it_leaves_no_process_and_no_secret(place):
    process = start_a_rehearsal_that_stops(place)
    before = fingerprint(place.namespace)
    end(process, signal.SIGKILL)
    place.home.no_processes()
    process.communicate()
    assert place.home.files_with(HIDDEN) == []
    assert not changes(before, fingerprint(place.namespace))
    left = [path for base in ("run", "tmp") for path in (place.home.folder / base).iterdir()]
    assert all(path.is_dir() and path.stat().st_mode & 0o777 == 0o700 for path in left), left
    for path in left:
        # As if it were older than any start may take.
        os.utime(path, (time.time() - 3600,) * 2)
    place.run("preflight", "coder", "coder/lab")
    assert [path for base in ("run", "tmp") for path in (place.home.folder / base).iterdir()] == []


@BOTH_HELMS
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_to_end_it_leaves_nothing(place, number):
    process = start_a_rehearsal_that_stops(place)
    before, mine = fingerprint(place.namespace), place.home.files()
    end(process, number)
    place.home.no_processes()
    process.communicate()
    assert process.returncode != 0
    assert not changes(before, fingerprint(place.namespace))
    assert not [path for path in place.home.files() if path.startswith(("run/", "tmp/"))], mine


@BOTH_HELMS
def test_while_it_runs_nothing_on_disk_or_in_a_command_line_is_secret(place):
    process = start_a_rehearsal_that_stops(place)
    try:
        assert place.home.files_with(HIDDEN) == []
        assert HIDDEN not in "".join(place.home.processes().values())
        assert all(path.stat().st_mode & 0o777 == 0o700 for path in (place.home.folder / "run").iterdir())
    finally:
        end(process, signal.SIGKILL)
        place.home.no_processes()
        process.communicate()


@BOTH_HELMS
def test_its_server_is_on_loopback_and_answers_only_who_knows_the_token(place):
    process = start_a_rehearsal_that_stops(place)
    try:
        ((address, port),) = listening(process.pid)
        assert address == "0100007F", "127.0.0.1 and nothing else"
        for path in ("/", "/version", "/api/v1/namespaces", "/" + "0" * 32 + "/version"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5)
            assert refused.value.code == 404
            assert not refused.value.read().strip().startswith(b"{\"kind\": \"Namespace")
            refused.value.close()
        assert not [words for words in place.home.processes().values() if str(port) in words], "its address is in no argv"
    finally:
        end(process, signal.SIGKILL)
        place.home.no_processes()
        process.communicate()


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
@pytest.mark.parametrize("driver", ["sql", "memory", "something"])
def test_a_store_outside_of_the_cluster_is_not_rehearsed(place, driver):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    with socket.create_server(("127.0.0.1", 0)) as database:
        database.settimeout(0.2)
        url = f"postgres://helm:{HIDDEN}@127.0.0.1:{database.getsockname()[1]}/helm?sslmode=disable"
        done = place.run_without_a_trace("preflight", "coder", "coder/lab", environment={
            "HELM_DRIVER": driver, "HELM_DRIVER_SQL_CONNECTION_STRING": url})
        with pytest.raises(TimeoutError):
            database.accept()
    assert done.code == 1, done
    assert "HELM_DRIVER" in done.err and len(done.err.splitlines()) == 1, done
    assert HIDDEN not in done.out + done.err


@BOTH_HELMS
def test_no_secret_is_in_what_it_prints(place):
    place.install("coder/lab", values=lab(secret("s", password=HIDDEN), deployment("web")))
    new = lab(secret("s", password=HIDDEN + "-new"), deployment("web", app="other"), config_map("bad", **{"no good": HIDDEN}))
    for arguments in (["preflight"], ["preflight", "--diff"], ["preflight", "-o", "json"], ["preflight", "--debug"], ["snapshot"]):
        done = place.run_without_a_trace(*arguments, "coder", "coder/lab", *place.flags(values=new))
        assert HIDDEN not in done.out + done.err, done
        assert done.code in (0, 3), done
