"""Tests with pods that really run: on a control plane with a kubelet and containerd, started once for all of them. They are
skipped, with the reason, where that can't be had (it takes root).

    python3 -m pytest tests/node

The variables of the acceptance tests count here, too, and
HELM_CODER_NODE           a folder where `control-plane up 1.34.2 FOLDER containers` has been run
"""
import os
import pathlib
import subprocess
import sys

import pytest

TESTS = pathlib.Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / "acceptance"), str(TESTS / "node")]

from cluster import CONTROL_PLANE, Plane  # noqa: E402
from fixtures import place, planes_folder, repository, repository_url  # noqa: E402, F401
from machine import Database, Images  # noqa: E402

VERSION = "1.34.2"


@pytest.fixture(scope="session")
def node(tmp_path_factory):
    """The control plane, whose only node runs containers."""
    given = os.environ.get("HELM_CODER_NODE")
    if given:
        yield Plane(VERSION, given)
        return
    folder = tmp_path_factory.mktemp("node") / "plane"
    started = subprocess.run([CONTROL_PLANE, "up", VERSION, folder, "containers"], capture_output=True, text=True, check=False)
    if started.returncode == 77:
        pytest.skip(started.stderr.strip())
    assert started.returncode == 0, started.stderr
    yield Plane(VERSION, folder)
    subprocess.run([CONTROL_PLANE, "down", folder], check=True)


@pytest.fixture(scope="session")
def planes(node):
    return {VERSION: node}


@pytest.fixture(scope="session")
def images(node, tmp_path_factory):
    """On the node already, as if they had been pulled."""
    return Images(node.folder, tmp_path_factory.mktemp("images"))


@pytest.fixture(scope="session")
def database(node, images):
    """A PostgreSQL that pods reach, at an address of the node's own network."""
    server = Database(node, images)
    yield server
    server.close()
