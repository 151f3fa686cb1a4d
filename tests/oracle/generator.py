"""Random upgrades: a seed makes a release of some objects and what becomes of it, legal or not.

Each kind is a builder and, for each of its arguments, what it may be. A release is made of the first ones, which are good; in
an upgrade an argument may become any of them, and of the bad ones too where the upgrade is to fail.
"""
import random

import kinds
from objects import account, marked, pod_template, role_binding, thing
from upgrades import Upgrade

WORDS = ("alpha", "beta", "gamma")


class Field:
    def __init__(self, *good, bad=()):
        """`bad`: what the API server refuses of a new object or, more often, of a changed one."""
        self.good, self.bad = good, tuple(bad)


def config_map(name, data, immutable, binary):
    return thing("ConfigMap", name, data=data, **given(immutable=immutable, binaryData=binary))


def secret(name, data, immutable, of_type):
    return thing("Secret", name, stringData=data, **given(immutable=immutable, type=of_type))


def service_account(name, mounts, pulls):
    return {**account(name), **given(automountServiceAccountToken=mounts, imagePullSecrets=pulls)}


def service(name, of_type, ports, address, affinity, policy, unready):
    spec = {"selector": {"app": name}, "ports": [{"name": f"p{port}", "port": port, "protocol": "TCP"} for port in ports],
            **given(type=of_type, sessionAffinity=affinity, publishNotReadyAddresses=unready)}
    if address and of_type in (None, "ClusterIP"):
        spec["clusterIP"] = address
    if policy and of_type in ("NodePort", "LoadBalancer"):
        spec["externalTrafficPolicy"] = policy
    if of_type == "ExternalName":
        spec = {"type": of_type, "externalName": "example.com"}
    return thing("Service", name, spec=spec)


def containers(images, variables, ports, probe):
    return [{"name": f"c{i}", "image": image, "env": [{"name": key, "value": value} for key, value in variables],
             "ports": [{"containerPort": port, "protocol": "TCP"} for port in ports],
             **({"livenessProbe": {"tcpSocket": {"port": 80}, "periodSeconds": probe}} if probe else {})}
            for i, image in enumerate(images)]


def template(app, images, variables, ports, probe, volumes, annotation):
    each = pod_template(app)
    each["metadata"].update(given(annotations=annotation))
    each["spec"] = {"containers": containers(images, variables, ports, probe),
                    "volumes": [{"name": volume, "emptyDir": {}} for volume in volumes]}
    return each


TEMPLATE = {
    "images": Field(["a"], ["b"], ["a", "b"], ["b", "c"], bad=([""], [])),
    "variables": Field([], [("A", "1")], [("A", "2"), ("B", "1")], [("B", "1"), ("A", "2")], bad=([("", "1")],)),
    "ports": Field([], [80], [80, 81], [81], bad=([0], [70000])),
    "probe": Field(None, 5, 10, bad=(-1,)),
    "volumes": Field([], ["v"], ["v", "w"], ["w"], bad=(["V_V"], ["v", "v"])),
    "annotation": Field(None, {"a": "1"}, {"b": "1"}),
}


def deployment(name, app, replicas, strategy, history, **pod):
    return thing("Deployment", name, "apps/v1", spec={
        "selector": {"matchLabels": {"app": app}}, "template": template(app, **pod),
        **given(replicas=replicas, strategy=strategy, revisionHistoryLimit=history)})


def stateful_set(name, app, replicas, storage, governing, management, **pod):
    claim = {"metadata": {"name": "data"},
             "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": storage}}}}
    return thing("StatefulSet", name, "apps/v1", spec={
        "serviceName": governing, "selector": {"matchLabels": {"app": app}}, "template": template(app, **pod),
        "volumeClaimTemplates": [claim], **given(replicas=replicas, podManagementPolicy=management)})


def daemon_set(name, app, update, **pod):
    return thing("DaemonSet", name, "apps/v1", spec={
        "selector": {"matchLabels": {"app": app}}, "template": template(app, **pod), **given(updateStrategy=update)})


def job(name, parallel, deadline, image):
    pod = pod_template(name, image=image)
    pod["spec"]["restartPolicy"] = "Never"
    return thing("Job", name, "batch/v1", spec={"template": pod, **given(parallelism=parallel, activeDeadlineSeconds=deadline)})


