"""Upgrades past webhooks that answer: they change what Helm writes, refuse it, warn, or take too long."""
from cluster import until
from grid_rules import called_for, refuses
from kinds import named, webhook
from objects import account, config_map, deployment, marked
from upgrades import Upgrade


def answering(here, way, *operations, resource="configmaps", group="", **more):
    """For the objects of this namespace."""
    kind = "MutatingWebhookConfiguration" if way.startswith(("add", "pin")) else "ValidatingWebhookConfiguration"

    def asked(name, way, group, resource, *operations, **rest):
        rule = {"apiGroups": [group], "apiVersions": ["v1"], "operations": list(operations), "resources": [resource]}
        return webhook(named(here, name), kind=kind, rule=rule, clientConfig=here.answering.client(way),
                       **{"failurePolicy": "Fail", "namespaceSelector": {"matchLabels": {"test": here.namespace}}, **rest})
    made = asked(way, way, group, resource, *operations, **{"timeoutSeconds": 10, **more})
    probe = asked(way, "refuse", "", "serviceaccounts", "CREATE", objectSelector={"matchLabels": {"probe": made["metadata"]["name"]}})
    made["webhooks"] += [{**each, "name": "probe.example.com"} for each in probe["webhooks"]]
    return made


def hold(namespace, webhooks):
    """New ones are asked a moment later: then the probe that each of them has is refused."""
    for each in webhooks:
        probe = marked(account("probe"), {"probe": each["metadata"]["name"]})
        until(lambda probe=probe: refuses(namespace, probe, 403), "the webhook is asked")


def past(here, webhooks, before, after, first=False):
    """`first`: the webhooks are there before the release is."""
    def begin(namespace):
        called_for(here)(namespace)
        namespace.create_for_all(*webhooks)
        hold(namespace, webhooks)
    when = {"prelude": begin} if first else {"prepare": begin}
    return Upgrade(before, after, made=webhooks, **when)


def always_defaulted(here):
    """What the webhook adds is not in the chart, and stays."""
    before = [config_map("a", key="1"), config_map("set", key="1", added="by-chart"), config_map("goes", key="1")]
    after = [config_map("a", key="2"), config_map("set", key="2"), config_map("new")]
    return past(here, [answering(here, "add-key", "CREATE", "UPDATE")], before, after, first=True)


def lately_defaulted(here):
    """The webhook came after the release."""
    before = [config_map("a", key="1"), config_map("same", key="1"), config_map("empty")]
    after = [config_map("a", key="2"), config_map("same", key="1"), config_map("empty", key="1"), config_map("new", key="1")]
    return past(here, [answering(here, "add-key", "CREATE", "UPDATE")], before, after)


def pinned(here):
    """Whatever the chart says, the webhook sets something else: before and after, or only from now on."""
    before, after = [config_map("a", key="1"), config_map("same", key="1")], [config_map("a", key="2"), config_map("same", key="1")]
    return past(here, [answering(here, "pin-key", "CREATE", "UPDATE")], before, after, first=True)


def mirrored(here):
    """Images of workloads, in what the release has made and in what is new."""
    hook = answering(here, "pin-image", "CREATE", "UPDATE", resource="deployments", group="apps")
    return past(here, [hook], [deployment("web"), deployment("same")], [deployment("web", image="other"), deployment("same"), deployment("new")], first=True)


def refused_by_content(here):
    before = [config_map("a", key="1"), config_map("turns", key="1")]
    after = [config_map("a", key="2"), config_map("turns", bad="1"), config_map("new", bad="1")]
    return past(here, [answering(here, "refuse-bad", "CREATE", "UPDATE")], before, after)


def change_refused(here):
    before = [config_map("a", key="1"), config_map("same", key="1")]
    return past(here, [answering(here, "refuse-change", "CREATE", "UPDATE")], before, [config_map("a", key="2"), config_map("same", key="1"), config_map("new")])


def deletion_refused(here):
    return past(here, [answering(here, "refuse", "DELETE")], [config_map("a", key="1"), config_map("goes")], [config_map("a", key="2")])


def warned(here):
    return past(here, [answering(here, "warn", "CREATE", "UPDATE")], [config_map("a", key="1")], [config_map("a", key="2"), config_map("new")])


def too_slow_and_missed(here):
    """It is let pass when the time is over."""
    hook = answering(here, "dawdle", "UPDATE", timeoutSeconds=1, failurePolicy="Ignore")
    return past(here, [hook], [config_map("a", key="1")], [config_map("a", key="2"), config_map("new")])


def too_slow_and_needed(here):
    hook = answering(here, "dawdle", "UPDATE", timeoutSeconds=1)
    return past(here, [hook], [config_map("a", key="1")], [config_map("a", key="2"), config_map("new")])


def one_after_the_other(here):
    """The second sees what the first has made of it."""
    both = [answering(here, "add-key", "CREATE", "UPDATE"), answering(here, "refuse-change", "UPDATE")]
    return past(here, both, [config_map("a", key="1"), config_map("b", key="1")], [config_map("a", key="1"), config_map("b", key="2")])


ALL = [always_defaulted, lately_defaulted, pinned, mirrored, refused_by_content, change_refused, deletion_refused, warned, too_slow_and_missed,
       too_slow_and_needed, one_after_the_other]
