"""Coder itself, asked beside the rehearsal: what it tells, and what becomes of an answer that is none."""
import contextlib
import json
import socket
import time

import pytest

from cluster import PREFIX, Namespace, until
from coder_server import TOKEN, Coder, certificate, provider, workspace
from objects import ingress
from place import on

ONE = on(planes=["1.34.2"], helms=["3.21.4"])
WITH_TOKEN = {"CODER_SESSION_TOKEN": TOKEN}
ITSELF = ("running-version", "running-line", "set-up", "providers-ready", "workspaces-rebuilt")


def ask(place, coder, version, *arguments, environment=None, **more):
    return place.preflight("--no-rollback-check", "--coder-url", coder.url, *arguments, version=version, environment={**WITH_TOKEN, **(environment or {})}, **more)


def reasons(report, *names):
    return {each["why"] for each in report.unverified(*(names or ITSELF))}


@on(planes=["1.20.2"], helms=["3.21.4"])
def test_networking_v2_is_asked_for_on_every_provider_before_1_22(place):
    place.install(version="1.21.7")
    sydney = provider("sydney", v2=False)
    with Coder(providers=[provider(), sydney]) as coder:
        report = ask(place, coder, "1.22.3")
        (finding,) = report.findings("networking-v2")
        assert finding["object"] == "workspace provider sydney" and "Networking v2 is off" in finding["message"], report
        sydney["enable_net_v2"] = True
        report = ask(place, coder, "1.22.3")
        assert report.check("networking-v2")["result"] == "passed", report
        assert {report.check(name)["result"] for name in ITSELF} == {"passed"}, report
        del sydney["enable_net_v2"]
        assert [each["object"] for each in ask(place, coder, "1.22.3").unverified("networking-v2")] == ["workspace provider sydney"]
        assert {method for method, *_ in coder.asked} == {"GET"}


@ONE
def test_what_runs_is_told_from_what_the_record_says(place):
    place.install(version="1.21.7")
    with Coder("1.20.0") as coder:
        report = ask(place, coder, "1.22.3")
        (finding,) = report.findings("running-version", severity="warning")
        assert "it runs 1.20.0, while revision 1 of the release is 1.21.7" in finding["message"], report
        (finding,) = report.findings("running-line")
        assert finding["object"] == "1.20.0 → 1.22.3" and "--version 1.21.7" in finding["remedy"]["command"], report


@ONE
def test_providers_that_are_not_ready_and_workspaces_that_wait_are_named(place):
    place.install(version="1.21.0")
    providers = [provider(), provider("sydney", status="error", error_message="dial tcp: i/o timeout"), provider("oslo", status="pending")]
    with Coder("1.21.0", providers, workspaces=[workspace("ada", "The image has changed."), workspace("grace")]) as coder:
        report = ask(place, coder, "1.21.7")
    assert [(each["object"], each["message"]) for each in report.findings("providers-ready", severity="warning")] == [
        ("workspace provider sydney", "it is error: dial tcp: i/o timeout"), ("workspace provider oslo", "it is pending")], report
    (finding,) = report.findings("workspaces-rebuilt", severity="warning")
    assert finding["object"] == "1 workspace of 2" and "ada" in finding["message"], report


@ONE
def test_a_coder_that_nobody_has_set_up_says_so_without_a_token(place):
    place.install(version="1.21.0")
    with Coder("1.21.0", setup=True) as coder:
        report = ask(place, coder, "1.21.7", environment={"CODER_SESSION_TOKEN": ""})
        assert report.findings("set-up", severity="warning")[0]["message"].startswith("it is in setup mode"), report
        assert reasons(report, "providers-ready") == {"Coder is not set up yet"}, report
        assert {path for _, path, _ in coder.asked} == {"/api", "/api/private/config/setup-mode"}


@pytest.mark.parametrize("version", ["1.16.3", "1.20.0", "1.22.3", "1.30.0"])
@on(planes=["1.20.2"], helms=["3.21.4"])
def test_each_api_is_read_and_a_newer_one_is_never_called_fine(place, version):
    chart = max(version, "1.19.2")
    place.install(version=chart)
    with Coder(version) as coder:
        report = ask(place, coder, chart)
    runs = report.check("running-version")
    assert (runs["detail"] if chart == version else runs["findings"][0]["message"]).startswith(version if chart == version else f"it runs {version}"), report
    ready = report.check("providers-ready")["result"]
    assert ready == ("passed" if version in ("1.20.0", "1.22.3") else "not-verified"), report
    if version == "1.30.0":
        assert "the API of Coder 1.30.0 is not known" in next(iter(reasons(report, "providers-ready")))


