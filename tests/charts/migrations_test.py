"""Values that were migrated render what they rendered before, by chance: random values in random handwriting.

HELM_CODER_BINARY names the program, HELM_CODER_SEEDS=40:80 takes other seeds. Run with: python3 -m pytest tests/charts/migrations_test.py
"""
import json
import os
import random
import subprocess

import pytest
import yaml

from charts_test import Refused, charts, helm_template, some_helm  # noqa: F401

FIRST, LAST = map(int, os.environ.get("HELM_CODER_SEEDS", "0:12").split(":"))
UNDERSTANDS_BOTH = ["1.21.1", "1.22.3", "1.24.0", "1.25.0", "1.26.1"]
ONLY_NEW = ["1.27.0", "1.27.4", "1.28.7", "1.30.0", "1.37.0", "1.44.3"]

WORDS = ["fast", "coder.example.com", "*.dev.example.com", "it's: odd", "a # b", "yes", "0123", "10.1.2.3", "öß", "{x}", "- y"]


def resources(rng):
    """All of them: charts 1.21 to 1.26 take what the old name says without the chart's defaults."""
    return {each: {"cpu": f"{rng.randint(1, 9)}00m", "memory": f"{rng.randint(1, 9)}Gi"} for each in ("requests", "limits")}


def storage(rng):
    drawn = resources(rng)
    drawn["requests"]["storage"] = f"{rng.randint(1, 90)}Gi"
    return drawn


def word(rng):
    return rng.choice(WORDS)


def name(rng):
    return rng.choice(["fast", "tls-1", "0x1", "a.b"])


def annotations(rng):
    return {rng.choice(["a.b/c", "plain", "no"]): word(rng) for _ in range(rng.randint(1, 3))}


def tolerations(rng):
    return [{"key": word(rng), "operator": "Exists"} for _ in range(rng.randint(1, 2))]


# Old name, new name, what can stand there.
RENAMED = [
    ("cemanager.replicas", "coderd.replicas", lambda rng: rng.randint(1, 5)),
    ("cemanager.image", "coderd.image", lambda rng: f"registry.example.com/coder:{rng.randint(1, 9)}"),
    ("cemanager.resources", "coderd.resources", resources),
    ("devurls.host", "coderd.devurlsHost", word),
    ("ingress.loadBalancerIP", "coderd.serviceSpec.loadBalancerIP", lambda rng: "10.1.2.3"),
    ("ingress.loadBalancerSourceRanges", "coderd.serviceSpec.loadBalancerSourceRanges", lambda rng: ["10.0.0.0/8"]),
    ("ingress.tls.hostSecretName", "coderd.tls.hostSecretName", name),
    ("ingress.tls.devurlsHostSecretName", "coderd.tls.devurlsHostSecretName", name),
    ("storageClassName", "postgres.default.storageClassName", name),
    ("timescale.image", "postgres.default.image", lambda rng: f"registry.example.com/timescale:{rng.randint(1, 9)}"),
    ("timescale.resources", "postgres.default.resources", storage),
    ("postgres.useDefault", "postgres.default.enable", lambda rng: rng.random() < 0.5),
    ("deploymentAnnotations", "services.annotations", annotations),
    ("serviceTolerations", "services.tolerations", tolerations),
    ("clusterDomainSuffix", "services.clusterDomainSuffix", lambda rng: ".svc.other.local"),
    ("serviceType", "services.type", lambda rng: rng.choice(["NodePort", "ClusterIP"])),
    ("serviceAccount.annotations", "coderd.builtinProviderServiceAccount.annotations", annotations),
    ("serviceAccount.labels", "coderd.builtinProviderServiceAccount.labels", lambda rng: {"team": "x"}),
]
SAME = [
    ("postgres.host", word), ("postgres.port", lambda rng: rng.randint(1000, 9999)), ("postgres.passwordSecret", name),
    ("ingress.host", word), ("coderd.oidc.enableRefresh", lambda rng: True), ("services.nodeSelector", lambda rng: {"zone": "b"}),
    ("coderd.podSecurityContext.runAsUser", lambda rng: 2000), ("logging.human", lambda rng: "/dev/stdout"),
]
DEAD = [("ssh.enable", False), ("dashboard.replicas", 2), ("envproxy.resources", {"limits": {"cpu": 1}}), ("imagePullPolicy", "Always"),
        ("cemanager.accessURL", "https://x"), ("ingress.usePathWildcards", True), ("namespaceWhitelist", ["a"])]


def put(tree, key, value):
    *branches, leaf = key.split(".")
    for branch in branches:
        tree = tree.setdefault(branch, {})
    tree[leaf] = value


def drawn(rng, dead):
    """The values as a person has them, and the same under the new names alone."""
    pairs = [(old if rng.random() < 0.6 else new, new, make(rng)) for old, new, make in RENAMED if rng.random() < 0.5]
    pairs += [(key, key, make(rng)) for key, make in SAME if rng.random() < 0.5]
    pairs += [(key, None, value) for key, value in DEAD if dead and rng.random() < 0.4]
    rng.shuffle(pairs)
    written, wanted = {}, {}
    for at, new, value in pairs:
        put(written, at, value)
        if new:
            put(wanted, new, value)
    return written, wanted


