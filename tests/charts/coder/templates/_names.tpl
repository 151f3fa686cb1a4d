{{- /* What the main Deployment and its Service are called. */}}
{{- define "coder.serviceName" -}}
#@if :1.27.0
{{- if hasKey .Values "cemanager" }}cemanager{{ else }}coderd{{ end }}
#@end
{{- "coderd" }}  #@ 1.27.0:
{{- end }}

{{- /* What the Service that coderd is reached by is called: it takes over the name, and with it the
       address, of an nginx Service that is already there. */}}
{{- define "coder.publicServiceName" -}}
{{- if lookup "v1" "Service" .Release.Namespace "ingress-nginx" }}ingress-nginx{{ else }}{{ include "coder.serviceName" . }}{{ end }}
{{- end }}

#@if 1.21.0:1.27.0
{{- /* "true" where an earlier version left an nginx Ingress controller. */}}
{{- define "coder.hasNginxIngress" -}}
{{- if lookup "v1" "Service" .Release.Namespace "ingress-nginx" }}true
{{- else if lookup "v1" "Service" .Release.Namespace "envproxy" }}true  #@ :1.22.0
{{- end }}
{{- end }}

{{- /* "true" where coderd is to be reached without nginx and envproxy. */}}
{{- define "coder.useServiceNext" -}}
{{- if eq true (include "coder.valueOr" (list . "coderd.serviceNext" false) | fromJson).v }}true
{{- else if eq false (include "coder.valueOr" (list . "ingress.useDefault" true) | fromJson).v }}
{{- else if not (include "coder.hasNginxIngress" .) }}true
{{- end }}
{{- end }}
#@end

#@if :1.27.0
{{- /* "true" where the chart still brings its own nginx. */}}
{{- define "coder.bringsNginx" -}}
#@if :1.21.0
{{- if .Values.ingress.useDefault }}true{{ end }}
#@end
#@if 1.21.0:
{{- if include "coder.useServiceNext" . }}
{{- else if not (include "coder.valueOr" (list . "ingress.useDefault" true) | fromJson).v }}
{{- else if not .Values.ingress.enable }}  #@ 1.26.0:
{{- else }}true{{ end }}
#@end
{{- end }}
#@end

{{- define "coder.labels" }}
#@if 1.27.0:
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
#@end
{{- end }}

{{- /* (list CONTEXT NAME): the labels of a pod beside those that select it. */}}
{{- define "coder.podLabels" }}
#@if 1.22.0:
app: {{ index . 1 }}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/part-of: {{ (index . 0).Chart.Name }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
#@end
{{- end }}

{{- define "coder.databaseHost" -}}
{{- if (include "coder.value" (list . "postgres.default.enable") | fromJson).v -}}
timescale.{{ .Release.Namespace }}{{ (include "coder.value" (list . "services.clusterDomainSuffix") | fromJson).v }}
{{- else }}{{ .Values.postgres.host }}{{ end }}
{{- end }}