def cron_job(here, name, schedule, suspend, policy):
    each = kinds.cron_job(here, name, schedule)
    each["spec"].update(given(suspend=suspend, concurrencyPolicy=policy))
    return each


def claim(name, storage, modes, mode):
    return thing("PersistentVolumeClaim", name, spec={
        "accessModes": modes, "resources": {"requests": {"storage": storage}}, **given(volumeMode=mode)})


def role(name, verbs, resources, kind="Role"):
    return thing(kind, name, "rbac.authorization.k8s.io/v1",
                 rules=[{"apiGroups": [""], "resources": [resource], "verbs": verbs} for resource in resources])


def binding(name, to, user):
    return role_binding(name, to, user, role_kind="ClusterRole")


def network_policy(name, ports, types):
    return thing("NetworkPolicy", name, "networking.k8s.io/v1", spec={
        "podSelector": {}, "ingress": [{"ports": [{"port": port, "protocol": "TCP"} for port in ports]}], **given(policyTypes=types)})


def ingress(name, host, path, of_type, class_name, tls):
    backend = {"service": {"name": name, "port": {"number": 80}}}
    return thing("Ingress", name, "networking.k8s.io/v1", spec={
        "rules": [{"host": host, "http": {"paths": [{"path": path, "pathType": of_type, "backend": backend}]}}],
        **given(ingressClassName=class_name, tls=tls)})


def budget(here, name, least, most):
    return kinds.budget(here, name, **given(minAvailable=least, maxUnavailable=None if least is not None else most))


def autoscaler(name, least, most):
    return kinds.autoscaler(name, most, minReplicas=least)


def limit_range(name, most):
    return kinds.limit_range(name, most)


def quota(name, pods, maps):
    return kinds.quota(name, **{"pods": pods, "count/configmaps": maps})


def pod(name, image, deadline, grace):
    return kinds.pod(name, image, **given(activeDeadlineSeconds=deadline, terminationGracePeriodSeconds=grace))


def widget(name, size, **fields):
    return kinds.widget(name, size, **given(**fields))


def priority_class(name, value, description, policy):
    each = kinds.priority_class(name, value)
    each.update(given(description=description, preemptionPolicy=policy))
    return each


def storage_class(name, reclaim, expansion, binding_mode):
    return {**kinds.storage_class(name, reclaim, expansion), **given(volumeBindingMode=binding_mode)}


def webhook(name, url, policy):
    each = kinds.webhook(name, url)
    each["webhooks"][0]["failurePolicy"] = policy
    return each


def namespace(name, label):
    return {**thing("Namespace", name), "metadata": {"name": name, "labels": {"label": label}}}


def given(**fields):
    return {key: value for key, value in fields.items() if value is not None}


DATA = Field({"a": "1"}, {"a": "2"}, {"a": "1", "b": "1"}, {}, {"b": "x" * 100}, bad=({"no key!": "1"},))

