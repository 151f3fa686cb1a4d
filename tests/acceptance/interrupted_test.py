"""An upgrade that is told to end, or killed: Helm ends well if it lives, and what is left over is taken off."""
import os
import signal

from cluster import until
from objects import POLICY, config_map, deployment, lab, owned_by, quota
from place import EACH_ONCE, on

QUIET = lab(deployment("web", resources={"requests": {"cpu": "100m"}}), config_map("a", key="1"))
WAITS = lab(deployment("web", resources={"requests": {"cpu": "2"}}), config_map("nobodys", key="ours"))


def arrange_an_upgrade_that_waits(place):
    """The arguments of one in which Helm waits for a pod that the quota does not let in."""
    here = place.namespace
    place.install("coder/lab", values=QUIET)
    here.create(config_map("nobodys", key="theirs"), quota("small", **{"requests.cpu": "1"}))
    until(lambda: here.get("ResourceQuota", "small").get("status", {}).get("used"), "the quota counts")
    return ["upgrade", "coder", "coder/lab", *place.flags(values=WAITS), "--yes", "--adopt", "ConfigMap/nobodys",
            "--ignore", "quota", "--timeout", "10m"]


def helm_waits(place, process):
    here = place.namespace
    until(lambda: here.list("Secret", "owner=helm,status=pending-upgrade") or process.poll() is not None, "Helm holds the release")
    assert process.poll() is None, "it has ended"
    # It deletes last.
    until(lambda: here.get("Deployment", "web")["metadata"]["generation"] == 2 and not here.get("ConfigMap", "a"), "Helm waits")
    assert here.get("ConfigMap", "nobodys")["metadata"]["annotations"][POLICY] == "keep"


def start_an_upgrade_that_waits(place):
    process = place.start(*arrange_an_upgrade_that_waits(place))
    helm_waits(place, process)
    return process


def helm_of(place):
    (pid,) = [pid for pid, line in place.home.processes().items() if "/helm upgrade" in line]
    return pid


def web_asks_for(place):
    (container,) = place.namespace.get("Deployment", "web")["spec"]["template"]["spec"]["containers"]
    return container["resources"]["requests"]["cpu"]


def foreign_object_is_what_it_was(place):
    found = place.namespace.get("ConfigMap", "nobodys")
    return found["data"] == {"key": "theirs"} and not found["metadata"].get("annotations") and not found["metadata"].get("labels")


@EACH_ONCE
def test_an_interruption_lets_helm_roll_back_and_takes_everything_off(place):
    process = start_an_upgrade_that_waits(place)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1, out + err
    assert place.status() == (3, "deployed"), out + err
    assert foreign_object_is_what_it_was(place), out + err
    place.no_lock_is_left()


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_a_killed_upgrade_lets_its_helm_end_and_recover_takes_the_rest_off(place):
    process = start_an_upgrade_that_waits(place)
    process.kill()
    process.communicate()
    until(lambda: place.status() == (3, "deployed"), "Helm has rolled back")
    until(lambda: not place.home.processes(), "Helm is gone")
    held = place.run("recover", "coder", "coder/lab", "--yes")
    assert held.code == 5 and "another helm coder works on the release" in held.err, held
    place.let_locks_expire()
    done = place.run("recover", "coder", "coder/lab", "--yes")
    assert done.code == 0, done
    assert foreign_object_is_what_it_was(place), done
    assert place.run("recover", "coder", "coder/lab").code == 0
    place.no_lock_is_left()


@on(planes=["1.20.2"], helms=["3.21.4", "4.2.4"])
def test_where_both_were_killed_recover_frees_the_release_and_keeps_the_foreign_object(place):
    process = start_an_upgrade_that_waits(place)
    helm = helm_of(place)
    os.kill(helm, signal.SIGSTOP)
    process.kill()
    os.kill(helm, signal.SIGKILL)
    process.communicate()
    place.let_locks_expire()
    done = place.run("recover", "coder", "coder/lab", "--yes", "--holder-is-dead")
    assert done.code == 0, done
    assert place.status() == (3, "deployed"), done
    assert web_asks_for(place) == "100m"
    assert foreign_object_is_what_it_was(place), done
    place.no_lock_is_left()


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_killed_before_helm_deleted_anything_recover_does_not_go_on_to_what_is_refused(place):
    here = place.namespace
    process = start_an_upgrade_that_waits(place)
    os.kill(helm_of(place), signal.SIGKILL)
    process.communicate(timeout=60)
    # Helm deletes last. It does not find its way back to an object that it dropped and that is still there.
    here.create(owned_by(config_map("a", key="1"), "coder", here.name))
    done = place.run("recover", "coder", "coder/lab", "--yes", "--holder-is-dead")
    assert done.code == 0, done
    assert "a pod of Deployment/web" in done.out or "√ roll back to revision" in done.out, done
    assert place.status()[1] == "deployed", done
    assert web_asks_for(place) == "100m" and here.get("ConfigMap", "a"), done
    assert foreign_object_is_what_it_was(place), done


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_a_helm_that_was_killed_under_us_leaves_the_release_to_recover(place):
    process = start_an_upgrade_that_waits(place)
    os.kill(helm_of(place), signal.SIGKILL)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1, out + err
    again = place.upgrade(values=QUIET)
    assert again.code == 5, again  # the record still says that Helm is at work
    assert "killed by signal 9" in " ".join(out.split()) and "recover --holder-is-dead" in out, out + err
    assert place.namespace.get("ConfigMap", "nobodys")["metadata"]["annotations"][POLICY] == "keep"
    done = place.run("recover", "coder", "coder/lab", "--yes", "--holder-is-dead")
    assert done.code == 0, done
    assert place.status() == (3, "deployed"), done
    assert foreign_object_is_what_it_was(place), done
