"""Upgrades of what may not be changed, and under rules that others have made: admission, hooks, marks, definitions."""
import kinds
from cluster import Refused, until
from kinds import KEEP, claim, definition, hook, in_namespace, named, policy, storage_class, webhook, widget
from objects import config_map, deployment, job, marked, secret, service, thing
from upgrades import Upgrade, only


def immutables(_):
    """What becomes immutable, stays so, is changed all the same, and gets another label."""
    def fixed(make, name, value):
        return {**make(name, key=value), "immutable": True}
    both = (config_map, secret)
    before = [each for make in both for each in (
        make("becomes", key="1"), fixed(make, "stays", "1"), fixed(make, "changed", "1"), fixed(make, "freed", "1"),
        fixed(make, "labelled", "1"), fixed(make, "goes", "1"))]
    after = [each for make in both for each in (
        make("becomes", key="2") | {"immutable": True}, fixed(make, "stays", "1"), fixed(make, "changed", "2"), make("freed", key="1"),
        marked(fixed(make, "labelled", "1"), {"label": "new"}))]
    return Upgrade(before, after)


def jobs(_):
    before = [job("same"), job("labelled"), job("changed"), job("goes")]
    return Upgrade(before, [job("same"), marked(job("labelled"), {"label": "new"}), job("changed", image="other"), job("new")])


def claims(here):
    """That grow, where their class allows it and where it does not."""
    name = named(here, "grows")
    grows = storage_class(name, expansion=True, provisioner="kubernetes.io/host-path")
    before = [grows, claim("grows", storageClassName=name), claim("can-not", "1Gi"), claim("same"), claim("goes")]
    return Upgrade(before, [grows, claim("grows", "2Gi", storageClassName=name), claim("can-not", "2Gi"), claim("same"),
                            claim("new", storageClassName=named(here, "none"))])


def kept(_):
    """By a mark in the old manifest, by one that somebody has set, by one that the new chart brings or drops."""
    def prepare(namespace):
        namespace.patch("ConfigMap", "by-somebody", {"metadata": {"annotations": KEEP}})
        namespace.patch("ConfigMap", "taken-off", {"metadata": {"annotations": {"helm.sh/resource-policy": None}}})
    before = [marked(config_map("by-the-chart"), **KEEP), config_map("by-somebody"), marked(config_map("taken-off"), **KEEP),
              config_map("comes"), marked(config_map("goes"), **KEEP), config_map("a", key="1")]
    return Upgrade(before, [marked(config_map("comes"), **KEEP), config_map("goes"), config_map("a", key="2")], prepare=prepare)


kept.always = ("3-to-4-server",)  # a mark goes with the fields that are handed over


def all_goes(here):
    """Of every kind there is something to delete, a namespace with what is in it, too."""
    other = named(here, "other")
    before = [config_map("a"), secret("s", key="1"), service("web"), deployment("web"), job("j"), widget("w"), thing("Namespace", other),
              in_namespace(other, config_map("a")), definition(here, "Thing", named(here, "own.example.com"))]
    return Upgrade(before, [config_map("b")])


def full_history(_):
    """Helm deletes its oldest record and an object."""
    return Upgrade([config_map("a", key="1"), config_map("goes")], [config_map("a", key="2")], ("--history-max", "2"), revisions=3)


def own_definition(here):
    """A definition among the templates with an object of it: Helm looks for the kind before it writes anything."""
    group = named(here, "own.example.com")
    return Upgrade([config_map("a")], [config_map("a", key="1"), definition(here, "Thing", group), thing("Thing", "t", group + "/v1", spec={"size": 1})])


def lists_of_custom_resources(_):
    """Of which nothing is left, or only what is applied."""
    parts = [{"name": "a", "size": 1}, {"name": "b"}]
    before = [widget("dropped", parts=parts), widget("emptied", parts=parts), widget("one-goes", parts=parts), widget("field-goes", colour="red")]
    return Upgrade(before, [widget("dropped"), widget("emptied", parts=[]), widget("one-goes", parts=parts[:1]), widget("field-goes")])


def one_or_the_other(here):
    """Of two fields only one may be set: what goes stands in the way of what comes, unless both happen at once."""
    before = [kinds.budget(here, "b", minAvailable=1), deployment("rolls"), deployment("bad"), config_map("a", key="1")]
    before[1]["spec"]["strategy"] = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}}
    after = [kinds.budget(here, "b", maxUnavailable=1), deployment("rolls"), deployment("bad"), config_map("a", key="2")]
    after[1]["spec"]["strategy"] = {"type": "Recreate"}
    after[2]["spec"] |= {"strategy": {"type": "Recreate"}, "replicas": -1}
    return Upgrade(before, after)


# --- hooks ----------------------------------------------------------------------------------------------------------

def hooks_of_all_kinds(_):
    """By weight and name, of one kind and another, for one event and for several; Jobs, for which Helm waits."""
    after = [config_map("a", key="2"), hook(job("hook-job"), "pre-upgrade", 1, "before-hook-creation,hook-succeeded"),
             hook(config_map("hook-light"), "pre-upgrade,post-upgrade", -9), hook(secret("hook-secret", key="1"), "pre-upgrade", 1, "hook-failed"),
             hook(config_map("hook-late"), "post-upgrade", 3, "hook-succeeded,hook-failed"), hook(config_map("hook-install"), "post-install"),
             hook(thing("ServiceAccount", "hook-account"), "post-upgrade", -3)]
    return Upgrade([config_map("a", key="1")], after)


