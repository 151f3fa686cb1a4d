"""A release's own values: shown, migrated and compared, on a real cluster."""
import json
import stat

import yaml

from place import EACH_ONCE, on

OWN = {"cemanager": {"replicas": 2, "image": "docker.io/coderenvs/coder-service:1.20.0"}, "devurls": {"host": "*.dev.example.com"},
       "postgres": {"useDefault": False, "host": "db", "passwordSecret": "db"}, "logging": {"splunk": {"token": "hunter2"}}}


@EACH_ONCE
def test_what_a_person_gave_is_shown_without_pins_as_of_any_revision(place):
    place.install(version="1.22.3", values={"cemanager": {"replicas": 3}})
    place.install(version="1.22.3", values=OWN)
    done = place.run_without_a_trace("values", "show")
    assert done.code == 0, done
    shown = yaml.safe_load(done.out)
    assert shown == {**OWN, "cemanager": {"replicas": 2}}
    assert done.out.index("cemanager") < done.out.index("devurls") and "host: db\n" in done.out
    assert "cemanager.image" in done.err and "hunter2" not in done.err
    assert json.loads(place.run("values", "show", "-o", "json").out) == shown
    assert yaml.safe_load(place.run("values", "show", "--revision", "1").out) == {"cemanager": {"replicas": 3}}
    done = place.run("values", "show", "--revision", "7")
    assert (done.code, done.out) == (1, "") and "has no revision 7" in done.err, done


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_no_values_at_all_are_no_file_that_looks_well(place):
    file = place.home.folder / "own.yaml"
    done = place.run("values", "show", "--file", file)
    assert (done.code, done.out) == (1, "") and "there is no release coder" in done.err, done
    place.install(version="1.22.3")
    for format in ("yaml", "json"):
        done = place.run("values", "show", "-o", format, "--file", file)
        assert (done.code, done.out, file.exists()) == (1, "", False) and "are none at all" in done.err, done
    place.install(version="1.22.3", values={"coderd": {"image": "docker.io/coderenvs/coder-service:1.22.3"}})
    done = place.run("values", "show")
    assert (done.code, done.out) == (1, "") and "are no others" in done.err, done
    place.install(version="1.22.3", values={"coderd": {"replicas": 2}})
    done = place.run("values", "show", "--file", file)
    assert (done.code, done.out) == (0, ""), done
    assert yaml.safe_load(file.read_text()) == {"coderd": {"replicas": 2}} and stat.S_IMODE(file.stat().st_mode) == 0o600


@EACH_ONCE
def test_values_that_were_migrated_take_the_release_to_a_chart_that_refuses_the_old_ones(place):
    place.install(version="1.26.1", values=OWN)
    refused = place.preflight("--no-rollback-check", version="1.28.7")
    assert "refused-keys" in refused.results("error") and "values migrate" in json.dumps(refused.document)
    done = place.run_without_a_trace("values", "migrate", "--version", "1.28.7")
    assert done.code == 0, done
    assert yaml.safe_load(done.out) == {
        "coderd": {"replicas": 2, "devurlsHost": "*.dev.example.com"}, "postgres": {"default": {"enable": False}, "host": "db", "passwordSecret": "db"},
        "logging": {"splunk": {"token": "hunter2"}}}
    assert "cemanager → coderd" in done.err and "hunter2" not in done.err
    file = place.home.file("migrated.yaml", done.out)
    taken = place.run("preflight", "--version", "1.28.7", "--reset-values", "-f", file, "-o", "json", "--no-rollback-check")
    codes = {line["code"] for line in json.loads(taken.out)["checks"] if line["result"] in ("error", "warning")}
    assert not codes & {"HC404", "HC410", "HC411", "HC414", "HC415"}, taken


@on(planes=["1.20.2"], helms=["3.21.4"])
def test_1_26_gets_service_next_where_nginx_would_go(place):
    place.install(version="1.20.0", values={"cemanager": {"replicas": 1}})
    assert "ingress-nginx" in place.namespace.names("Service")
    done = place.run("values", "migrate", "--version", "1.26.1")
    assert yaml.safe_load(done.out) == {"cemanager": {}, "coderd": {"replicas": 1, "serviceNext": True}}, done
    assert "coderd.serviceNext" in json.dumps(json.loads(place.run("values", "migrate", "--version", "1.26.1", "-o", "json").out)["changes"])


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_what_differs_is_shown_and_secrets_are_not(place):
    place.install(version="1.26.1", values=OWN)
    done = place.run_without_a_trace("values", "diff", "--version", "1.28.7")
    assert done.code == 0, done
    assert "-cemanager:\n" in done.out and "+coderd:\n" in done.out and "hunter2" not in done.out + done.err
    done = place.run_without_a_trace("values", "diff", "--defaults")
    assert done.code == 0, done
    assert "against the defaults of coder 1.26.1" in done.out and "hunter2" not in done.out
    assert "logging.splunk.token: (hidden)" in done.out and "+ cemanager.replicas: 2" in done.out
    keys = {key["key"]: key for key in json.loads(place.run("values", "diff", "--defaults", "--version", "1.30.0", "-o", "json").out)["keys"]}
    assert keys["postgres.useDefault"]["kind"] == "not-in-chart" and keys["postgres.host"] == {"key": "postgres.host", "kind": "own", "own": "db", "default": ""}


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_two_names_of_one_value_are_a_finding_and_no_migration(place):
    place.install(version="1.25.0", values={"cemanager": {"replicas": 2}, "coderd": {"replicas": 3}})
    report = place.preflight("--no-rollback-check", version="1.26.1")
    assert "one-name" in report.results("warning"), report.document
    done = place.run_without_a_trace("values", "migrate", "--version", "1.26.1")
    assert (done.code, done.out) == (3, "") and "cemanager.replicas and coderd.replicas" in done.err, done
    assert place.run("values", "diff", "--version", "1.26.1").code == 3
