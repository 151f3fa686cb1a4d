"""What every test of the whole program starts with."""
import os
import pathlib
import re
import subprocess
import uuid

import pytest

from cluster import Plane
from home import Home, helm_program
from place import PLANES, Place

SCRIPT = pathlib.Path(__file__).parent / "planes"


@pytest.fixture(scope="session")
def planes_folder(tmp_path_factory):
    given = os.environ.get("HELM_CODER_PLANES")
    if given:
        yield pathlib.Path(given)
        return
    folder = tmp_path_factory.mktemp("planes")
    subprocess.run([SCRIPT, "up", folder], check=True)
    yield folder
    subprocess.run([SCRIPT, "down", folder], check=True)


@pytest.fixture(scope="session")
def planes(planes_folder):
    """By version."""
    return {version: Plane(version, planes_folder / version) for version in PLANES}


@pytest.fixture(scope="session")
def repository_url(planes_folder):
    return (planes_folder / "repository").read_text().strip()


@pytest.fixture(scope="session")
def repository(repository_url):
    """A folder to copy a home from, in which Helm knows the repository `coder`."""
    home = Home()
    done = home.run(helm_program("3.21.4"), "repo", "add", "coder", repository_url)
    assert done.code == 0, done
    yield home.folder
    home.remove()


@pytest.fixture
def place(request, planes, repository):
    plane, helm = request.param
    test = re.sub("[^a-z0-9]+", "-", request.node.originalname.removeprefix("test_").lower())[:32].strip("-")
    here = Place(planes[plane], helm, repository, f"{test}-{uuid.uuid4().hex[:6]}")
    yield here
    here.leave()
