"""Upgrades in which one thing after another is tried: what a release was made of, and what becomes of it.

Each is a function of the namespace's name, for the names of what is outside of it, that returns the objects before and after.
"""
import copy

from objects import (account, config_map, deployment, job, marked, role, role_binding, secret, service, stateful_set, thing)

KEEP = {"helm.sh/resource-policy": "keep"}


def claim(name, storage="1Gi", mode="ReadWriteOnce"):
    return thing("PersistentVolumeClaim", name, spec={"accessModes": [mode], "resources": {"requests": {"storage": storage}}})


def changed(each, **spec):
    each = copy.deepcopy(each)
    each["spec"].update(spec)
    return each


def accepted(_):
    """Everything comes through: new, changed, unchanged, dropped, kept."""
    before = [config_map("same", key="1"), config_map("changes", key="1", other="2"), config_map("goes", key="1"),
              marked(config_map("kept", key="1"), **KEEP), secret("s", password="1"), account("a"), service("web"),
              deployment("web"), stateful_set("db"), claim("data"), role("r", "get"), role_binding("r", "r", "someone"),
              config_map("fixed", immutable=True, key="1")]
    after = [config_map("same", key="1"), config_map("changes", key="3", new="2"), config_map("comes", key="1"),
             secret("s", password="2"), account("a"), service("web", type="NodePort"), deployment("web", image="other"),
             changed(stateful_set("db"), replicas=2), claim("data"), role("r", "get", "list"), role_binding("r", "r", "someone", ),
             config_map("fixed", immutable=True, key="1"), service("new"), deployment("new"), job("new"), claim("new"),
             role("new", "get"), role_binding("new", "new", "someone")]
    return before, after


def rejected(_):
    """Changes that are refused, each for a reason of its own."""
    before = [config_map("same", key="1"), config_map("fixed", immutable=True, key="1"), service("web"), deployment("web"),
              stateful_set("db"), claim("data", storage="2Gi"), job("j"), role("r", "get"), role_binding("r", "r", "someone"),
              config_map("goes")]
    after = [config_map("same", key="2"), config_map("fixed", immutable=True, key="2"), service("web", clusterIP="None"),
             deployment("web", app="other"), stateful_set("db", storage="2Gi"), claim("data", storage="1Gi"), job("j", image="other"),
             role("r", "get"), role_binding("r", "other", "someone")]
    return before, after


def refused_creation(_):
    """The real Helm stops at it."""
    before = [config_map("a", key="1"), config_map("goes")]
    after = [config_map("a", key="2"), service("web", type="Unheard"), deployment("later"), config_map("new")]
    return before, after


ALL = [accepted, rejected, refused_creation]
