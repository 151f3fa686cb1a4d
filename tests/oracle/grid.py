"""Upgrades in which one thing after another is tried: what a release was made of, and what becomes of it.

Each is a function of a Setting, since what is outside of the namespace needs names of its own, and a control plane does not
serve every API version.
"""
import zlib

from kinds import (GROUP, KEEP, autoscaler, budget, claim, cron_job, daemon_set, definition, hook, in_namespace,
                   ingress, ingress_class, limit_range, named, network_policy, pod, priority_class, quota, stateful, storage_class,
                   volume, webhook, widget)
from objects import account, config_map, deployment, job, marked, role, role_binding, secret, service, thing
from upgrades import Upgrade


def accepted(_):
    """Everything comes through: new, changed, unchanged, dropped, kept."""
    before = [config_map("same", key="1"), config_map("changes", key="1", other="2"), config_map("goes", key="1"),
              marked(config_map("kept", key="1"), **KEEP), secret("s", password="1"), account("a"), service("web"),
              deployment("web"), stateful("db"), claim("data"), role("r", "get"), role_binding("r", "r", "someone"),
              config_map("fixed", immutable=True, key="1"), config_map("drops-a-key", key="1", other="2")]
    after = [config_map("same", key="1"), config_map("changes", key="3", new="2"), config_map("comes", key="1"),
             secret("s", password="2"), account("a"), service("web", type="NodePort"), deployment("web", image="other"),
             stateful("db", replicas=2), claim("data"), role("r", "get", "list"), role_binding("r", "r", "someone-else"),
             config_map("fixed", immutable=True, key="1"), service("new"), deployment("new"), job("new"), claim("new"),
             role("new", "get"), role_binding("new", "new", "someone"), config_map("drops-a-key", key="1")]
    return Upgrade(before, after)


def rejected(_):
    """Changes that are refused, each for a reason of its own."""
    before = [config_map("same", key="1"), config_map("fixed", immutable=True, key="1"), service("web"), deployment("web"),
              stateful("db"), claim("data", storage="2Gi"), job("j"), role("r", "get"), role_binding("r", "r", "someone"),
              config_map("goes"), thing("Secret", "typed", type="Opaque", stringData={"key": "1"})]
    after = [config_map("same", key="2"), config_map("fixed", immutable=True, key="2"), service("web", clusterIP="None"),
             deployment("web", app="other"), stateful("db", storage="2Gi"), claim("data", storage="1Gi"), job("j", image="other"),
             role("r", "get"), role_binding("r", "other", "someone"),
             thing("Secret", "typed", type="kubernetes.io/basic-auth", stringData={"username": "1", "password": "2"})]
    return Upgrade(before, after)


def refused_creation(_):
    """The real Helm stops at it."""
    before = [config_map("a", key="1"), config_map("goes")]
    after = [config_map("a", key="2"), service("web", type="Unheard"), deployment("later"), config_map("new")]
    return Upgrade(before, after)


def other_kinds(here):
    """The less common kinds, in the namespace and outside of any: new, changed, and refused changes."""
    def objects(suffix, **new):
        get = lambda key, old: new.get(key, old)  # noqa: E731
        return [
            daemon_set("d" + suffix, get("image", "none")), cron_job(here, "c" + suffix, get("schedule", "0 0 * * *")),
            budget(here, "b" + suffix), autoscaler("h" + suffix, get("most", 3)), network_policy("n" + suffix, get("port", 80)),
            ingress("i" + suffix, get("host", "example.com")), limit_range("l" + suffix, get("limit", "2")),
            quota("q" + suffix, pods=get("pods", "50")), pod("p" + suffix, get("pod_image", "none")),
            priority_class(named(here, "p" + suffix), get("value", 1000)), storage_class(named(here, "s" + suffix), get("reclaim", "Delete")),
            ingress_class(named(here, "i" + suffix), get("controller", "example.com/a")),
            webhook(named(here, "v" + suffix), get("url", "https://127.0.0.1:1/")),
            webhook(named(here, "m" + suffix), kind="MutatingWebhookConfiguration"), volume(named(here, "v" + suffix), get("size", "1Gi")),
            role(named(here, "c" + suffix), *get("verbs", ["get"]), kind="ClusterRole"),
            role_binding(named(here, "c" + suffix), named(here, get("bound", "c" + suffix)), "someone", "ClusterRoleBinding", "ClusterRole")]
    before = [*objects("1"), *objects("2"), *objects("3")]
    good = objects("1", image="other", schedule="1 0 * * *", most=4, port=81, host="other.example.com", limit="3", pods="60",
                   pod_image="other", url="https://127.0.0.1:2/", size="2Gi", verbs=["get", "list"])
    bad = objects("2", value=2000, reclaim="Retain", controller="example.com/b", bound="other", schedule="never", most=0,
                  port="no_port_has_such_a_long_name")
    return Upgrade(before, [*good, *bad, *objects("4")])


