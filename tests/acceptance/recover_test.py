"""`helm coder recover`: what plain Helm left half done comes to an end, and what may still be alive is left alone."""
from cluster import until
from held_test import end, start_an_upgrade_that_waits
from objects import account, config_map, deployment, lab, service
from place import on

DROPPED = (lab(account("dropped"), config_map("a", key="1"), deployment("web")),
           lab(config_map("a", key="2"), config_map("new", key="2"), deployment("web", app="other"), service("late")))


def recover(place, *arguments, chart="coder/lab"):
    return place.run("recover", "coder", chart, "--yes", *arguments)


def words(done):
    """What was printed, however the lines were broken."""
    return " ".join(done.out.split())


def no_lock_is_left(place):
    assert place.namespace.names("coordination.k8s.io/v1 Lease") == []


@on(helms=["3.21.4", "4.2.4"])
def test_a_release_that_is_fine_is_left_alone(place):
    place.install("coder/lab", values=DROPPED[0])
    done = place.run_without_a_trace("recover", "coder", "coder/lab", "--yes")
    assert done.code == 0, done
    assert "nobody is at work on it" in words(done), done


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_no_such_release_is_one_sentence(place):
    done = place.run_without_a_trace("recover", "coder", "coder/lab", "--yes")
    assert done.code == 1, done
    assert "There is no release coder" in done.out + done.err, done


@on()
def test_an_upgrade_whose_rollback_failed_too_ends_as_one_version(place):
    here = place.namespace
    place.install("coder/lab", values=DROPPED[0])
    report = place.preflight("coder", "coder/lab", values=DROPPED[1])
    foretold = [f["message"] for f in report.findings("rollback-possible", severity=None)]
    plain = place.upgrade_plainly(chart="coder/lab", values=DROPPED[1], timeout="10s")
    assert plain.code != 0, plain
    if place.helm_version != "4.2.4":
        assert place.status() == (3, "failed"), plain
        assert any('no ServiceAccount with the name "dropped" found' in words for words in foretold), report
    done = recover(place)
    assert done.code == 0, done
    assert place.status()[1] == "deployed", done
    assert here.get("ConfigMap", "a")["data"] == {"key": "1"}
    assert here.get("ConfigMap", "new") is None and here.get("Service", "late") is None, done
    assert here.get("ServiceAccount", "dropped") and here.get("Deployment", "web")
    no_lock_is_left(place)


@on(helms=["3.21.4", "4.2.4"])
def test_what_a_killed_helm_holds_is_freed_only_when_it_is_known_to_be_dead(place):
    process = start_an_upgrade_that_waits(place)
    alive = place.run("recover", "coder", "coder/lab", "--yes")
    assert alive.code == 5, alive
    assert process.poll() is None
    end(process)
    held = place.run_without_a_trace("recover", "coder", "coder/lab", "--yes")
    assert held.code == 5, held
    assert "--holder-is-dead" in words(held) and "pending-upgrade for" in words(held), held
    done = recover(place, "--holder-is-dead")
    assert done.code == 0, done
    assert place.status() == (3, "deployed"), done
    record = place.namespace.get("Secret", "sh.helm.release.v1.coder.v2")
    assert record["metadata"]["labels"]["status"] in ("failed", "superseded"), record["metadata"]
    no_lock_is_left(place)


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_a_lock_that_is_older_than_the_time_limit_counts_as_dead(place):
    end(start_an_upgrade_that_waits(place))
    until(lambda: "is gone" in words(place.run("recover", "coder", "coder/lab", "--dry-run", "--timeout", "1s")), "the lock is old")
    done = recover(place, "--timeout", "30s", "--holder-is-dead")
    assert done.code == 0, done


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_an_object_that_somebody_deleted_is_made_again(place):
    place.install("coder/lab", values=DROPPED[0])
    place.namespace.remove("ServiceAccount", "dropped")
    done = recover(place)
    assert done.code == 0, done
    assert "ServiceAccount/dropped" in done.out
    assert place.namespace.get("ServiceAccount", "dropped")
    assert place.status() == (2, "deployed")
