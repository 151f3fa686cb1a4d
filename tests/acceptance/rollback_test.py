"""An upgrade that fails, and whose automatic rollback may fail too: preflight knows beforehand, in Helm's own words."""
import pytest

import foretold
from objects import account, config_map, deployment, hook, job, lab, service
from place import on

DROPPED = (lab(account("dropped"), config_map("a", key="1"), deployment("web")),
           lab(config_map("a", key="2"), deployment("web", app="other")))
HEADLESS = (lab(service("d")), lab(service("d", clusterIP="None")))


def words_of(report):
    """What Helm would say of its rollback."""
    said = [f["message"].partition("Helm's rollback would fail: ")[2]
            for f in report.findings("rollback-possible", severity=None)]
    return [words for words in said if words]


def compare(place, before, after):
    place.install("coder/lab", values=before)
    report = place.preflight("coder", "coder/lab", values=after)
    done = place.upgrade_plainly(chart="coder/lab", values=after, timeout="20s")
    assert done.code != 0, done
    foretold.came_true(report, done)
    return report, done


@on(helms=["3.10.1", "3.21.4"])
def test_helm_3_does_not_find_the_object_that_the_new_chart_dropped(place):
    report, done = compare(place, *DROPPED)
    assert place.status() == (3, "failed"), done
    assert 'no ServiceAccount with the name "dropped" found' in words_of(report), report
    assert words_of(report)[0] in done.err


@on(helms=["4.2.4"])
def test_helm_4_does(place):
    report, done = compare(place, *DROPPED)
    assert place.status() == (3, "deployed"), done
    assert foretold.rollback(report) != "fails", report


@on(planes=["1.20.2"])
def test_1_20_does_not_let_a_service_go_back(place):
    report, done = compare(place, *HEADLESS)
    assert place.status() == (3, "failed"), done
    assert any("primary clusterIP can not be unset" in words and words in done.err for words in words_of(report)), report


@on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
def test_1_34_does(place):
    report, done = compare(place, *HEADLESS)
    assert place.status() == (3, "deployed"), done
    assert foretold.rollback(report) != "fails", report


@on(planes=["1.20.2"], helms=["3.10.1", "3.21.4"])
def test_coder_with_a_larger_volume_is_stuck_between_1_20_and_1_21(place):
    values = {"timescale": {"resources": {"requests": {"storage": "20Gi"}}}}
    place.install(version="1.20.0")
    report = place.preflight(version="1.21.7", values=values)
    assert [f["object"] for f in report.findings("immutable-fields")] == ["StatefulSet/timescale"], report
    done = place.upgrade_plainly(version="1.21.7", values=values)
    foretold.came_true(report, done)
    assert place.status() == (3, "failed"), done
    assert any(words in done.err for words in words_of(report)), f"{report}\n{done}"


@on(helms=["3.21.4", "4.2.4"])
@pytest.mark.parametrize("fails", ["when it is created", "when it runs"])
def test_a_hook_that_fails_first_while_the_chart_drops_an_object(place, fails):
    bad = config_map("hook", **{"no good": "1"}) if fails == "when it is created" else job("hook")
    if bad["kind"] == "Job":
        bad["spec"]["activeDeadlineSeconds"] = 0
    report, done = compare(place, lab(account("dropped"), config_map("a", key="1")),
                           lab(config_map("a", key="2"), hook(bad, "pre-upgrade")))
    assert "pre-upgrade hooks failed" in done.err
    if place.helm_version.startswith("3."):
        assert 'no ServiceAccount with the name "dropped" found' in words_of(report), report
    if fails == "when it is created":
        assert [f["object"] for f in report.findings("hooks")] == ["ConfigMap/hook"], report


@on(helms=["3.21.4", "4.2.4"])
def test_a_config_map_that_became_immutable_does_not_go_back(place):
    late = hook(job("late"), "post-upgrade")
    late["spec"]["activeDeadlineSeconds"] = 0
    report, done = compare(place, lab(config_map("a", key="1")), lab(config_map("a", key="2", immutable=True), late))
    assert "field is immutable when `immutable` is set" in done.err, done
    assert foretold.rollback(report) != "works", report