class Hand:
    """Writes YAML as people do: now like this, now like that."""

    def __init__(self, rng):
        self.rng, self.comments, self.step = rng, [], rng.choice([2, 4])

    def chance(self, share):
        return self.rng.random() < share

    def comment(self):
        self.comments.append(f"# note {len(self.comments)}.")
        return self.comments[-1]

    def scalar(self, value):
        if not isinstance(value, str):
            return json.dumps(value)
        plain = yaml.safe_dump(value, allow_unicode=True, width=1000).splitlines()[0]
        return self.rng.choice([plain, json.dumps(value, ensure_ascii=False), "'" + value.replace("'", "''") + "'"])

    def flow(self, value):
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.quoted(key)}: {self.flow(each)}" for key, each in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return json.dumps(value, ensure_ascii=False)

    def quoted(self, key):
        return key if not self.chance(0.1) and key != "no" else json.dumps(key)

    def behind(self):
        return "  " + self.comment() if self.chance(0.2) else ""

    def map(self, tree, column=0):
        blanks = " " * column
        for key, value in tree.items():
            if self.chance(0.1):
                yield ""
            if self.chance(0.2):
                yield blanks + self.comment()
            head = blanks + self.quoted(key) + ":"
            if value and isinstance(value, dict) and self.chance(0.8):
                yield head + self.behind()
                yield from self.map(value, column + self.step)
            elif value and isinstance(value, list) and self.chance(0.6):
                yield head + self.behind()
                for item in value:
                    yield blanks + "- " + self.flow(item)
            elif isinstance(value, str) and self.chance(0.1):
                yield f"{head} |-"
                yield blanks + " " * self.step + value
            else:
                yield f"{head} {self.flow(value) if isinstance(value, (dict, list)) else self.scalar(value)}" + self.behind()

    def write(self, tree):
        end = self.rng.choice(["\n", "\n", "\r\n"])
        return end.join(["# A file of values.", "", *self.map(tree)]) + ("" if self.chance(0.2) else end)


@pytest.fixture
def migrate(tmp_path):
    def run(text, target):
        path = tmp_path / "values.yaml"
        path.write_bytes(text.encode())
        program = os.environ["HELM_CODER_BINARY"]
        done = subprocess.run([program, "values", "migrate", "--version", target, "-f", path], capture_output=True, check=False)
        assert done.returncode == 0, f"{text}\n{done.stderr.decode()}"
        return done.stdout.decode()
    return run


def rendered(charts, version, text):  # noqa: F811
    """The objects, in whatever order, or what Helm says instead."""
    try:
        manifests = helm_template(some_helm(), str(charts / f"coder-{version}.tgz"), text, ("--kube-version", "1.21.0"))
    except Refused as refused:
        return str(refused)
    return sorted(json.dumps(each, sort_keys=True) for each in yaml.safe_load_all(manifests) if each)


@pytest.mark.parametrize("seed", range(FIRST, LAST))
def test_what_is_migrated_renders_the_same_where_both_are_understood(charts, migrate, seed):  # noqa: F811
    rng = random.Random(seed)
    hand = Hand(rng)
    text = hand.write(drawn(rng, dead=False)[0])
    target = rng.choice(UNDERSTANDS_BOTH)
    migrated = migrate(text, target)
    before = rendered(charts, target, text)
    assert isinstance(before, list), before
    assert rendered(charts, target, migrated) == before, f"{target}\n{text}\n---\n{migrated}"
    assert all(migrated.count(comment) == 1 for comment in hand.comments), f"{text}\n---\n{migrated}"
    assert migrate(migrated, target) == migrated


@pytest.mark.parametrize("seed", range(FIRST, LAST))
def test_what_is_migrated_renders_what_the_new_names_mean_where_only_they_are_understood(charts, migrate, seed):  # noqa: F811
    rng = random.Random(1000 + seed)
    written, wanted = drawn(rng, dead=True)
    text = Hand(rng).write(written)
    target = rng.choice(ONLY_NEW)
    migrated = migrate(text, target)
    assert (yaml.safe_load(migrated) or {}) == wanted, f"{target}\n{text}\n---\n{migrated}"
    meant = rendered(charts, target, json.dumps(wanted))
    assert isinstance(meant, list), meant
    assert rendered(charts, target, migrated) == meant


def test_a_value_that_changes_is_seen(charts):  # noqa: F811
    assert rendered(charts, "1.26.1", "coderd: {replicas: 2}") != rendered(charts, "1.26.1", "coderd: {replicas: 3}")
    assert rendered(charts, "1.26.1", "cemanager: {replicas: 2}") != rendered(charts, "1.26.1", "coderd: {replicas: 2}")
