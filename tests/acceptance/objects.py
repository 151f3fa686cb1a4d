"""Small Kubernetes objects, for the chart `lab` and for what is in the cluster beside a release."""

POLICY = "helm.sh/resource-policy"


def thing(kind, name, version="v1", **rest):
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name}, **rest}


def config_map(name, immutable=None, **data):
    return thing("ConfigMap", name, data=data, **({} if immutable is None else {"immutable": immutable}))


def secret(name, **data):
    return thing("Secret", name, stringData=data)


def account(name):
    return thing("ServiceAccount", name)


def service(name, **spec):
    # With a protocol, for server-side apply on 1.20.
    return thing("Service", name, spec={"selector": {"app": name}, "ports": [{"port": 80, "protocol": "TCP"}], **spec})


def pod_template(name, image="none", resources=None):
    container = {"name": "main", "image": image, **({"resources": resources} if resources else {})}
    return {"metadata": {"labels": {"app": name}}, "spec": {"containers": [container]}}


def deployment(name, app=None, **pod):
    """`app` is the label in its selector."""
    app = app or name
    return thing("Deployment", name, "apps/v1", spec={
        "replicas": 1, "selector": {"matchLabels": {"app": app}}, "template": pod_template(app, **pod)})


def stateful_set(name, storage="1Gi", **claim_spec):
    claim = {"metadata": {"name": "data"},
             "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": storage}}, **claim_spec}}
    return thing("StatefulSet", name, "apps/v1", spec={
        "serviceName": name, "replicas": 1, "selector": {"matchLabels": {"app": name}}, "template": pod_template(name),
        "volumeClaimTemplates": [claim]})


def job(name, image="none"):
    template = pod_template(name, image=image)
    template["spec"]["restartPolicy"] = "Never"
    return thing("Job", name, "batch/v1", spec={"template": template, "backoffLimit": 0})


def role(name, *verbs, resources=("configmaps",), kind="Role"):
    return thing(kind, name, "rbac.authorization.k8s.io/v1",
                 rules=[{"apiGroups": [""], "resources": list(resources), "verbs": list(verbs)}])


def role_binding(name, role, user, kind="RoleBinding", role_kind="Role"):
    return thing(kind, name, "rbac.authorization.k8s.io/v1",
                 subjects=[{"kind": "User", "name": user, "apiGroup": "rbac.authorization.k8s.io"}],
                 roleRef={"kind": role_kind, "name": role, "apiGroup": "rbac.authorization.k8s.io"})


def quota(name, **hard):
    return thing("ResourceQuota", name, spec={"hard": hard})


def marked(each, labels=None, **annotations):
    each["metadata"].setdefault("labels", {}).update(labels or {})
    each["metadata"].setdefault("annotations", {}).update(annotations)
    return each


def hook(each, *events, delete_policy="before-hook-creation"):
    return marked(each, None, **{"helm.sh/hook": ",".join(events), "helm.sh/hook-delete-policy": delete_policy})


def owned_by(each, release, namespace, manager="Helm"):
    return marked(each, {"app.kubernetes.io/managed-by": manager}, **{
        "meta.helm.sh/release-name": release, "meta.helm.sh/release-namespace": namespace})


def lab(*objects):
    """Values of the chart `lab`."""
    return {"objects": list(objects)}


def ingress(name, host, service, port, path="/"):
    """As a person writes one that no release knows of."""
    backend = {"service": {"name": service, "port": {"number": port}}}
    return thing("Ingress", name, "networking.k8s.io/v1", spec={
        "rules": [{"host": host, "http": {"paths": [{"path": path, "pathType": "Prefix", "backend": backend}]}}]})
