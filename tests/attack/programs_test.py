"""Programs that hang, flood or never let go: Helm, and kubectl."""
import os
import re
import shutil
import time

import pytest

from cluster import until
from cluster_test import Watched, clear
from home import helm_program
from objects import config_map, lab
from place import on

ON = on(planes=["1.34.2"], helms=["3.21.4"])
DEEP = bool(os.environ.get("HELM_CODER_DEEP"))

# In the place of `helm upgrade`. Everything else is the real Helm's.
HELM = """#!/bin/sh
case " $* " in *" upgrade "*) {} ;; esac
exec "$REAL_HELM" "$@"
"""
FLOOD_OF_REQUESTS = r"""exec /usr/bin/python3 -c '
import json, os, re, http.client
url = json.load(open(os.environ["KUBECONFIG"]))["clusters"][0]["cluster"]["server"]
host, token = re.fullmatch("http://([^/]+)(/.*)", url).groups()
connection = http.client.HTTPConnection(host)
for i in range(10**9):
    body = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"flood-{i}"}, "data": {"a": "x" * (1 << 20)}})
    connection.request("POST", token + "/api/v1/namespaces/default/configmaps", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status > 299: raise SystemExit("Error: " + json.loads(text)["message"])
'"""


def preflight(place, between, upgrade, limit=60):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    return clear(Watched(place, between, "preflight", "coder", "coder/lab", *place.flags(values=lab(config_map("a", key="2"))), limit=limit,
                         environment={"REAL_HELM": helm_program(place.helm_version), "HELM_BIN": place.home.file("bad-helm", HELM.format(upgrade), 0o700)}))


@ON
def test_a_helm_that_floods_its_output_is_stopped(place, between):
    done = preflight(place, between, "exec yes")
    assert done.memory < 400, done
    assert "printed too much" in done.out, done


@ON
def test_a_helm_that_floods_the_server_is_stopped(place, between):
    done = preflight(place, between, FLOOD_OF_REQUESTS)
    assert done.memory < 1000, done
    assert re.search("a rehearsal keeps .* at most", done.out), done


@ON
def test_a_helm_that_leaves_a_child_behind_does_not_hold_us(place, between):
    done = preflight(place, between, "sleep 600 & exit 0")
    assert done.code == 3, done


@ON
@pytest.mark.skipif(not DEEP, reason="it takes five minutes")
def test_a_helm_that_hangs_is_ended(place, between):
    done = preflight(place, between, "trap '' TERM; sleep 600; sleep 600", limit=900)
    assert "did not end in time" in done.out, done


KUBECTLS = {
    "silent": ("exec sleep 600", 30),
    "rubbish": ("echo rubbish; exec sleep 600", 30),
    "floods": ("exec yes", 30),
    "floods-errors": ("yes >&2 & exec \"$REAL_KUBECTL\" \"$@\"", 60),
    "fails": ("echo 'error: you must be logged in' >&2; exit 1", 10),
    "escapes": ("printf 'error: \\033[2J\\033]0;x\\007gone\\n' >&2; exit 1", 10),
}


@ON
@pytest.mark.parametrize("name", KUBECTLS)
def test_a_kubectl_that_does_not_do_its_work_is_told_of(place, between, name):
    script, limit = KUBECTLS[name]
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    programs = place.home.folder / "programs"
    programs.mkdir()
    place.home.file("programs/kubectl", f"#!/bin/sh\n{script}\n", 0o700)
    start = time.monotonic()
    done = clear(Watched(place, between, "preflight", "coder", "coder/lab", limit=limit + 20, environment={
        "PATH": f"{programs}:{os.environ['PATH']}", "REAL_KUBECTL": shutil.which("kubectl")}))
    assert time.monotonic() - start < limit, done
    assert done.code == (0 if name == "floods-errors" else 1), done
    assert done.memory < 200, done
    if name == "fails":
        assert "you must be logged in" in done.err, done
