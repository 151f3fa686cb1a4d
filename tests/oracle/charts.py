"""Charts with templates of their own, and what a person puts between a chart and the cluster."""
import json


def chart(template, values=None, definitions=()):
    """The files of a chart. `values`: its own; `definitions`: of custom resources, which only an installation makes."""
    files = {"Chart.yaml": json.dumps({"apiVersion": "v2", "name": "one", "version": "1.0.0"}),
             "values.yaml": json.dumps(values or {}), "templates/all.yaml": template}
    return files | {f"crds/{i}.yaml": json.dumps(each) for i, each in enumerate(definitions)}


def write(home, name, files):
    """Where it is."""
    folder = home.folder / name
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return str(folder)


PLUGIN = {"apiVersion": "v1", "name": "rewriter", "version": "1.0.0", "type": "postrenderer/v1", "runtime": "subprocess",
          "runtimeConfig": {"platformCommand": [{"command": "${HELM_PLUGIN_DIR}/rewriter"}]}}


def post_renderer(home, helm, expression):
    """The flags that have a sed expression change what is rendered. Helm 4 takes only plug-ins for that."""
    folder = home.folder / "helm/data/plugins/rewriter"
    folder.mkdir(parents=True)
    (folder / "plugin.yaml").write_text(json.dumps(PLUGIN))
    program = folder / "rewriter"
    program.write_text(f"#!/bin/sh\nexec sed '{expression}'\n")
    program.chmod(0o700)
    return ("--post-renderer", str(program) if helm.startswith("3.") else PLUGIN["name"])