def elsewhere(here):
    """Objects in another namespace, and in one that comes with the chart."""
    other, new = named(here, "other"), named(here, "new")
    before = [config_map("a", key="1"), thing("Namespace", other), in_namespace(other, config_map("a", key="1")),
              in_namespace(other, config_map("goes"))]
    after = [config_map("a", key="1"), thing("Namespace", other), in_namespace(other, config_map("a", key="2")),
             in_namespace(other, service("web")), thing("Namespace", new), in_namespace(new, config_map("a"))]
    return Upgrade(before, after)


def nowhere(here):
    return Upgrade([config_map("a")], [config_map("a", key="1"), in_namespace(named(here, "none"), config_map("a")), service("web")])


def lists_and_duplicates(_):
    def a_list(*items):
        return {"apiVersion": "v1", "kind": "List", "items": list(items)}
    before = [a_list(config_map("a", key="1"), service("a")), config_map("twice", key="1"), config_map("in-a-list")]
    after = [a_list(config_map("a", key="2"), service("a"), config_map("new", key="1")), config_map("twice", key="2"),
             config_map("twice", key="3"), config_map("new-twice", key="1"), config_map("new-twice", key="2")]
    return Upgrade(before, after)


def generated_name(_):
    each = config_map("a")
    each["metadata"] = {"generateName": "made-"}
    return Upgrade([config_map("a")], [config_map("a", key="1"), each, config_map("b")])


def another_version(here):
    """The same objects under another API version or group."""
    old, new = ("extensions/v1beta1", "networking.k8s.io/v1") if here.old else ("networking.k8s.io/v1", "networking.k8s.io/v1")
    newer = "autoscaling/v2beta2" if here.old else "autoscaling/v2"
    before = [ingress("web", version=old), autoscaler("web"), config_map("a"), deployment("web")]
    after = [ingress("web", version=new), autoscaler("web", version=newer), config_map("a", key="1"), deployment("web")]
    return Upgrade(before, after)


def drifted(_):
    """What others have done since: a changed field, a deleted object, one that is gone and dropped."""
    def prepare(namespace):
        namespace.patch("Deployment", "web", {"spec": {"replicas": 3}})
        namespace.patch("ConfigMap", "changed", {"data": {"key": "theirs", "more": "theirs"}})
        namespace.patch("ConfigMap", "also", {"data": {"key": None}})
        namespace.patch("ConfigMap", "unowned", {"metadata": {"labels": None}})
        for name in ("gone", "gone-and-dropped"):
            namespace.remove("ConfigMap", name)
        namespace.patch("ConfigMap", "held", {"metadata": {"finalizers": ["example.com/held"]}})
        namespace.remove("ConfigMap", "held")
    before = [deployment("web"), config_map("changed", key="1"), config_map("also", key="1"), config_map("gone"),
              config_map("gone-and-dropped"), config_map("unowned", key="1"), config_map("held", key="1")]
    after = [deployment("web", image="other"), config_map("changed", key="2"), config_map("also", key="1"), config_map("gone", key="1"),
             config_map("unowned", key="2"), config_map("held", key="2")]
    return Upgrade(before, after, prepare=prepare)


def foreign(_):
    def prepare(namespace):
        namespace.create(config_map("theirs", key="1"), service("web"))
    return Upgrade([config_map("a", key="1")], [config_map("a", key="2"), config_map("theirs", key="2"), service("web")], prepare=prepare)