# By kind: the builder, and its fields.
KINDS = {
    "cm": (config_map, {"data": DATA, "immutable": Field(None, None, False, True), "binary": Field(None, None, {"bin": "AAAA"})}),
    "se": (secret, {"data": DATA, "immutable": Field(None, None, None, True), "of_type": Field(None, "Opaque", bad=("kubernetes.io/tls",))}),
    "sa": (service_account, {"mounts": Field(None, True, False), "pulls": Field(None, [{"name": "a"}], [{"name": "a"}, {"name": "b"}])}),
    "sv": (service, {"of_type": Field(None, "ClusterIP", "NodePort", "LoadBalancer", "ExternalName", bad=("Unheard",)),
                     "ports": Field([80], [81], [80, 81], [81, 80], bad=([], [80, 80])), "address": Field(None, None, "None", bad=("1.2.3.4",)),
                     "affinity": Field(None, "None", "ClientIP", bad=("Unheard",)), "policy": Field(None, "Local", "Cluster", bad=("Unheard",)),
                     "unready": Field(None, True, False)}),
    "de": (deployment, {"app": Field("app", bad=("other",)), "replicas": Field(None, 1, 2, bad=(-1,)),
                        "strategy": Field(None, {"type": "Recreate"}, {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}},
                                          bad=({"type": "Recreate", "rollingUpdate": {"maxSurge": 1}},)),
                        "history": Field(None, 1, 3, bad=(-1,)), **TEMPLATE}),
    "st": (stateful_set, {"app": Field("app", bad=("other",)), "replicas": Field(None, 1, 2, bad=(-1,)), "storage": Field("1Gi", bad=("2Gi",)),
                          "governing": Field("a", bad=("b",)), "management": Field(None, bad=("Parallel", "Unheard")), **TEMPLATE}),
    "da": (daemon_set, {"app": Field("app", bad=("other",)), "update": Field(None, {"type": "OnDelete"}, {"type": "RollingUpdate"}, bad=({"type": "Unheard"},)),
                        **TEMPLATE}),
    "jo": (job, {"parallel": Field(None, 1, 2, bad=(-1,)), "deadline": Field(None, 100, 200, bad=(-1,)), "image": Field("a", bad=("b",))}),
    "cj": (cron_job, {"schedule": Field("0 0 * * *", "1 0 * * *", bad=("never",)), "suspend": Field(None, True, False),
                      "policy": Field(None, "Allow", "Forbid", bad=("Unheard",))}),
    "pv": (claim, {"storage": Field("1Gi", bad=("2Gi", "500Mi", "-1Gi")), "modes": Field(["ReadWriteOnce"], bad=(["ReadOnlyMany"], [])),
                   "mode": Field(None, bad=("Block",))}),
    "ro": (role, {"verbs": Field(["get"], ["get", "list"], ["*"], bad=([],)), "resources": Field(["pods"], ["pods", "services"])}),
    "rb": (binding, {"to": Field("view", bad=("edit",)), "user": Field("ann", "bob")}),
    "np": (network_policy, {"ports": Field([], [80], [80, 81], bad=([0],)), "types": Field(None, ["Ingress"], ["Ingress", "Egress"], bad=(["Unheard"],))}),
    "in": (ingress, {"host": Field("a.example.com", "b.example.com", bad=("A_B",)), "path": Field("/", "/a", bad=("no-slash",)),
                     "of_type": Field("Prefix", "Exact", bad=("Unheard",)), "class_name": Field(None, "a", "b"),
                     "tls": Field(None, [{"secretName": "s", "hosts": ["a.example.com"]}])}),
    "pd": (budget, {"least": Field(None, 1, "50%", bad=(-1,)), "most": Field(1, "10%", 2)}),
    "hp": (autoscaler, {"least": Field(1, 2, bad=(0,)), "most": Field(3, 4, bad=(0, -1))}),
    "lr": (limit_range, {"most": Field("20m", "30m", bad=("-1",))}),  # each container asks for as much, and there is one node
    "qu": (quota, {"pods": Field("100", "200", bad=("-1",)), "maps": Field("100", "200")}),
    "wi": (widget, {"size": Field(1, 2, bad=(0,)), "colour": Field(None, "red", "green", bad=("blue",)), "fixed": Field("1", bad=("2",)),
                    "parts": Field(None, [], [{"name": "a"}], [{"name": "b", "size": 1}, {"name": "a"}])}),
    "po": (pod, {"image": Field("a", "b", bad=("",)), "deadline": Field(1000, 900, bad=(1100,)), "grace": Field(30, bad=(31,))}),
}
OUTSIDE = {
    "pr": (priority_class, {"value": Field(100, bad=(200,)), "description": Field(None, "a", "b"), "policy": Field(None, bad=("Never",))}),
    "sc": (storage_class, {"reclaim": Field("Delete", bad=("Retain",)), "expansion": Field(True, False), "binding_mode": Field(None, bad=("WaitForFirstConsumer",))}),
    "we": (webhook, {"url": Field("https://127.0.0.1:1/", "https://127.0.0.1:2/", bad=("http://127.0.0.1:1/",)), "policy": Field("Ignore", bad=("Unheard",))}),
    "ns": (namespace, {"label": Field("a", "b", bad=("no label!",))}),
    "cr": (lambda name, **fields: role(name, kind="ClusterRole", **fields), KINDS["ro"][1]),
}
NEED_SETTING = {cron_job, budget}


