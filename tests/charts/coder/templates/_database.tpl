{{- /* How coderd finds its database. */}}
{{- define "coder.databaseEnv" -}}
{{- $builtIn := (include "coder.value" (list . "postgres.default.enable") | fromJson).v -}}
- name: DB_HOST
  value: {{ include "coder.databaseHost" . | quote }}
- name: DB_PORT
  value: {{ ternary "5432" (.Values.postgres.port | toString) $builtIn | quote }}
- name: DB_USER
  value: {{ ternary "coder" .Values.postgres.user $builtIn | quote }}
- name: DB_NAME
  value: {{ ternary "coder" .Values.postgres.database $builtIn | quote }}
- name: DB_SSL_MODE
  value: {{ ternary "disable" .Values.postgres.sslMode $builtIn | quote }}
#@if 1.27.0:
- name: DB_CONNECTOR
  value: {{ .Values.postgres.connector | quote }}
#@end
#@if 1.37.0:
{{- with .Values.postgres.searchPath }}
- name: DB_SEARCH_PATH
  value: {{ . | quote }}
{{- end }}
#@end
{{- if and .Values.postgres.passwordSecret (not $builtIn) }}
{{- if .Values.postgres.noPasswordEnv }}  #@ 1.35.0:1.35.1 1.35.3:
#@if 1.35.0:1.35.1 1.35.3:
- name: DB_PASSWORD_PATH
  value: /run/secrets/{{ .Values.postgres.passwordSecret }}/password
{{- else }}
#@end
- name: DB_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .Values.postgres.passwordSecret }}
      key: password
{{- end }}  #@ 1.35.0:1.35.1 1.35.3:
{{- end }}
{{- end }}

{{- define "coder.passwordMount" }}
#@if 1.35.0:1.35.1 1.35.3:
{{- if and .Values.postgres.noPasswordEnv .Values.postgres.passwordSecret (not .Values.postgres.default.enable) }}
- {name: database-password, mountPath: /run/secrets/{{ .Values.postgres.passwordSecret }}, readOnly: true}
{{- end }}
#@end
{{- end }}

{{- define "coder.passwordVolume" }}
#@if 1.35.0:1.35.1 1.35.3:
{{- if and .Values.postgres.noPasswordEnv .Values.postgres.passwordSecret (not .Values.postgres.default.enable) }}
- name: database-password
  secret:
    secretName: {{ .Values.postgres.passwordSecret }}
{{- end }}
#@end
{{- end }}
