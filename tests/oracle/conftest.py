"""The oracle: what the rehearsal foretells against what plain Helm then really does. See README.md."""
import pathlib
import sys
import uuid

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "acceptance"))

import tally  # noqa: E402
from case import Case  # noqa: E402
from fixtures import planes, planes_folder, repository, repository_url  # noqa: E402, F401
from place import Place  # noqa: E402
from recorder import Recorder  # noqa: E402


@pytest.fixture(scope="session")
def recorders(planes):
    """By version."""
    all_of_them = {version: Recorder(plane) for version, plane in planes.items()}
    yield all_of_them
    for each in all_of_them.values():
        each.close()


@pytest.fixture
def case(request, planes, repository, recorders):
    plane, way = request.param
    place = Place(planes[plane], way.then, repository, f"oracle-{uuid.uuid4().hex[:8]}")
    here = Case(place, way, recorders[plane])
    yield here
    here.leave()


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(tally.summary())