def hooks_left_over(_):
    """From the upgrade before: some by their policy, one because it failed."""
    left = [hook(config_map("hook-stays"), "pre-install,pre-upgrade", 0, "hook-failed"), hook(config_map("hook-anew"), "pre-install,pre-upgrade")]
    return Upgrade([config_map("a", key="1"), *left], [config_map("a", key="2"), *left])


def refused_first_hook(_):
    return Upgrade([config_map("a", key="1")], [config_map("a", key="2"), hook(config_map("hook-bad", **{"no key!": "1"}), "pre-upgrade")])


# --- admission ------------------------------------------------------------------------------------------------------

def hostile(here, name, *operations, resource="configmaps", group="", **more):
    """A webhook that nobody answers, for the objects of this namespace with a mark."""
    rule = {"apiGroups": [group], "apiVersions": ["v1"], "operations": list(operations), "resources": [resource]}
    return webhook(named(here, name), rule=rule, failurePolicy="Fail", namespaceSelector={"matchLabels": {"test": here.namespace}}, **more)


def called_for(here):
    def prelude(namespace):
        namespace.plane.ask("PATCH", f"/api/v1/namespaces/{namespace.name}", {"metadata": {"labels": {"test": here.namespace}}},
                            "application/merge-patch+json")
    return prelude


def marked_for(value, each):
    return marked(each, {"asked": value})


def refused_by_a_webhook(here):
    """Which is there, and is asked about changes of one of the objects, and about one that is new."""
    guard = hostile(here, "guard", "CREATE", "UPDATE", objectSelector={"matchLabels": {"asked": "yes"}})

    def prepare(namespace):
        called_for(here)(namespace)
        namespace.create_for_all(guard)
    before = [config_map("a", key="1"), marked_for("yes", config_map("guarded", key="1")), marked_for("yes", config_map("same", key="1"))]
    after = [config_map("a", key="2"), marked_for("yes", config_map("guarded", key="2")), marked_for("yes", config_map("same", key="1")),
             marked_for("yes", config_map("new", key="1"))]
    return Upgrade(before, after, prepare=prepare, made=[guard])


def deletion_asked_about(here):
    """By a webhook, about one of the objects that go."""
    guard = hostile(here, "guard", "DELETE", objectSelector={"matchExpressions": [{"key": "asked", "operator": "In", "values": ["yes"]}]})

    def prepare(namespace):
        called_for(here)(namespace)
        namespace.create_for_all(guard)
    before = [config_map("a", key="1"), marked_for("yes", config_map("goes")), marked_for("no", config_map("also")), secret("s", key="1")]
    return Upgrade(before, [config_map("a", key="2")], prepare=prepare, made=[guard])


def webhook_of_its_own(here):
    """The chart brings a webhook that is asked about what Helm writes after it."""
    guard = hostile(here, "guard", "CREATE", "UPDATE", resource="widgets", group=kinds.GROUP)
    return Upgrade([config_map("a"), widget("w")], [config_map("a", key="1"), guard, widget("w", 2), widget("new")], prelude=called_for(here))


@only(planes=("1.20.2",))
def webhook_without_dry_run(here):
    """Newer API servers take none."""
    guard = hostile(here, "guard", "CREATE", "UPDATE")
    guard["apiVersion"] = "admissionregistration.k8s.io/v1beta1"
    guard["webhooks"][0] |= {"sideEffects": "Some", "failurePolicy": "Ignore"}

    def prepare(namespace):
        called_for(here)(namespace)
        namespace.create_for_all(guard)
    return Upgrade([config_map("a", key="1"), service("web")], [config_map("a", key="2"), config_map("b"), service("web", type="NodePort")],
                   prepare=prepare, made=[guard])


@only(planes=("1.34.2",))
def refused_by_a_policy(here):
    mine = policy(named(here, "changes"), here.namespace, "!has(object.data) || !('bad' in object.data)", "CREATE", "UPDATE")

    def prepare(namespace):
        namespace.create_for_all(*mine)
        until(lambda: refuses(namespace, config_map("tried", bad="1")), "the policy holds")
    before = [config_map("a", key="1"), config_map("guarded", key="1")]
    return Upgrade(before, [config_map("a", key="2"), config_map("guarded", bad="1"), config_map("new", bad="1")], prepare=prepare, made=mine)


@only(planes=("1.34.2",))
def deletion_under_a_policy(here):
    mine = policy(named(here, "deletions"), here.namespace, "oldObject.metadata.name != 'goes'", "DELETE")
    before = [config_map("a", key="1"), config_map("goes"), config_map("also"), secret("s", key="1")]
    return Upgrade(before, [config_map("a", key="2")], prepare=lambda namespace: namespace.create_for_all(*mine), made=mine)


def refuses(namespace, each, code=422):
    """A new policy holds a moment later."""
    try:
        namespace.plane.ask("POST", namespace.path(each["kind"]) + "?dryRun=All", each)
    except Refused as refused:
        return refused.code == code
    return False


ALL = [immutables, jobs, claims, kept, all_goes, full_history, own_definition, one_or_the_other, lists_of_custom_resources, hooks_of_all_kinds, hooks_left_over,
       refused_first_hook, refused_by_a_webhook, deletion_asked_about, webhook_of_its_own, webhook_without_dry_run, refused_by_a_policy, deletion_under_a_policy]
