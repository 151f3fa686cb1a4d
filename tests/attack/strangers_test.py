"""Another person on the machine: everybody reaches the port of a rehearsal, and nobody but Helm gets anything from it."""
import contextlib
import os
import resource
import signal
import socket
import time

import pytest

from cluster import until
from home import helm_program
from objects import config_map, lab
from place import on
from ports import listening

ON = on(planes=["1.34.2"], helms=["3.21.4"])
# Helm waits before it begins until the test says go.
WAITING_HELM = """#!/bin/sh
case " $* " in *" upgrade "*) echo $PPID >"$STOPPED.part" && mv "$STOPPED.part" "$STOPPED"
  until [ -e "$STOPPED.go" ]; do sleep 0.05; done ;; esac
exec "$REAL_HELM" "$@"
"""
PORT_OF_SSH = b"SSH-2.0-OpenSSH_9.2\r\n"


class Rehearsal:
    """A preflight whose Helm is about to begin, and the port that waits for it."""

    def __init__(self, place, between):
        place.install("coder/lab", values=lab(config_map("a", key="1")))
        self._stopped = place.home.folder / "stopped"
        self.process = place.start(
            "preflight", "coder", "coder/lab", *place.flags(values=lab(config_map("a", key="2"), config_map("b"))),
            environment={**between.environment, "STOPPED": str(self._stopped), "REAL_HELM": helm_program(place.helm_version),
                         "HELM_BIN": place.home.file("helm-bin", WAITING_HELM, 0o700)})
        until(lambda: self._stopped.exists() or self.process.poll() is not None, "the rehearsal is on")
        ((_, self.port),) = listening(self.process.pid)

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def go_on(self):
        """Helm begins, and comes through."""
        (self._stopped.parent / (self._stopped.name + ".go")).touch()
        out, err = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, out + err
        assert "Helm comes through" not in err


@pytest.fixture
def rehearsal(place, between):
    here = Rehearsal(place, between)
    yield here
    if here.process.poll() is None:
        here.process.send_signal(signal.SIGKILL)
    place.home.no_processes()
    here.process.communicate()


def answer_to(rehearsal, data):
    """All that comes until the server closes."""
    with rehearsal.connect() as connection:
        connection.sendall(data)
        return b"".join(iter(lambda: received(connection), b""))


def received(connection):
    try:
        return connection.recv(1 << 16)
    except ConnectionResetError:
        return b""


def request(path, more=b"", method=b"GET"):
    return method + b" " + path + b" HTTP/1.1\r\nHost: x\r\n" + more + b"\r\n"


TOKEN = b"/" + b"0" * 32


@ON
def test_who_guesses_is_told_nothing_and_shown_out(rehearsal):
    seen = {answer_to(rehearsal, request(path, more, method)) for path, more, method in [
        (b"/", b"", b"GET"), (b"/version", b"", b"GET"), (TOKEN + b"/version", b"", b"GET"), (TOKEN[:-1] + b"/version", b"", b"GET"),
        (TOKEN, b"", b"DELETE"), (b"/" + b"f" * 32 + b"/api/v1/secrets", b"Connection: keep-alive\r\n", b"GET"),
        (TOKEN + b"/api", b"Connection: Upgrade\r\nUpgrade: websocket\r\n", b"GET"), (TOKEN + b"/api", b"Content-Length: 1000000000\r\n", b"POST"),
        (b"*", b"", b"OPTIONS"), (b"127.0.0.1:1", b"", b"CONNECT"), (b"http://127.0.0.1/version", b"", b"GET")]}
    (only,) = seen  # the same for each
    assert only.startswith(b"HTTP/1.1 404 ") and b"close" in only.lower()
    assert b"/" not in only.partition(b"\r\n\r\n")[2]
    rehearsal.go_on()


@ON
def test_two_requests_in_one_are_not_taken_apart_differently(rehearsal):
    inner = request(TOKEN + b"/version")
    for smuggled in [b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                     b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: xchunked\r\n",
                     b"Content-Length: 99999999999999999999999\r\n", b"X: y\r\n folded\r\n"]:
        data = answer_to(rehearsal, request(TOKEN, smuggled, b"POST") + b"0\r\n\r\n" + inner)
        assert data.count(b"HTTP/1.1") <= 1, (smuggled, data)
    for strange in [PORT_OF_SSH, b"\x00" * 1000, b"GET\r\n\r\n", b"GET /\r\n\r\n", b"\x16\x03\x01" + os.urandom(500), b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\n\r\n",
                    request(b"/", b"".join(b"X-%d: y\r\n" % i for i in range(20_000)))]:
        assert answer_to(rehearsal, strange).count(b"HTTP/1.1") <= 1
    rehearsal.go_on()


@ON
def test_ten_thousand_connections_do_not_keep_helm_out(rehearsal):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    many = min(10_000, hard - 500)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, many + 500), hard))
    with contextlib.ExitStack() as held:
        held.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        for i in range(many):
            connection = held.enter_context(rehearsal.connect())
            if i % 3 == 0:
                with contextlib.suppress(OSError):
                    connection.sendall(b"GET /")  # and no more
        files = len(os.listdir(f"/proc/{rehearsal.process.pid}/fd"))
        assert files < 200, files
        rehearsal.go_on()


@ON
def test_who_sends_slowly_is_shown_out_soon(rehearsal):
    with rehearsal.connect() as idle, rehearsal.connect() as slow:
        start = time.monotonic()
        slow.sendall(b"GET ")
        with contextlib.suppress(OSError):
            while time.monotonic() - start < 15:
                slow.sendall(b"/")
                time.sleep(0.2)
        assert time.monotonic() - start < 10
        assert received(idle) == b""
    rehearsal.go_on()
