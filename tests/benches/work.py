"""What is upgraded in a benchmark besides Coder's charts."""
import base64
import gzip
import json
import os
import pathlib

KINDS = """
{{- range $i := until 250 }}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: "map-{{ $i }}"}
data: {turn: "{{ $.Values.turn }}"}
{{- end }}
{{- range $i := until 125 }}
---
apiVersion: v1
kind: Service
metadata: {name: "service-{{ $i }}", labels: {turn: "{{ $.Values.turn }}"}}
spec: {selector: {app: "app-{{ $i }}"}, ports: [{name: http, port: 80, protocol: TCP, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: "app-{{ $i }}", labels: {turn: "{{ $.Values.turn }}"}}
spec:
  replicas: 0
  selector: {matchLabels: {app: "app-{{ $i }}"}}
  template:
    metadata: {labels: {app: "app-{{ $i }}"}}
    spec: {containers: [{name: main, image: "example.invalid/main:{{ $.Values.turn }}"}]}
{{- end }}
"""


def large_chart(folder):
    """500 objects, all of which change with the value `turn`."""
    chart = pathlib.Path(folder) / "large"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: large\nversion: 1.0.0\n")
    (chart / "values.yaml").write_text('turn: "1"\n')
    (chart / "templates" / "all.yaml").write_text(KINDS)
    return str(chart)


def lengthen_history(namespace, release, revisions, size):
    """Puts so many superseded revisions of `size` bytes before the release's first one, which becomes the last."""
    first = namespace.get("Secret", f"sh.helm.release.v1.{release}.v1")
    record = json.loads(gzip.decompress(base64.b64decode(base64.b64decode(first["data"]["release"]))))
    namespace.remove("Secret", first["metadata"]["name"])
    for revision in range(1, revisions + 1):
        last = revision == revisions
        status = "deployed" if last else "superseded"
        old = {**record, "version": revision, "info": {**record["info"], "status": status}}
        if not last:
            old["info"]["notes"] = base64.b64encode(os.urandom(size * 9 // 16)).decode()
        packed = base64.b64encode(gzip.compress(json.dumps(old).encode(), 1))
        name = f"sh.helm.release.v1.{release}.v{revision}"
        labels = {"name": release, "owner": "helm", "status": status, "version": str(revision)}
        namespace.create({"apiVersion": "v1", "kind": "Secret", "type": "helm.sh/release.v1", "metadata": {"name": name, "labels": labels},
                          "data": {"release": base64.b64encode(packed).decode()}})