@pytest.mark.parametrize("odd, why", [
    ({"*": 401}, "does not take the token: it is wrong, or has expired"),
    ({"*": 502}, "answers with an error (502, because of the test)"),
    ({"*": "https://elsewhere.example.com"}, "sends us elsewhere, to https://elsewhere.example.com, where the token does not go"),
    ({"*": "slow"}, "there was no answer within 5 s"),
    ({"*": "html"}, "answers about workspaces in a way that this program does not know"),
    ({"*": "types"}, "answers about workspaces in a way that this program does not know"),
    ({"/api/v0/workspaces": "huge"}, "the answer is larger than 8 MiB"),
    ({"/api/v0/workspaces": "truncated"}, "transfer closed with"),
    ({"/api/v0/workspaces": 403}, "does not let the owner of the token see this (403, because of the test)"),
])
@ONE
def test_an_answer_that_is_none_is_not_verified_with_its_reason(place, odd, why):
    place.install(version="1.21.0")
    with Coder("1.21.0", odd=odd) as coder:
        begin = time.monotonic()
        report = ask(place, coder, "1.21.7")
        assert time.monotonic() - begin < 30
        (said,) = reasons(report, "workspaces-rebuilt")
        assert why in said and said.startswith(f"Coder ({coder.url}) "), report
        assert not report.findings("workspaces-rebuilt", severity=None)


@ONE
def test_a_certificate_that_nobody_knows_is_not_trusted(place):
    place.install(version="1.21.0")
    path = certificate(place.home.folder)
    with Coder("1.21.0", certificate=path) as coder:
        (said,) = reasons(ask(place, coder, "1.21.7"))
        assert "its certificate can't be trusted" in said and coder.asked == [], said
        report = ask(place, coder, "1.21.7", environment={"SSL_CERT_FILE": str(place.home.folder / "only.pem")})
        assert reasons(report) == set(), report


@ONE
def test_nobody_there_and_no_token_are_told_apart(place):
    place.install(version="1.21.0")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        report = place.preflight("--no-rollback-check", "--coder-url", url, version="1.21.7", environment=WITH_TOKEN)
    (said,) = reasons(report)
    assert said.startswith(f"Coder ({url}) can't be asked: Failed to connect"), said
    report = place.preflight("--no-rollback-check", "--strict", version="1.21.7")
    assert reasons(report) == {"no token for Coder's API was given"}, report
    assert report.code in (3, 4), report
    assert "CODER_SESSION_TOKEN" in report.unverified("set-up")[0]["tell"]


@ONE
def test_the_token_is_sent_to_coder_and_is_nowhere_else(place):
    place.install(version="1.21.0")
    file = place.home.file("token", TOKEN + "\n")
    with Coder("1.21.0") as coder:
        arguments = ("--no-rollback-check", "--coder-url", coder.url, "--coder-token-file", file, *place.flags("1.21.7"))
        running = place.start("preflight", *arguments, environment={"HELM_DEBUG": "true"})
        seen = set()
        while running.poll() is None:
            seen |= set(place.home.processes().values())
        out, err = running.communicate()
        snapshot = place.run("snapshot", *arguments)
        assert snapshot.code == 0 and '"1.21.0"' in snapshot.out, snapshot
        assert (TOKEN in {token for _, _, token in coder.asked}) and seen
        assert not any(TOKEN in text for text in [out, err, snapshot.out, snapshot.err, *seen])
        assert place.home.files_with(TOKEN) == ["token"]


@pytest.mark.parametrize("url, why", [
    ("coder.example.com", "is no address of Coder; write https://coder.example.com"),
    ("http://coder.example.com", "would send Coder's token unencrypted"),
    ("https://ada:hunter2@coder.example.com", "without a user, a password or a query"),
    ("https://", "without a user, a password or a query")])
@ONE
def test_an_address_that_can_be_none_is_wrong_usage(place, url, why):
    done = place.run("preflight", "--coder-url", url)
    assert (done.code, done.out) == (2, "") and why in done.err and "hunter2" not in done.err, done


@on(planes=["1.20.2", "1.34.2"], helms=["3.21.4"])
def test_where_no_address_is_given_the_api_server_is_asked_for_the_way_and_its_words_are_its_own(place):
    place.install(version="1.21.0", values={"coderd": {"replicas": 0}})
    report = place.preflight("--no-rollback-check", version="1.21.7", environment=WITH_TOKEN)
    (said,) = reasons(report)
    assert said.startswith("Coder can't be reached through the API server: no endpoints available"), said