class Thing:
    """An object with its fields, from which what becomes of it is made."""

    def __init__(self, draw, here, code, name):
        self._draw, self._here = draw, here
        self._build, self._fields = (KINDS | OUTSIDE)[code]
        self._name = name if code in KINDS else kinds.named(here, name)
        self._chosen = {key: draw.choice(field.good) for key, field in self._fields.items()}
        self._labels, self._keep = draw.choice((None, None, {"label": "a"})), draw.random() < 0.1

    def object(self):
        here = (self._here,) if self._build in NEED_SETTING else ()
        built = self._build(*here, self._name, **self._chosen)
        if self._labels or self._keep:
            marked(built, self._labels, **(kinds.KEEP if self._keep else {}))
        return built

    def change(self, bad):
        """One to three fields; `bad`: at least one of them to what is refused, where there is such."""
        for key in self._draw.sample(sorted(self._chosen), min(len(self._chosen), self._draw.randint(1, 3))):
            self._chosen[key] = self._draw.choice(self._fields[key].good)
        refused = sorted(key for key, field in self._fields.items() if field.bad)
        if bad and refused:
            key = self._draw.choice(refused)
            self._chosen[key] = self._draw.choice(self._fields[key].bad)
        if self._draw.random() < 0.2:
            self._labels = {"label": self._draw.choice(WORDS)}


class Drift:
    """What others do to some objects after the installation."""

    def __init__(self, draw, objects):
        likely = [each for each in objects if each["kind"] in ("ConfigMap", "Secret", "ServiceAccount", "Service", "Role", "NetworkPolicy")]
        self._todo = [(draw.choice((remove, label, unlabel, scribble)), each) for each in likely if draw.random() < 0.3]

    def __call__(self, namespace):
        for do, each in self._todo:
            do(namespace, each)


def remove(namespace, each):
    namespace.remove(kind_of(each), each["metadata"]["name"])


def label(namespace, each):
    namespace.patch(kind_of(each), each["metadata"]["name"], {"metadata": {"labels": {"label": "theirs", "more": "theirs"}}})


def unlabel(namespace, each):
    namespace.patch(kind_of(each), each["metadata"]["name"], {"metadata": {"labels": None, "annotations": None}})


def scribble(namespace, each):
    if each["kind"] == "ConfigMap" and not each.get("immutable"):
        namespace.patch(kind_of(each), each["metadata"]["name"], {"data": {"a": "theirs", "more": "theirs"}})
    if each["kind"] == "Service" and each["spec"].get("type") != "ExternalName":
        namespace.patch(kind_of(each), each["metadata"]["name"], {"spec": {"sessionAffinity": "ClientIP"}})


def kind_of(each):
    return f"{each['apiVersion']} {each['kind']}"


def upgrade(seed, here):
    """Of these, one in three is to come through, one is to be refused changes, and one anything. In some of them others have
    changed objects meanwhile, and in some there are objects that are not the release's."""
    draw = random.Random(seed)
    mood, drifts, foreign = draw.choice(("good", "changes", "anything")), draw.random() < 0.3, draw.random() < 0.15
    before, after, theirs = [], [], []
    for name in names(draw):
        each = Thing(draw, here, name[:2], name)
        fate = draw.random()
        new = fate > 0.85
        if not new:
            before.append(each.object())
        elif foreign and name[:2] in KINDS and draw.random() < 0.5:
            theirs.append(each.object())
        if fate < 0.15:
            continue
        if fate > 0.3:
            each.change(bad=(mood == "anything" and draw.random() < 0.25) or (mood == "changes" and not new and draw.random() < 0.6))
        after.append(each.object())
        if draw.random() < 0.04:  # the chart has it twice
            each.change(bad=False)
            after.append(each.object())
    draw.shuffle(after)
    return Upgrade(before, after, flags(draw, here), prepare=Drift(draw, before) if drifts else None,
                   prelude=(lambda namespace: namespace.create(*theirs)) if theirs else None)


def names(draw):
    """Limits and quotas of a namespace would come into each other's way: there is one of each at most."""
    found = [f"{draw.choice([*KINDS, *KINDS, *OUTSIDE])}-{i}" for i in range(draw.randint(8, 20))]
    once = {}
    return [name for name in found if name[:2] not in ("lr", "qu") or once.setdefault(name[:2], name) == name]


def flags(draw, here):
    chance = draw.random()
    if chance < 0.1 and not here.way.server_side:
        return ("--force",) if here.way.then.startswith("3.") else ("--force-replace",)
    return ("--force-conflicts",) if chance > 0.9 and here.way.server_side else ()
