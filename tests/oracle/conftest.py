"""The oracle: what the rehearsal foretells against what plain Helm then really does. See README.md."""
import pathlib
import sys
import uuid

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "acceptance"))

import kinds  # noqa: E402
import tally  # noqa: E402
from answering import Answering  # noqa: E402
from case import Case  # noqa: E402
from cluster import Refused, until  # noqa: E402
from fixtures import planes, planes_folder, repository, repository_url  # noqa: E402, F401
from place import Place  # noqa: E402
from recorder import Recorder  # noqa: E402
from upgrades import Setting  # noqa: E402


@pytest.fixture(scope="session")
def recorders(planes):
    """By version. Each control plane gets the definition of the grid's custom resources."""
    for version, plane in planes.items():
        define(plane, kinds.definition(Setting("", version, None)))
    all_of_them = {version: Recorder(plane) for version, plane in planes.items()}
    yield all_of_them
    for each in all_of_them.values():
        each.close()


@pytest.fixture(scope="session")
def answerings(planes):
    """By version."""
    all_of_them = {version: Answering(plane) for version, plane in planes.items()}
    yield all_of_them
    for each in all_of_them.values():
        each.close()


def define(plane, definition):
    """It stays: others may use it beside us."""
    try:
        plane.ask("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition)
    except Refused as refused:
        assert refused.code == 409, refused
    until(lambda: f"/apis/{kinds.GROUP}/v1/" in str(plane.ask("GET", "/openapi/v2")["paths"].keys()), "the schema has it")


@pytest.fixture
def case(request, planes, repository, recorders, answerings):
    plane, way = request.param
    place = Place(planes[plane], way.then, repository, f"oracle-{uuid.uuid4().hex[:8]}")
    here = Case(place, way, recorders[plane], answerings[plane])
    yield here
    here.leave()


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(tally.summary())
