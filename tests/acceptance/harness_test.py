"""The checks of these tests can fail: else a test that asks them would prove nothing."""
import os
import signal

from cluster import until
from fingerprint import changes, fingerprint
from objects import config_map, role
from place import on

ONE = on(planes=["1.34.2"], helms=["3.21.4"])


@ONE
def test_a_fingerprint_tells_what_was_made_changed_and_removed(place):
    here = place.namespace
    here.create(config_map("stays"), config_map("changes"), config_map("goes"))
    before = fingerprint(here)
    here.patch("ConfigMap", "changes", {"data": {"key": "2"}})
    here.remove("ConfigMap", "goes")
    here.create(config_map("comes"))
    here.create_for_all(role(f"outside-{here.name}", "get", kind="ClusterRole"))
    found = changes(before, fingerprint(here))
    assert set(found) == {f"configmaps/{here.name}/changes", f"configmaps/{here.name}/goes", f"configmaps/{here.name}/comes",
                          f"clusterroles/outside-{here.name}"}


@ONE
def test_what_a_killed_program_leaves_is_seen(place):
    process = place.home.start("sh", "-c", "mkdir -m 700 $TMPDIR/left; sleep 1000 & wait")
    until(lambda: "sleep 1000" in place.home.processes().values(), "the second program is seen")  # before it, mkdir is one
    process.kill()
    process.wait()
    (left,) = place.home.processes()
    assert "tmp/left" in place.home.files()
    os.kill(left, signal.SIGKILL)
    process.communicate()
