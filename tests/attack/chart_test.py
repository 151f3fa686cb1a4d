"""A hostile chart, rendered by real Helms: nothing but harmless requests leaves, and nothing of it reaches the terminal raw."""
import json
import os

import pytest

from between import requests_in
from cluster_test import Watched, clear
from objects import config_map, hook, lab, service, thing
from place import on

EVERYWHERE = on(planes=["1.34.2"], helms=["3.21.4", "4.2.4"])
DEEP = bool(os.environ.get("HELM_CODER_DEEP"))
ESCAPES = "a\x1b[2J\x1b]0;x\x07\u202e\nb"


def preflight(place, between, *objects, chart="coder/lab", limit=90, more=()):
    place.install("coder/lab", values=lab(config_map("a", key="1"), service("web")))
    arguments = ["preflight", "coder", chart, *place.flags(values=lab(config_map("a", key="2"), service("web"), *objects)), *more]
    return clear(Watched(place, between, *arguments, limit=limit))


def in_place(each, namespace):
    each["metadata"]["namespace"] = namespace
    return each


TRICKS = ["../../../secrets/x", "web:80/proxy/reset", "web%2fproxy", "%2e%2e", "..", "x?dryRun=None", "a b", ESCAPES, "x" * 10_000, ""]


@EVERYWHERE
@pytest.mark.parametrize("trick", range(len(TRICKS)) if DEEP else [1, 7])
def test_a_name_with_a_trick_leads_nowhere(place, between, trick):
    preflight(place, between, config_map(TRICKS[trick], key="1"))


@EVERYWHERE
def test_a_namespace_with_a_trick_leads_nowhere(place, between):
    preflight(place, between, *(in_place(config_map(f"n{i}"), trick) for i, trick in enumerate(TRICKS)))


@EVERYWHERE
def test_a_hook_with_a_trick_leads_nowhere(place, between):
    """Helm only looks into hooks when it runs them."""
    tricks = [f"{place.namespace.name}/services/web:80/proxy/reset?x=", f"{place.namespace.name}/services/web:80/proxy/reset#", *TRICKS]
    hooks = [hook(in_place(config_map(f"h{i}"), trick), "pre-upgrade") for i, trick in enumerate(tricks)]
    hooks += [hook(thing("ConfigMap", f"v{i}", version), "pre-upgrade") for i, version in enumerate(["../api/v1", "v1/namespaces/x", "a/b/c", "v1?x="])]
    hooks += [hook(config_map(trick), "pre-upgrade") for trick in TRICKS if trick]
    done = preflight(place, between, *hooks, more=["-o", "json"])
    assert done.code == 3, done
    assert any("no place for an object" in json.dumps(check) for check in json.loads(done.out)["checks"]), done


@EVERYWHERE
def test_a_live_object_with_a_trick_in_its_marks_leads_nowhere(place, between):
    foreign = config_map("theirs", key="1")
    foreign["metadata"]["annotations"] = {"meta.helm.sh/release-name": "x&watch=1", "meta.helm.sh/release-namespace": "x/services/web:80/proxy/get?"}
    place.namespace.create(foreign)
    done = preflight(place, between, config_map("theirs", key="2"))
    assert done.code == 3 and "theirs" in done.out, done


LOOKUP = """apiVersion: v1
kind: ConfigMap
metadata: {name: looked}
data:
{{- range $i, $name := .Values.names }}
  n{{ $i }}: {{ lookup "v1" "Service" $.Release.Namespace $name | toJson | quote }}
{{- end }}
"""


@EVERYWHERE
def test_a_lookup_of_a_strange_name_calls_nobody(place, between):
    place.install("coder/lab", values=lab(config_map("a", key="1"), service("web")))
    for trick in ["web/proxy", "web:80/proxy/x", "web%2fproxy", "../secrets", "a b", ESCAPES]:
        chart = place.home.folder / "looking"
        (chart / "templates").mkdir(parents=True, exist_ok=True)
        (chart / "Chart.yaml").write_text("apiVersion: v2\nname: lab\nversion: 9.0.0\n")
        (chart / "templates/looked.yaml").write_text(LOOKUP)
        clear(Watched(place, between, "preflight", "coder", str(chart), *place.flags(values={"names": [trick]})))


@EVERYWHERE
def test_ten_megabytes_in_one_object_are_refused_clearly(place, between):
    chart = place.home.folder / "large"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: lab\nversion: 9.0.0\n")
    (chart / "templates/large.yaml").write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: large}\ndata:\n  key: {{ repeat 10485760 \"x\" | quote }}\n")
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    done = clear(Watched(place, between, "preflight", "coder", str(chart), limit=120))
    assert done.code == 3 and done.memory < 700, done


@EVERYWHERE
def test_a_thousand_objects_are_judged(place, between):
    many = 1500 if DEEP else 300
    done = preflight(place, between, *(config_map(f"many-{i}", key="1") for i in range(many)), more=["-o", "json"], limit=300)
    assert done.code in (0, 3) and done.memory < 500, done
    tried = {body for stream in between.streams for method, target, body in requests_in(bytes(stream))
             if method in ("POST", "PATCH") and "/configmaps" in target and b'"many-' in body}
    assert len(tried) >= many


@EVERYWHERE
def test_a_bomb_of_aliases_is_refused_clearly(place, between):
    chart = place.home.folder / "bomb"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: lab\nversion: 9.0.0\n")
    levels = ["  a: &a [x, x, x, x, x, x, x, x, x]"] + [
        f"  {b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi")]
    bomb = "\n".join(["apiVersion: v1", "kind: ConfigMap", "metadata:", "  name: bomb", "data:", *levels]) + "\n"
    (chart / "templates/object.yaml").write_text(bomb)
    hooked = bomb.replace("  name: bomb", "  name: hook\n  annotations: {helm.sh/hook: pre-upgrade}")
    (chart / "templates/hook.yaml").write_text(hooked)
    place.install("coder/lab", values=lab(config_map("a", key="1")))
    done = clear(Watched(place, between, "preflight", "coder", str(chart), limit=60))
    assert done.code in (1, 3) and done.memory < 500, done
    (chart / "templates/object.yaml").unlink()
    done = clear(Watched(place, between, "preflight", "coder", str(chart), limit=60))
    assert done.code in (1, 3) and done.memory < 500, done