def own_address():
    """Of this machine, not a loopback one: the API server takes no such address for a pod."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # nothing is sent
        return probe.getsockname()[0]


def stand_in(namespace, address):
    """A pod of coderd's as its Service sees it, on a node that nobody looks after."""
    namespace.create({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "stand-in", "labels": {"coder.deployment": "coderd"}},
                      "spec": {"nodeName": "nowhere", "containers": [{"name": "coderd", "image": "none"}]}})
    status = {"phase": "Running", "podIP": address, "podIPs": [{"ip": address}], "conditions": [{"type": "Ready", "status": "True"}]}
    namespace.plane.ask("PATCH", namespace.path("Pod", "stand-in") + "/status", {"status": status}, "application/merge-patch+json")
    until(lambda: address in json.dumps(namespace.get("Endpoints", "coderd")), "the Service leads to the pod")


@on(planes=["1.20.2", "1.34.2"], helms=["3.21.4"])
def test_through_the_api_server_coder_is_asked_with_the_token_and_answers(place):
    place.install(version="1.21.0", values={"coderd": {"replicas": 0}})
    try:
        address = own_address()
        coder = Coder("1.21.0", [provider(), provider("sydney", status="error", error_message="gone")], address=address, port=8080)
    except OSError as error:
        pytest.skip(f"nothing can listen where Coder's pods do: {error}")
    with coder:
        stand_in(place.namespace, address)
        report = place.preflight("--no-rollback-check", version="1.21.7", environment=WITH_TOKEN)
    assert [each["object"] for each in report.findings("providers-ready", severity="warning")] == ["workspace provider sydney"], report
    assert report.check("running-version")["result"] == "passed", report
    assert {(method, token) for method, _, token in coder.asked} == {("GET", TOKEN)}


@ONE
def test_who_may_not_use_the_proxy_for_services_is_told_which_right_is_missing(place):
    place.install(version="1.21.0")
    kubeconfig = place.plane.user("no-proxy-of-" + place.namespace.name)
    place.namespace.create(
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "no-proxy"},
         "rules": [{"apiGroups": ["*"], "resources": ["secrets", "services", "configmaps", "deployments", "serviceaccounts"], "verbs": ["get", "list"]}]},
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "no-proxy"},
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "no-proxy"},
         "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "no-proxy-of-" + place.namespace.name}]})
    report = place.preflight("--no-rollback-check", version="1.21.7", environment={**WITH_TOKEN, "KUBECONFIG": kubeconfig})
    (said,) = reasons(report)
    assert said.startswith("you may not reach Coder through the API server: "), report
    assert f"get services/proxy in namespace {place.namespace.name}" in report.unverified("set-up")[0]["tell"]


ACCOUNT = """apiVersion: v1
kind: ServiceAccount
metadata:
  name: coder
{{- if .Values.keeps }}
  annotations: {helm.sh/resource-policy: keep}
{{- end }}
"""


@contextlib.contextmanager
def provider_release(place, version, url, keeps=False):
    """A workspace provider's release in a namespace of its own, whose name it gives."""
    folder = place.home.folder / f"workspace-provider-{version}"
    (folder / "templates").mkdir(parents=True)
    (folder / "Chart.yaml").write_text(f"apiVersion: v2\nname: workspace-provider\nversion: {version}\n")
    (folder / "templates" / "account.yaml").write_text(ACCOUNT)
    namespace = Namespace(place.plane, place.namespace.name.removeprefix(PREFIX) + "-provider")
    try:
        done = place.helm("install", "wp", folder, *place.flags(values={"cemanager": {"accessURL": url}, "keeps": keeps}), namespace=namespace.name)
        assert done.code == 0, done
        yield namespace.name
    finally:
        namespace.delete()


