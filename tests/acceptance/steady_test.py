"""A chart that makes up values while it is rendered: what was rehearsed is not what will be applied, and preflight says so."""
from place import on

TEMPLATE = """
{{- $kept := lookup "v1" "Secret" .Release.Namespace "kept" }}
apiVersion: v1
kind: Secret
metadata: {name: kept}
stringData: {password: {{ if $kept }}{{ $kept.data.password | b64dec }}{{ else }}{{ randAlphaNum 24 }}{{ end }}}
---
apiVersion: v1
kind: Secret
metadata: {name: fresh}
stringData: {password: {{ randAlphaNum 24 }}, user: coder}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {at: {{ now | unixEpoch | quote }}, id: {{ uuidv4 }}}}
    spec: {containers: [{name: main, image: none}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: steady}
data: {key: "1"}
---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate-{{ randNumeric 5 }}, annotations: {helm.sh/hook: pre-upgrade}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: none}]}}}
"""


def chart(place):
    folder = place.home.folder / "chart"
    (folder / "templates").mkdir(parents=True)
    (folder / "Chart.yaml").write_text("apiVersion: v2\nname: made-up\nversion: 1.0.0\n")
    (folder / "templates" / "all.yaml").write_text(TEMPLATE)
    return str(folder)


@on(planes=["1.34.2"])
def test_what_differs_between_two_renderings_is_named_and_no_value_is_shown(place):
    made = chart(place)
    place.install(made)
    report = place.preflight("coder", made)
    found = {f["object"].split("-")[0]: f for f in report.findings("steady-rendering", severity="warning")}
    assert set(found) == {"Secret/fresh", "Deployment/web", "Job/migrate"}, report
    assert found["Secret/fresh"]["field"] == "stringData.password", report
    assert "spec.template.metadata.annotations.id" in found["Deployment/web"]["field"], report
    assert found["Deployment/web"]["message"].endswith("its pods restart at each upgrade"), report
    assert found["Job/migrate"]["message"].startswith("a hook: it has another name each time"), report
    assert not place.namespace.names("Job"), "nothing ran"


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_without_the_second_rendering_it_is_not_verified(place):
    made = chart(place)
    place.install(made)
    report = place.preflight("coder", made, "--no-rollback-check")
    assert not report.findings("steady-rendering", severity=None), report
    assert [u["why"] for u in report.unverified("steady-rendering")] == ["the chart was rendered once only"], report
