#@if 1.28.0:
{{- if .Values.cemanager }}
{{- fail "The 'cemanager' setting was deprecated in 1.21 and removed in 1.27; use 'coderd' instead" }}
{{- end }}
{{- if .Values.devurls }}
{{- fail "The 'devurls.host' setting was deprecated in 1.21 and removed in 1.27; use 'coderd.devurlsHost' instead" }}
{{- end }}
{{- if .Values.ingress.loadBalancerIP }}
{{- fail "The 'ingress.loadbalancerIP' setting was deprecated in 1.21 and removed in 1.27; use 'coderd.serviceSpec.loadBalancerIP' instead" }}
{{- end }}
{{- /* Names the wrong key, as Coder's did. */}}
{{- if .Values.ingress.loadBalancerSourceRanges }}
{{- fail "The 'ingress.loadbalancerIP' setting was deprecated in 1.21 and removed in 1.27; use 'coderd.serviceSpec.loadBalancerSourceRanges' instead" }}
{{- end }}
{{- /* Never true: no single key has this name. */}}
{{- if hasKey .Values "ingress.service.externalTrafficPolicy" }}
{{- fail "The 'ingress.service.externalTrafficPolicy' setting was deprecated in 1.21 and removed in 1.27; use 'coderd.serviceSpec.externalTrafficPolicy' instead" }}
{{- end }}
{{- if .Values.ingress.tls.hostSecretName }}
{{- fail "The 'ingress.tls.hostSecretName' setting was deprecated in 1.21 and removed in 1.27; use 'coderd.tls.hostSecretName' instead" }}
{{- end }}
{{- if .Values.ingress.tls.devurlsHostSecretName }}
{{- fail "The 'ingress.tls.devurlsHostSecretName' setting was deprecated in 1.21 and removed in 1.27; use 'coderd.tls.devurlsHostSecretName' instead" }}
{{- end }}
{{- if .Values.storageClassName }}
{{- fail "The 'storageClassName' setting was deprecated in 1.21 and removed in 1.27; use 'postgres.default.storageClassName' instead" }}
{{- end }}
{{- if .Values.timescale }}
{{- fail "The 'timescale' setting was deprecated in 1.21 and removed in 1.27; use 'postgres.default' instead" }}
{{- end }}
{{- /* Misses the value that matters, false. */}}
{{- if .Values.postgres.useDefault }}
{{- fail "The 'postgres.useDefault' setting was deprecated in 1.21 and removed in 1.27; use 'postgres.default.enable' instead" }}
{{- end }}
{{- if .Values.deploymentAnnotations }}
{{- fail "The 'deploymentAnnotations' setting was deprecated in 1.21 and removed in 1.27; use 'services.annotations' instead" }}
{{- end }}
{{- if .Values.serviceTolerations }}
{{- fail "The 'serviceTolerations' setting was deprecated in 1.21 and removed in 1.27; use 'services.tolerations' instead" }}
{{- end }}
{{- if .Values.clusterDomainSuffix }}
{{- fail "The 'clusterDomainSuffix' setting was deprecated in 1.21 and removed in 1.27; use 'services.clusterDomainSuffix' instead" }}
{{- end }}
{{- if .Values.serviceType }}
{{- fail "The 'serviceType' setting was deprecated in 1.21 and removed in 1.27; use 'services.type' instead" }}
{{- end }}
{{- if .Values.serviceAccount }}
{{- fail "The 'serviceAccount' setting was deprecated in 1.21 and removed in 1.27; use 'coderd.builtinProviderServiceAccount' instead" }}
{{- end }}
#@end
