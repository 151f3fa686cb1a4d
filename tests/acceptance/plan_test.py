"""The way to a version, from what the cluster shows and from --from alone."""
import json

import yaml

from home import PROGRAM
from place import on


def plan_of(place, *arguments, **more):
    """The plan as JSON. It leaves nothing behind and changes nothing."""
    done = place.run_without_a_trace("plan", "-o", "json", *arguments, **more)
    assert done.code == 0, done
    return json.loads(done.out)


def stop_at(plan, version):
    (stop,) = [stop for stop in plan["stops"] if stop["version"] == version]
    return stop


def texts(entries):
    return "\n".join(entry["text"] for entry in entries)


@on(planes=["1.20.2"], helms=["3.21.4"])
def test_from_1_19_it_leads_through_networking_v2_to_1_22(place):
    place.install(version="1.19.2", values={"postgres": {"useDefault": False, "host": "db"}, "cemanager": {"replicas": 2}})
    plan = plan_of(place, "--to", "1.22")
    assert (plan["from"], plan["to"], plan["kubernetes"]) == ("1.19.2", "1.22.3", "1.20.2")
    assert [stop["version"] for stop in plan["stops"]] == ["1.20.0", "1.21.7", "1.22.3"]
    assert plan["next"] == f"helm coder upgrade --version 1.20.0 -n {place.namespace.name}"
    assert plan["unverified"] == [] and plan["notes"] == []
    assert "keep the name cemanager" in texts(stop_at(plan, "1.21.7")["changes"])
    before = texts(stop_at(plan, "1.22.3")["before"])
    assert before.index("Networking v2 for the built-in") < before.index("Take a snapshot of the database")
    assert all("Dump the database" not in texts(stop["before"]) for stop in plan["stops"])


@on(planes=["1.20.2"], helms=["4.2.4"])
def test_the_services_that_are_there_tell_who_would_lose_the_way_in(place):
    place.install(version="1.20.0")
    assert "ingress-nginx" in place.namespace.names("Service")
    (note,) = [note for note in stop_at(plan_of(place, "--to", "1.27"), "1.26.1")["changes"] if "Nothing leads in" in note["text"]]
    assert note["onlyIf"] == "" and "coderd.serviceNext=true" in note["advice"]


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_from_1_21_it_names_the_keys_and_the_kubernetes_that_are_in_the_way(place):
    place.install(version="1.21.0", values={"coderd": {"serviceNext": True}, "devurls": {"host": "*.dev.example.com"}})
    plan = plan_of(place, "--to", "1.28.7")
    assert plan["stops"][0]["version"] == "1.21.7" and "Networking v2" in plan["stops"][0]["why"]
    assert plan["notes"][0]["text"].startswith("The cluster's Kubernetes is newer than what Coder supports with 1.21.7 to 1.28.7.")
    stop = stop_at(plan, "1.27.4")
    assert {key["key"] for key in stop["keys"]} == {"coderd.serviceNext", "devurls.host"}
    assert stop["before"][0]["command"] == f"helm coder values migrate --version 1.27.4 -n {place.namespace.name} > values.yaml"
    assert stop["upgrade"] == f"helm coder upgrade --version 1.27.4 --reset-values -f values.yaml -n {place.namespace.name}"
    assert all(not other["keys"] for other in plan["stops"] if other is not stop)


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_its_next_command_is_taken_and_when_it_is_done_the_plan_is_one_stop_shorter(place):
    place.install(version="1.35.3")
    first = plan_of(place, "--to", "1.37.0")
    assert [stop["version"] for stop in first["stops"]] == ["1.36.2", "1.37.0"]
    words = first["next"].split()
    assert words[:2] == ["helm", "coder"]
    done = place.run(*words[2:words.index("-n")], "--yes", "--ignore", "HC501")
    assert done.code == 0, done
    assert [stop["version"] for stop in plan_of(place, "--to", "1.37.0")["stops"]] == ["1.37.0"]


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_what_stands_in_the_way_of_a_plan_is_one_sentence(place):
    def refusal(code, *arguments, **more):
        done = place.run("plan", *arguments, **more)
        assert (done.code, done.out) == (code, ""), done
        return done.err.splitlines()[0]

    assert "there is no release coder in namespace" in refusal(1)
    place.install(version="1.22.3")
    assert "the release is on Coder 1.22.3, which is newer than 1.21.7" in refusal(2, "--to", "1.21.7")
    assert "Coder 1.34.0 is no version to go to" in refusal(2, "--to", "1.34.0")
    assert "the cluster can't be reached" in refusal(1, environment={"KUBECONFIG": "/nonexistent"})
    place.helm("upgrade", "other", "coder/lab", "--install", "--set", "objects=null")
    assert "only Coder's own, coder, is known" in refusal(1, "other")


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_it_works_without_a_cluster_and_without_helm(place):
    values = place.home.file("values.yaml", yaml.safe_dump({"ingress": {"useDefault": False}, "postgres": {"default": {"enable": False}}}))
    done = place.home.run(PROGRAM, "plan", "--from", "1.26.1", "--to", "1.28", "-f", values, "-o", "json",
                          environment={"PATH": "/nonexistent", "KUBECONFIG": "/nonexistent"})
    assert done.code == 0, done
    plan = json.loads(done.out)
    assert plan["kubernetes"] is None and [each["object"] for each in plan["unverified"]] == ["the cluster's Kubernetes", "the Services of the namespace"]
    assert "becomes a LoadBalancer on 80 and 443" in texts(stop_at(plan, "1.27.4")["changes"])
    assert [key["key"] for key in stop_at(plan, "1.27.4")["keys"]] == ["ingress.useDefault"]


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_each_format_says_the_same(place):
    place.install(version="1.21.7")
    document = plan_of(place, "--to", "1.23.1")
    written = yaml.safe_load(place.run("plan", "--to", "1.23.1", "-o", "yaml").out)
    assert written == document
    for form in ("table", "markdown"):
        text = place.run("plan", "--to", "1.23.1", "-o", form).out
        for stop in document["stops"]:
            assert stop["upgrade"] in text


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_newer_knowledge_makes_a_newer_version_known(place):
    place.install(version="1.44.3")
    assert "1.45.0" in place.run("plan", "--to", "1.45.0").out
    folder = place.home.folder / "knowledge"
    folder.mkdir()
    place.home.file("knowledge/changes.yaml", yaml.safe_dump({"changes": [
        {"version": "1.44.4", "about": "tests", "text": "Only this file says so.", "source": "this test"}]}))
    assert "Only this file says so." in place.run("plan", "--to", "1.44.4", "--knowledge", folder).out
    place.home.file("knowledge/changes.yaml", "changes: 1")
    done = place.run("plan", "--knowledge", folder)
    assert (done.code, done.out) == (2, "") and "changes.yaml: the list \"changes\" is empty or missing" in done.err, done
