"""Attacks on a rehearsal: from the side of the cluster, of the chart, of Helm, and of another person on the machine."""
import pathlib
import sys

import pytest

TESTS = pathlib.Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / "acceptance"), str(TESTS / "oracle")]

from between import Between, harm_in  # noqa: E402
from fixtures import place, planes, planes_folder, repository, repository_url  # noqa: E402, F401


@pytest.fixture
def between(place):  # noqa: F811
    """An API server that a test can make hostile. Whatever it was asked, nothing may have been able to do harm."""
    here = Between(place)
    yield here
    here.close()
    assert not (harm := [each for stream in here.streams for each in harm_in(bytes(stream))]), harm
