"""Objects of kinds that the acceptance tests do not need."""
from cluster import PREFIX
from objects import job, marked, pod_template, stateful_set, thing

KEEP = {"helm.sh/resource-policy": "keep"}


def claim(name, storage="1Gi", mode="ReadWriteOnce", **spec):
    return thing("PersistentVolumeClaim", name, spec={"accessModes": [mode], "resources": {"requests": {"storage": storage}}, **spec})


def stateful(name, replicas=1, storage="1Gi", **spec):
    each = stateful_set(name, storage)
    each["spec"].update(replicas=replicas, **spec)
    return each


def daemon_set(name, image="none"):
    return thing("DaemonSet", name, "apps/v1", spec={"selector": {"matchLabels": {"app": name}}, "template": pod_template(name, image=image)})


def cron_job(here, name, schedule="0 0 * * *"):
    template = job(name)["spec"]["template"]
    return thing("CronJob", name, "batch/v1beta1" if here.old else "batch/v1",
                 spec={"schedule": schedule, "jobTemplate": {"spec": {"template": template}}})


def budget(here, name, **spec):
    return thing("PodDisruptionBudget", name, "policy/v1beta1" if here.old else "policy/v1",
                 spec={"selector": {"matchLabels": {"app": name}}, **(spec or {"minAvailable": 1})})


def autoscaler(name, most=3, version="autoscaling/v1", **spec):
    return thing("HorizontalPodAutoscaler", name, version, spec={
        "minReplicas": 1, "maxReplicas": most, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}, **spec})


def network_policy(name, port=80):
    return thing("NetworkPolicy", name, "networking.k8s.io/v1", spec={
        "podSelector": {"matchLabels": {"app": name}}, "ingress": [{"ports": [{"port": port, "protocol": "TCP"}]}]})


def ingress(name, host="example.com", version="networking.k8s.io/v1"):
    backend = ({"service": {"name": name, "port": {"number": 80}}} if version == "networking.k8s.io/v1"
               else {"serviceName": name, "servicePort": 80})
    path = {"path": "/", "pathType": "Prefix", "backend": backend}
    return thing("Ingress", name, version, spec={"rules": [{"host": host, "http": {"paths": [path]}}]})


def pod(name, image="none", **spec):
    each = thing("Pod", name, spec={**pod_template(name, image=image)["spec"], **spec})
    each["metadata"]["labels"] = {"app": name}
    return each


def limit_range(name, most="2"):
    return thing("LimitRange", name, spec={"limits": [{"type": "Container", "max": {"cpu": most}}]})


def quota(name, **hard):
    return thing("ResourceQuota", name, spec={"hard": hard})


def priority_class(name, value=1000):
    return thing("PriorityClass", name, "scheduling.k8s.io/v1", value=value, description="for a test")


def storage_class(name, reclaim="Delete", expansion=False, provisioner="example.com/none"):
    return thing("StorageClass", name, "storage.k8s.io/v1", provisioner=provisioner, reclaimPolicy=reclaim,
                 allowVolumeExpansion=expansion)


def ingress_class(name, controller="example.com/a"):
    return thing("IngressClass", name, "networking.k8s.io/v1", spec={"controller": controller})


def webhook(name, url="https://127.0.0.1:1/", kind="ValidatingWebhookConfiguration", rule=None, **more):
    """Nobody answers there. Unless there is a rule, it is asked about nothing that there is."""
    rule = rule or {"apiGroups": ["none.example.com"], "resources": ["nones"], "operations": ["CREATE"]}
    return thing(kind, name, "admissionregistration.k8s.io/v1", webhooks=[{
        "name": "none.example.com", "clientConfig": {"url": url}, "sideEffects": "None", "admissionReviewVersions": ["v1"],
        "failurePolicy": "Ignore", "timeoutSeconds": 1, "rules": [{"apiVersions": ["v1"], **rule}], **more}])


def policy(name, namespace, expression, *operations, resources=("configmaps",)):
    """From Kubernetes 1.30 on: what does not fulfil the expression is refused. And what puts it into force."""
    rules = [{"apiGroups": [""], "apiVersions": ["v1"], "operations": list(operations), "resources": list(resources)}]
    here = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}}}
    version = "admissionregistration.k8s.io/v1"
    return [thing("ValidatingAdmissionPolicy", name, version, spec={
                "matchConstraints": {"resourceRules": rules, **here}, "validations": [{"expression": expression}]}),
            thing("ValidatingAdmissionPolicyBinding", name, version, spec={"policyName": name, "validationActions": ["Deny"]})]


def volume(name, storage="1Gi"):
    return thing("PersistentVolume", name, spec={"capacity": {"storage": storage}, "accessModes": ["ReadWriteOnce"],
                                                 "storageClassName": "none", "hostPath": {"path": "/nowhere"}})


GROUP = PREFIX + "oracle.example.com"


def definition(here, kind="Widget", group=GROUP, **more):
    plural = kind.lower() + "s"
    spec = {"type": "object", "required": ["size"], "properties": {
        "size": {"type": "integer", "minimum": 1}, "colour": {"type": "string", "enum": ["red", "green"]},
        "shape": {"type": "string", "default": "round"}, "fixed": {"type": "string"},
        "parts": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], "items": {
            "type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "size": {"type": "integer"}}}}}}
    if not here.old:
        spec["x-kubernetes-validations"] = [{"rule": "!has(oldSelf.fixed) || self.fixed == oldSelf.fixed", "message": "fixed is immutable"}]
    return thing("CustomResourceDefinition", f"{plural}.{group}", "apiextensions.k8s.io/v1", spec={
        "group": group, "scope": "Namespaced", "names": {"plural": plural, "singular": kind.lower(), "kind": kind, "listKind": kind + "List"},
        "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {
            "type": "object", "properties": {"spec": spec}}}, **more}]})


def widget(name, size=1, **spec):
    return thing("Widget", name, GROUP + "/v1", spec={"size": size, **spec})


def hook(each, when, weight=0, delete="before-hook-creation"):
    return marked(each, None, **{"helm.sh/hook": when, "helm.sh/hook-weight": str(weight), "helm.sh/hook-delete-policy": delete})


def in_namespace(name, each):
    each["metadata"]["namespace"] = name
    return each


def named(here, name):
    return f"{here.namespace}-{name}"