@on(planes=["1.20.2"], helms=["3.21.4"])
def test_a_providers_release_that_stayed_behind_and_takes_accounts_along_is_found(place):
    place.install(version="1.21.7")
    with Coder("1.21.7") as coder:
        sydney = provider("sydney", url="https://coder.example.com")
        coder.answers["/api/private/resource-pools"]["kubernetes"].append(sydney)
        with provider_release(place, "1.20.0", "https://coder.example.com") as there:
            report = ask(place, coder, "1.22.3")
            (behind,) = report.findings("providers-in-lockstep", severity="warning")
            assert (behind["object"], behind["message"]) == (f"release wp in {there}", "it is on 1.20.0, and Coder on 1.21.7"), report
            (taken,) = report.findings("provider-accounts", severity="warning")
            assert "would delete ServiceAccount/coder" in taken["message"] and f"--version 1.21.7 -n {there}" in taken["remedy"]["advice"], report
            (whose,) = [each for each in place.preflight("--no-rollback-check", version="1.22.3").unverified("provider-accounts") if there in each["object"]]
            assert "whether that is this Coder can't be told" in whose["why"]
            done = place.helm("uninstall", "wp", namespace=there)
            assert done.code == 0 and place.plane.ask("GET", f"/api/v1/namespaces/{there}/serviceaccounts")["items"][0]["metadata"]["name"] != "coder", done


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_a_satellite_that_is_on_another_version_is_found(place):
    place.install(version="1.26.1")
    there = Namespace(place.plane, place.namespace.name.removeprefix(PREFIX) + "-satellite")
    try:
        values = {"coderd": {"satellite": {"enable": True, "primaryURL": "https://coder.example.com"}}}
        done = place.helm("install", "coder-satellite", "coder/coder", *place.flags("1.25.0", values), namespace=there.name)
        assert done.code == 0, done
        with Coder("1.26.1", satellites=["oslo"]) as coder:
            (finding,) = ask(place, coder, "1.27.4").findings("satellites-in-lockstep", severity="warning")
            assert (finding["object"], finding["message"]) == (f"release coder-satellite in {there.name}", "it is on 1.25.0, and Coder on 1.26.1")
            coder.answers["/api/private/satellites"]["data"].append({"name": "sydney"})
            (unseen,) = [each for each in ask(place, coder, "1.27.4").unverified("satellites-in-lockstep") if each["object"]]
            assert unseen["object"] == "satellites oslo, sydney"
    finally:
        there.delete()


@on(planes=["1.20.2"], helms=["3.21.4"])
def test_the_port_for_ssh_that_closes_is_told_where_external_connect_is_on(place):
    place.install(version="1.20.0")
    values = {"coderd": {"serviceNext": True}}
    with Coder("1.20.0", [provider(version="1.20.0", ssh=True)]) as coder:
        (finding,) = ask(place, coder, "1.21.7", values=values).findings("external-connect", severity="warning")
        assert (finding["object"], finding["message"]) == ("Service/ingress-nginx", "port 22 closes, and External Connect is on for built-in")
        assert not ask(place, coder, "1.21.7").findings("external-connect", severity=None)


@on(planes=["1.20.2"], helms=["3.21.4"])
def test_an_address_whose_ingress_leads_nowhere_afterwards_is_told(place):
    place.install(version="1.20.0")
    place.namespace.create(ingress("custom", "coder.example.com", "cemanager", 8080))
    with Coder("1.20.0") as coder:
        (finding,) = ask(place, coder, "1.21.7").findings("access-url", severity="warning")
        assert finding["object"] == "coder.example.com" and "Ingress/custom" in finding["message"], finding


@on(planes=["1.20.2"], helms=["3.21.4"])
def test_the_plan_ticks_off_what_is_done_of_the_way_to_networking_v2(place):
    place.install(version="1.21.7")

    def steps(coder):
        done = place.run_without_a_trace("plan", "--to", "1.22", "--coder-url", coder.url, "-o", "json", environment=WITH_TOKEN)
        assert done.code == 0, done
        plan = json.loads(done.out)
        return plan, {step["text"].split(",")[0].split(".")[0]: step["done"] for step in plan["stops"][0]["before"]}

    with Coder("1.21.7") as coder:
        plan, before = steps(coder)
        assert before["In Coder"] is True and not any("each of them" in text for text in before), plan
        assert plan["unverified"] == [], plan
        coder.answers["/api/private/resource-pools"]["kubernetes"].append(provider("sydney", v2=False))
        with provider_release(place, "1.21.7", "https://coder.example.com", keeps=True):
            plan, before = steps(coder)
            assert before["See to it that each of them is on 1"] is True, plan
            assert before["Turn it on for each of them too"] is False, plan
            assert "[x] " in place.run("plan", "--to", "1.22", "--coder-url", coder.url, environment=WITH_TOKEN).out
    done = place.run("plan", "--to", "1.22", "-o", "json")
    assert {"object": "Coder's workspace providers", "why": "no token for Coder's API was given"}.items() <= json.loads(done.out)["unverified"][0].items(), done