def custom_resources(here):
    """Of a definition that is there already, and one of the chart's own."""
    own = named(here, "own.example.com")
    parts = [{"name": "a", "size": 1}, {"name": "b", "size": 2}]
    before = [widget("same"), widget("changes", parts=parts), widget("goes"), widget("bad", colour="red"), widget("fixed", fixed="1"),
              widget("drifts", shape="square"), definition(here, "Thing", own)]
    after = [widget("same"), widget("changes", 2, parts=parts[1:], colour="red"), widget("bad", colour="blue"), widget("fixed", fixed="2"),
             widget("new", parts=parts), widget("drifts", 3), definition(here, "Thing", own, additionalPrinterColumns=[
                 {"name": "size", "type": "integer", "jsonPath": ".spec.size"}])]

    def prepare(namespace):
        namespace.patch(GROUP + "/v1 Widget", "drifts", {"spec": {"shape": "long", "size": 9}})
    return Upgrade(before, after, prepare=prepare)


def unknown_kinds(_):
    return Upgrade([config_map("a")], [config_map("a", key="1"), thing("Unheard", "u", "example.com/v1")])


def unknown_fields(_):
    return Upgrade([config_map("a"), service("web")], [config_map("a", key="1"), service("web", unheard=True)])


def hooks(_):
    """Which come and go around the upgrade: made anew, left over and in the way, refused."""
    def prelude(namespace):
        namespace.create(config_map("hook-left-over"))
    before = [config_map("a", key="1")]
    after = [config_map("a", key="2"), config_map("b"), hook(config_map("hook-first", key="1"), "pre-upgrade", -5),
             hook(config_map("hook-second"), "pre-upgrade", 5, "hook-succeeded"), hook(config_map("hook-left-over"), "pre-upgrade"),
             hook(service("hook-last"), "post-upgrade", delete="before-hook-creation,hook-succeeded"),
             hook(config_map("hook-other"), "post-rollback")]
    return Upgrade(before, after, prelude=prelude)


def hook_in_the_way(_):
    def prelude(namespace):
        namespace.create(config_map("hook-left-over"))
    return Upgrade([config_map("a", key="1")], [config_map("a", key="2"), hook(config_map("hook-left-over"), "pre-upgrade", delete="hook-succeeded")],
                   prelude=prelude)


def refused_hook(_):
    return Upgrade([config_map("a", key="1")], [config_map("a", key="2"), hook(service("hook-last", type="Unheard"), "post-upgrade")])


def long_history(_):
    """Helm deletes the oldest of its records."""
    return Upgrade([config_map("a", key="1")], [config_map("a", key="2")], ("--history-max", "1"), revisions=3)


def managed_by_others(here):
    """Fields that somebody else manages."""
    def prepare(namespace):
        path = namespace.path("ConfigMap", "a") + "?fieldManager=someone&force=true"
        namespace.plane.ask("PATCH", path, config_map("a", key="theirs"), "application/apply-patch+yaml")
        namespace.patch("Deployment", "web", {"spec": {"replicas": 3}})
    before = [config_map("a", key="1"), deployment("web")]
    return Upgrade(before, [config_map("a", key="2"), deployment("web", image="other")], prepare=prepare)


def earlier_objects(here):
    """What only becomes possible, or impossible, by earlier objects of the same upgrade."""
    after = [priority_class(named(here, "p")), account("a"), config_map("c"),
             pod("new-account", serviceAccountName="a"), pod("new-class", priorityClassName=named(here, "p")), deployment("web")]
    return Upgrade([config_map("c")], after)


def ports_that_move(here):
    """An address or port that one Service lets go of and another one takes."""
    def port(name, number):
        return service(name, type="NodePort", ports=[{"port": 80, "protocol": "TCP", **({"nodePort": number} if number else {})}])
    number = 30000 + zlib.crc32(here.namespace.encode()) % 2700
    return Upgrade([port("a", number), port("b", 0)], [port("a", number + 1), port("b", number)])


def counted_together(_):
    """A quota that has room for each, and not for both."""
    def prelude(namespace):
        namespace.create(quota("q", **{"count/configmaps": "3"}))  # kube-root-ca.crt is one, from 1.20 on
    return Upgrade([config_map("a")], [config_map("a"), config_map("b"), config_map("c"), config_map("d")], prelude=prelude)


ALL = [accepted, rejected, refused_creation, other_kinds, elsewhere, nowhere, lists_and_duplicates, generated_name, another_version,
       drifted, foreign, custom_resources, unknown_kinds, unknown_fields, hooks, hook_in_the_way, refused_hook, long_history,
       managed_by_others, earlier_objects, ports_that_move, counted_together]
