"""Somebody types Ctrl-C: what has begun ends cleanly, what has not begun never does."""
import pytest

from cluster import TESTS, until
from fingerprint import changes, fingerprint
from home import PROGRAM, helm_program
from interrupted_test import arrange_an_upgrade_that_waits, foreign_object_is_what_it_was, helm_waits
from objects import config_map, deployment, lab, service
from place import on
from terminal import CTRL_C, Terminal

BOTH_HELMS = on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])


def run_on_a_terminal(place, *arguments):
    return Terminal(place.home, PROGRAM, *arguments, environment=place.outer_helm())


def everything_is_as_it_was(place, cluster, files):
    place.home.no_processes()
    place.no_lock_is_left()
    assert place.home.files() == files
    assert not changes(cluster, fingerprint(place.namespace))


@on(planes=["1.34.2"], helms=["3.21.4"])
@pytest.mark.parametrize("answer", [CTRL_C, "\n", "n\n", "yes" + CTRL_C, "\x04"], ids=["ctrl-c", "nothing", "no", "yes-ctrl-c", "end"])
def test_an_upgrade_that_is_not_agreed_to_changes_nothing(place, answer):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    flags = place.flags(values=lab(config_map("a", key="2")))
    cluster, files = place.settle(), place.home.files()
    terminal = run_on_a_terminal(place, "upgrade", "coder", "coder/lab", *flags)
    terminal.read_until("Do this? [y/N]")
    terminal.type(answer)
    assert terminal.end() == 1, terminal.shown
    assert terminal.shown.endswith("Nothing was changed."), terminal.shown
    everything_is_as_it_was(place, cluster, files)


@BOTH_HELMS
def test_an_upgrade_that_is_agreed_to_is_done(place):
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    terminal = run_on_a_terminal(place, "upgrade", "coder", "coder/lab", *place.flags(values=lab(config_map("a", key="2"))))
    terminal.read_until("Do this? [y/N]")
    terminal.type("y\n")
    assert terminal.end() == 0, terminal.shown
    assert "everything is as planned" in terminal.shown
    assert place.status() == (2, "deployed")


@BOTH_HELMS
def test_ctrl_c_while_helm_waits_lets_it_roll_back(place):
    arguments = arrange_an_upgrade_that_waits(place)
    terminal = run_on_a_terminal(place, *arguments)
    helm_waits(place, terminal.process)
    terminal.read_until("waiting for Deployment/web")
    terminal.type(CTRL_C)
    assert terminal.end() == 1, terminal.shown
    assert "told to end: Helm gets the time to do that cleanly" in terminal.shown
    assert "Helm rolled back. What was done before is taken back." in terminal.shown
    assert place.status() == (3, "deployed"), terminal.shown
    assert foreign_object_is_what_it_was(place), terminal.shown
    place.home.no_processes()
    place.no_lock_is_left()


@on(planes=["1.34.2"])
def test_as_a_plugin_it_ends_cleanly_too_though_the_helm_around_it_does_not_wait(place):
    plugin = place.home.folder / "helm/data/plugins/coder"
    (plugin / "bin").mkdir(parents=True)
    (plugin / "bin/helm-coder").symlink_to(PROGRAM)
    (plugin / "plugin.yaml").write_text((TESTS.parent / "plugin.yaml").read_text())
    arguments = arrange_an_upgrade_that_waits(place)
    # The shell stays, as a person's does: when the first of a session ends, the rest is hung up on.
    terminal = Terminal(place.home, "sh", "-c", 'trap : INT; "$@"; until test -e done; do sleep 0.05; done', "sh",
                        helm_program(place.helm_version), "coder", *arguments, "--namespace", place.namespace.name,
                        environment={"KUBECONFIG": place.kubeconfig})
    helm_waits(place, terminal.process)
    terminal.type(CTRL_C)
    terminal.read_until("Helm rolled back. What was done before is taken back.")
    until(lambda: all(line.startswith(("sh ", "sleep ")) for line in place.home.processes().values()), "all of it has ended")
    (place.home.folder / "home/done").touch()
    terminal.end()
    assert place.status() == (3, "deployed"), terminal.shown
    assert foreign_object_is_what_it_was(place), terminal.shown
    place.home.no_processes()
    place.no_lock_is_left()


# --- recover --------------------------------------------------------------------------------------------------------

def nowhere(name):
    """A Deployment of which no pod finds a node before there is one of this label."""
    web = deployment("web")
    web["spec"]["template"]["spec"]["nodeSelector"] = {name: "yes"}
    return web


def fail_an_upgrade(place):
    """From a version that never became ready, so that whoever goes back to it waits."""
    before, after = (lab(nowhere(place.namespace.name), config_map("a", key=key), *more) for key, more in
                     (("1", []), ("2", [service("bad", type="Nonsense")])))
    installed = place.helm("upgrade", "coder", "coder/lab", "--install", *place.flags(values=before))
    assert installed.code == 0, installed
    failed = place.helm("upgrade", "coder", "coder/lab", *place.flags(values=after))
    assert failed.code != 0 and place.status() == (2, "failed"), failed


def start_a_rollback_that_waits(place):
    fail_an_upgrade(place)
    terminal = run_on_a_terminal(place, "recover", "coder", "coder/lab", "--timeout", "300s")
    terminal.read_until("Do this? [y/N]")
    terminal.type("y\n")
    until(lambda: place.namespace.list("Secret", "owner=helm,status=pending-rollback"), "Helm rolls back")
    terminal.read_until("waiting for Deployment/web")
    terminal.type(CTRL_C)
    terminal.read_until("told to end, but a rollback that stops half-way leaves the release stuck: Helm goes on to its end (300 s at most).")
    return terminal


@BOTH_HELMS
def test_a_recovery_that_is_not_agreed_to_changes_nothing(place):
    fail_an_upgrade(place)
    cluster, files = place.settle(), place.home.files()
    terminal = run_on_a_terminal(place, "recover", "coder", "coder/lab")
    terminal.read_until("Do this? [y/N]")
    terminal.type(CTRL_C)
    assert terminal.end() == 1, terminal.shown
    assert terminal.shown.endswith("Nothing was changed."), terminal.shown
    everything_is_as_it_was(place, cluster, files)


@BOTH_HELMS
def test_ctrl_c_does_not_reach_a_rollback_which_knows_no_clean_end(place):
    terminal = start_a_rollback_that_waits(place)
    place.plane.ask("PATCH", "/api/v1/nodes/node1", {"metadata": {"labels": {place.namespace.name: "yes"}}},
                    "application/merge-patch+json")
    assert terminal.end() == 0, terminal.shown
    assert "everything is as planned" in terminal.shown
    assert place.status() == (3, "deployed")
    place.home.no_processes()
    place.no_lock_is_left()


@BOTH_HELMS
def test_a_second_ctrl_c_stops_it_and_the_way_out_is_told(place):
    terminal = start_a_rollback_that_waits(place)
    terminal.type(CTRL_C)
    assert terminal.end() == 1, terminal.shown
    assert "told to end once more: so is Helm now" in terminal.shown
    assert "Helm was killed by signal 15" in terminal.shown
    assert "helm coder recover --holder-is-dead coder coder/lab" in terminal.shown, terminal.shown
    assert place.status() == (3, "pending-rollback"), terminal.shown
    place.home.no_processes()
    place.no_lock_is_left()
