"""`helm coder recover`: what plain Helm left half done comes to an end, and what may still be alive is left alone."""
from cluster import until
from home import PROGRAM
from held_test import end, start_an_upgrade_that_waits
from objects import account, config_map, deployment, lab, service
from place import EACH_ONCE, on
from terminal import Terminal

DROPPED = (lab(account("dropped"), config_map("a", key="1"), deployment("web")),
           lab(config_map("a", key="2"), config_map("new", key="2"), deployment("web", app="other"), service("late")))


def recover(place, *arguments, chart="coder/lab"):
    return place.run("recover", "coder", chart, "--yes", *arguments)


def words(done):
    """What was printed, however the lines were broken."""
    return " ".join(done.out.split())


@EACH_ONCE
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
    place.no_lock_is_left()


KINDS = ("Deployment", "StatefulSet", "Service", "Ingress", "ServiceAccount", "Role", "RoleBinding", "NetworkPolicy", "ConfigMap")


@on(planes=["1.20.2"], helms=["3.10.1", "3.21.4"])
def test_coder_that_is_stuck_between_1_20_and_1_21_is_all_1_20_again(place):
    place.install(version="1.20.0")
    before = {kind: place.namespace.names(kind) for kind in KINDS}
    larger = {"timescale": {"resources": {"requests": {"storage": "20Gi"}}}}
    plain = place.upgrade_plainly(version="1.21.7", values=larger)
    assert place.status() == (3, "failed"), plain
    done = place.run("recover", "--yes")
    assert done.code == 0, done
    assert place.status() == (4, "deployed"), done
    assert {kind: place.namespace.names(kind) for kind in KINDS} == before, done
    chart = place.namespace.get("Secret", "sh.helm.release.v1.coder.v4")
    assert chart["metadata"]["labels"]["status"] == "deployed"


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
    place.no_lock_is_left()


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


HEADLESS = (lab(service("d"), config_map("a", key="1")), lab(service("d", clusterIP="None"), config_map("a", key="2")))


@EACH_ONCE
def test_with_a_remedy_it_goes_on_to_where_the_failed_upgrade_wanted_to_go(place):
    place.install("coder/lab", values=HEADLESS[0])
    failed = place.helm("upgrade", "coder", "coder/lab", *place.flags(values=HEADLESS[1]))
    assert failed.code != 0 and place.status() == (2, "failed"), failed
    done = recover(place, "--recreate", "Service/d")
    assert done.code == 0, done
    assert place.status() == (3, "deployed"), done
    assert place.namespace.get("Service", "d")["spec"]["clusterIP"] == "None"
    assert place.namespace.get("ConfigMap", "a")["data"] == {"key": "2"}


def priority(name, value):
    return {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name}, "value": value}


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_uninstalling_is_the_last_resort_and_asked_for_even_with_yes(place):
    name = place.namespace.name
    place.install("coder/lab", values=lab(priority(name, 1), config_map("a", key="1")))
    # Neither version gets past it: its value can't be changed, and somebody has made it anew.
    place.plane.ask("DELETE", f"/apis/scheduling.k8s.io/v1/priorityclasses/{name}")
    place.namespace.create_for_all({**priority(name, 3), "metadata": {"name": name, "labels": {"app.kubernetes.io/managed-by": "Helm"},
                                    "annotations": {"meta.helm.sh/release-name": "coder", "meta.helm.sh/release-namespace": name}}})
    failed = place.helm("upgrade", "coder", "coder/lab", *place.flags(values=lab(priority(name, 2), config_map("a", key="2"))))
    assert failed.code != 0 and place.status() == (2, "failed"), failed
    done = place.run_without_a_trace("recover", "coder", "coder/lab", "--yes")
    assert done.code == 2, done
    assert "To uninstall is asked for even with --yes." in words(done), done
    terminal = Terminal(place.home, PROGRAM, "recover", "coder", "coder/lab", environment=place.outer_helm())
    terminal.read_until("Do this? [y/N]")
    terminal.type("yes\n")
    assert terminal.end() == 0, terminal.shown
    assert place.status() == (1, "deployed"), terminal.shown
    assert place.namespace.get("ConfigMap", "a")["data"] == {"key": "2"}
    assert place.helm("uninstall", "coder").code == 0
