"""What the rehearsal foretells of a grid of upgrades is what plain Helm then sends, and what it is answered."""
import os

import pytest

from case import WAYS
from objects import lab
from place import PLANES
import grid


def chosen():
    """Every upgrade with every Helm, on one control plane after the other; on both if HELM_CODER_ORACLE is "all"."""
    everywhere = os.environ.get("HELM_CODER_ORACLE") == "all"
    for i, upgrade in enumerate(grid.ALL):
        for j, way in enumerate(WAYS.values()):
            for k, plane in enumerate(PLANES):
                if everywhere or (i + j) % len(PLANES) == k:
                    yield pytest.param((plane, way), upgrade, id=f"{upgrade.__name__}-{plane}-{way.name}")


@pytest.mark.parametrize("case, upgrade", list(chosen()), indirect=["case"])
def test_the_rehearsal_foretells_it(case, upgrade):
    case.play(upgrade(case.setting))
