"""kill -9 of any process at any moment leaves no process and no file with a secret, and the next run works.

HELM_CODER_DEEP=1 kills each twenty times; HELM_CODER_SEED chooses other moments.
"""
import os
import random
import shutil
import signal
import time

import pytest

from cluster import until
from home import PROGRAM, helm_program
from objects import config_map, deployment, lab, secret
from place import on

TIMES = 20 if os.environ.get("HELM_CODER_DEEP") else 1
SEED = int(os.environ.get("HELM_CODER_SEED", "1"))
HIDDEN = "hidden-4d5e6f"

# Forwards to nothing for as long as it is let. `kubectl` itself is started as a child, as many a wrapper does.
KUBECTL = """#!/bin/sh
case " $* " in *" port-forward "*) sleep 600 ;; *) "$REAL_KUBECTL" "$@" ;; esac
"""
# So is Helm.
HELM = """#!/bin/sh
"$REAL_HELM" "$@"
"""
VICTIMS = {
    "helm-coder": lambda words: words.startswith(PROGRAM),
    "kubectl-proxy": lambda words: "kubectl" in words.split()[0] and " proxy " in words,
    "kubectl-wrapper": lambda words: words.startswith("/bin/sh") and " proxy " in words,
    "helm": lambda words: "helm" in words.split()[0] and " upgrade " in words,
    "helm-wrapper": lambda words: words.startswith("/bin/sh") and " upgrade " in words,
    "port-forward": lambda words: words.startswith("/bin/sh") and " port-forward " in words,
}


def environment_with_wrappers(place):
    programs = place.home.folder / "programs"
    programs.mkdir(exist_ok=True)
    place.home.file("programs/kubectl", KUBECTL, 0o700)
    return {"PATH": f"{programs}:{os.environ['PATH']}", "REAL_KUBECTL": shutil.which("kubectl"),
            "REAL_HELM": helm_program(place.helm_version), "HELM_BIN": place.home.file("programs/helm", HELM, 0o700)}


def kill(place, process, is_victim, delay):
    """The victim, `delay` seconds after it has come. False if everything was over before."""
    def victim():
        return [pid for pid, words in place.home.processes().items() if is_victim(words)]
    until(lambda: victim() or process.poll() is not None, "the victim is there")
    time.sleep(delay)
    for pid in victim():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        return True
    return False


# A Service, which kubectl forwards to.
DATABASE = {"postgres": {"useDefault": False, "host": "pg", "user": "coder", "database": "coder"}}


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
@pytest.mark.parametrize("name", VICTIMS)
def test_a_killed_process_leaves_nothing(place, between, name):
    place.install("coder/lab", values={**lab(secret("s", password=HIDDEN), config_map("a", key="1"), deployment("web")), **(DATABASE if name == "port-forward" else {})})
    shutil.rmtree(place.home.folder / "helm/cache/repository", ignore_errors=True)
    arguments = ["preflight", "coder", "coder/lab", "--set-string", "objects[1].data.key=2"]
    for path in place.home.folder.glob("values-*"):
        path.unlink()
    place.home.run(helm_program(place.helm_version), "repo", "update")
    environment = {**between.environment, **environment_with_wrappers(place)}
    chance, killed, latest = random.Random(f"{SEED} {name}"), 0, 0.6
    for _ in range(6 * TIMES):
        process = place.start(*arguments, environment=environment)
        if kill(place, process, VICTIMS[name], chance.random() * latest):
            killed += 1
        else:
            latest /= 2  # it was too late, as it is on a fast machine
        try:
            until(lambda: process.poll() is not None, f"it ends without {name}", 60)
            place.home.no_processes()
        finally:
            process.kill()
            out, err = process.communicate()
        assert process.returncode in (0, 1, 3, -9), out + err
        assert "terminate called" not in err and HIDDEN not in out + err
        assert place.home.files_with(HIDDEN) == []
        if killed == TIMES:
            break
    assert killed, "it was always too late"
    done = place.run(*arguments, environment=between.environment)
    assert done.code == 0, done
