{{- /* The keys that 1.21 renamed, as new: old. */}}
{{- define "coder.renamed" }}
coderd.replicas: cemanager.replicas
coderd.image: cemanager.image
coderd.resources: cemanager.resources
coderd.devurlsHost: devurls.host
coderd.serviceSpec.loadBalancerIP: ingress.loadBalancerIP
coderd.serviceSpec.loadBalancerSourceRanges: ingress.loadBalancerSourceRanges
coderd.serviceSpec.externalTrafficPolicy: ingress.service.externalTrafficPolicy
coderd.tls.hostSecretName: ingress.tls.hostSecretName
coderd.tls.devurlsHostSecretName: ingress.tls.devurlsHostSecretName
coderd.builtinProviderServiceAccount.annotations: serviceAccount.annotations
coderd.builtinProviderServiceAccount.labels: serviceAccount.labels
postgres.default.enable: postgres.useDefault
postgres.default.image: timescale.image
postgres.default.resources: timescale.resources
postgres.default.resources.requests.storage: timescale.resources.requests.storage
postgres.default.storageClassName: storageClassName
services.annotations: deploymentAnnotations
services.clusterDomainSuffix: clusterDomainSuffix
services.tolerations: serviceTolerations
services.type: serviceType
{{- end }}

{{- /* (list VALUES "a.b.c") as {"v": …}, or {} where it isn't set. */}}
{{- define "coder.find" }}
{{- $node := merge (index . 0) dict }}
{{- $found := true }}
{{- range splitList "." (index . 1) }}
{{- if not $found }}
{{- else if not (kindIs "map" $node) }}
{{- $found = false }}
{{- else if hasKey $node . }}
{{- $node = index $node . }}
{{- else }}
{{- $found = false }}
{{- end }}
{{- end }}
{{- if $found }}{{ dict "v" $node | toJson }}{{ else }}{}{{ end }}
{{- end }}

{{- /* (list CONTEXT "a.b.c") as {"v": …}, under whichever name this version reads. */}}
{{- define "coder.value" }}
{{- $values := (index . 0).Values }}
{{- $key := index . 1 }}
{{- $found := include "coder.find" (list $values $key) }}
#@if :1.27.0
{{- /* The old name wins over the new one, also where it says false, but not where it says "". */}}
{{- $old := index (include "coder.renamed" . | fromYaml) $key }}
{{- if $old }}
{{- $before := include "coder.find" (list $values $old) | fromJson }}
{{- if and (hasKey $before "v") (or (ne (toString $before.v) "") (not (hasKey (fromJson $found) "v"))) }}
{{- $found = toJson $before }}
{{- end }}
{{- end }}
#@end
{{- $found }}
{{- end }}

{{- /* (list CONTEXT "a.b.c" DEFAULT) as {"v": …}, for keys that values.yaml does not list. */}}
{{- define "coder.valueOr" }}
{{- $found := include "coder.find" (list (index . 0).Values (index . 1)) | fromJson }}
{{- if hasKey $found "v" }}{{ toJson $found }}{{ else }}{{ dict "v" (index . 2) | toJson }}{{ end }}
{{- end }}
