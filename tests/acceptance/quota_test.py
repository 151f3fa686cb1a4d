"""Quotas that each object fits and all of them together do not."""
import foretold
from cluster import until
from objects import account, config_map, deployment, lab, quota, secret, service
from place import on


def give(place, **hard):
    """A quota, once it has been counted."""
    place.namespace.create(quota("all", **hard))
    until(lambda: set(place.namespace.get("ResourceQuota", "all").get("status", {}).get("used", {})) == set(hard), "the quota is counted")


def wanting(name, replicas, cpu):
    each = deployment(name, resources={"requests": {"cpu": cpu}})
    each["spec"]["replicas"] = replicas
    return each


@on(helms=["3.21.4", "4.2.4"])
def test_objects_that_only_together_are_too_many(place):
    place.install("coder/lab", values=lab(account("a")))
    there = len(place.namespace.list("ConfigMap"))
    give(place, configmaps=str(there + 1))
    one, two = lab(account("a"), config_map("one")), lab(account("a"), config_map("one"), config_map("two"))
    assert not place.preflight("coder", "coder/lab", values=one).findings("quota")
    report = place.preflight("coder", "coder/lab", values=two)
    (finding,) = report.findings("quota")
    assert (finding["object"], finding["field"]) == ("ResourceQuota/all", "configmaps"), report
    assert f"used {there}, added 2 (ConfigMap/one, ConfigMap/two), of {there + 1}" in finding["message"], report
    done = place.upgrade_plainly(chart="coder/lab", values=two)
    assert done.code != 0 and "exceeded quota" in done.err, done
    foretold.came_true(report, done)


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_pods_that_only_together_ask_for_too_much(place):
    place.install("coder/lab", values=lab(wanting("old", 1, "500m")))
    give(place, **{"requests.cpu": "2"})
    fits = lab(wanting("old", 1, "500m"), wanting("new", 3, "500m"))
    assert not place.preflight("coder", "coder/lab", values=fits).findings("quota")
    after = lab(wanting("old", 1, "500m"), wanting("new", 2, "500m"), wanting("other", 2, "500m"))
    report = place.preflight("coder", "coder/lab", values=after)
    (finding,) = report.findings("quota")
    assert finding["field"] == "requests.cpu", report
    assert "used 500m, added 2 (2 pods of Deployment/" in finding["message"], report
    done = place.upgrade_plainly(chart="coder/lab", values=after, timeout="15s")
    assert done.code != 0, done
    foretold.came_true(report, done)


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_a_sum_that_fits_exactly_is_no_finding_and_works(place):
    place.install("coder/lab", values=lab(service("d")))
    secrets = len(place.namespace.list("Secret"))
    give(place, secrets=str(secrets + 2), **{"services.nodeports": "2", "count/deployments.apps": "1"})
    after = lab(service("d", type="NodePort"), service("e", type="NodePort"), secret("s", a="1"), deployment("web"))
    report = place.preflight("coder", "coder/lab", values=after)
    assert report.check("quota")["result"] == "passed", report
    done = place.upgrade_plainly(chart="coder/lab", values=after)
    assert done.code == 0, done
    foretold.came_true(report, done)
