"""Random upgrades, made by seeds. HELM_CODER_ORACLE_SEEDS="FROM TO" tries these; `run` does that by hand."""
import os

import pytest

import generator
from case import NotInstalled
from place import PLANES
from ways import WAYS

FIRST, LAST = map(int, os.environ.get("HELM_CODER_ORACLE_SEEDS", "1 6").split())


def chosen():
    """All ways on all control planes, one after the other."""
    everywhere = [(plane, way) for way in WAYS.values() for plane in PLANES]
    for seed in range(FIRST, LAST + 1):
        plane, way = everywhere[seed * 5 % len(everywhere)]
        yield pytest.param((plane, way), seed, id=f"{seed}-{plane}-{way.name}")


@pytest.mark.parametrize("case, seed", list(chosen()), indirect=["case"])
def test_a_random_upgrade_is_foretold(case, seed):
    try:
        case.play(generator.upgrade(seed, case.setting))
    except NotInstalled as error:
        pytest.skip(f"the release can't be made: {error}")
