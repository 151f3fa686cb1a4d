"""What the rehearsal foretells of a grid of upgrades is what plain Helm then sends, and what it is answered."""
import os

import pytest

import grid
import grid_flags
import grid_rules
import grid_webhooks
from place import PLANES
from ways import WAYS

ALL = [*grid.ALL, *grid_flags.ALL, *grid_rules.ALL, *grid_webhooks.ALL]


def chosen():
    """Every upgrade with every fifth way and those that it is made for, on one control plane after the other; with all of
    them on both, if HELM_CODER_ORACLE is "all"."""
    everywhere = os.environ.get("HELM_CODER_ORACLE") == "all"
    for i, upgrade in enumerate(ALL):
        planes = getattr(upgrade, "planes", PLANES)
        fitting = [way for way in WAYS.values() if getattr(upgrade, "ways", lambda way: True)(way)]
        first = -i % min(5, len(fitting))
        for j, way in enumerate(fitting):
            for k, plane in enumerate(planes):
                meant = j % 5 == first or way.name in getattr(upgrade, "always", ())
                if everywhere or (meant and (i + j // 5) % len(planes) == k):
                    yield pytest.param((plane, way), upgrade, id=f"{upgrade.__name__}-{plane}-{way.name}")


@pytest.mark.parametrize("case, upgrade", list(chosen()), indirect=["case"])
def test_the_rehearsal_foretells_it(case, upgrade):
    case.play(upgrade(case.setting))
