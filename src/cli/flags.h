#pragma once

namespace cli {

// A flag of Helm's: what it is called there, and what becomes of it here.
struct HelmFlag {
  char const* names;  // as CLI11 takes them
  char const* word;   // as it is written for Helm
  bool takes_value;
  char const* help;
};

// Those of `helm upgrade` that reach it unchanged.
constexpr HelmFlag upgrade_flags[] = {
    {"-f,--values", "--values", true, "values file or URL (can be repeated)"},
    {"--set", "--set", true, "a value, key=value"},
    {"--set-string", "--set-string", true, "a value that is text, key=value"},
    {"--set-file", "--set-file", true, "a value from a file, key=path"},
    {"--set-json", "--set-json", true, "a value as JSON, key=json"},
    {"--set-literal", "--set-literal", true, "a value taken literally, key=value"},
    {"--description", "--description", true, "words for the release's history"},
    {"-l,--labels", "--labels", true, "labels for the release's record"},
    {"--history-max", "--history-max", true, "most revisions that are kept"},
    {"--post-renderer", "--post-renderer", true, "what the rendered chart is piped through"},
    {"--post-renderer-args", "--post-renderer-args", true, "an argument for it"},
    {"--server-side", "--server-side", true, "Helm 4: true, false or auto"},
    {"--create-namespace", "--create-namespace", false, "with --install: make the namespace"},
    {"--no-hooks", "--no-hooks", false, "run no hooks"},
    {"--skip-crds", "--skip-crds", false, "with --install: install no CRDs"},
    {"--force", "--force", false, "replace objects instead of patching them (rarely a good idea)"},
    {"--force-replace", "--force-replace", false, "Helm 4's name for it"},
    {"--force-conflicts", "--force-conflicts", false, "Helm 4: take fields that others manage"},
    {"--take-ownership", "--take-ownership", false, "take over objects of others (better: --adopt)"},
    {"--cleanup-on-fail", "--cleanup-on-fail", false, "delete new objects if it fails"},
    {"--wait-for-jobs", "--wait-for-jobs", false, "wait for Jobs too"},
    {"--disable-openapi-validation", "--disable-openapi-validation", false, "don't validate against the schema"},
    {"--skip-schema-validation", "--skip-schema-validation", false, "don't validate the values"},
    {"--enable-dns", "--enable-dns", false, "let templates look up names"},
    {"--render-subchart-notes", "--render-subchart-notes", false, "show the notes of sub-charts"},
    {"--hide-notes", "--hide-notes", false, "don't show the notes"}};

constexpr unsigned values_flag_count = 6;  // the first ones set values

// Those that say how the chart is fetched.
constexpr HelmFlag chart_flags[] = {
    {"--repo", "--repo", true, "URL of the chart repository"},
    {"--username", "--username", true, "user name for it"},
    {"--password", "--password", true, "password for it"},
    {"--ca-file", "--ca-file", true, "certificates to trust"},
    {"--cert-file", "--cert-file", true, "client certificate"},
    {"--key-file", "--key-file", true, "client key"},
    {"--keyring", "--keyring", true, "public keys for --verify"},
    {"--devel", "--devel", false, "consider pre-releases too"},
    {"--verify", "--verify", false, "verify the chart's signature"},
    {"--pass-credentials", "--pass-credentials", false, "credentials for every host"},
    {"--plain-http", "--plain-http", false, "OCI without TLS"},
    {"--insecure-skip-tls-verify", "--insecure-skip-tls-verify", false, "don't check the certificate"},
    {"--dependency-update", "--dependency-update", false, "fetch missing sub-charts"}};

// Those that Helm swallows and hands down as variables; run directly, we do it ourselves.
struct SwallowedFlag {
  char const* names;
  char const* variable;
  bool takes_value;
  char const* help;
  bool many = false;  // the variable takes them all, separated by commas
};

constexpr SwallowedFlag swallowed_flags[] = {
    {"-n,--namespace", "HELM_NAMESPACE", true, "namespace of the release"},
    {"--kube-context", "HELM_KUBECONTEXT", true, "context of the kubeconfig"},
    {"--kubeconfig", "KUBECONFIG", true, "path of the kubeconfig"},
    {"--kube-apiserver", "HELM_KUBEAPISERVER", true, "address of the API server"},
    {"--kube-token", "HELM_KUBETOKEN", true, "bearer token"},
    {"--kube-as-user", "HELM_KUBEASUSER", true, "user to impersonate"},
    {"--kube-as-group", "HELM_KUBEASGROUPS", true, "group to impersonate (can be repeated)", true},
    {"--kube-ca-file", "HELM_KUBECAFILE", true, "certificates to trust"},
    {"--kube-tls-server-name", "HELM_KUBETLS_SERVER_NAME", true, "name in the server's certificate"},
    {"--kube-insecure-skip-tls-verify", "HELM_KUBEINSECURE_SKIP_TLS_VERIFY", false, "don't check the certificate"},
    {"--registry-config", "HELM_REGISTRY_CONFIG", true, "registry credentials"},
    {"--repository-cache", "HELM_REPOSITORY_CACHE", true, "folder of the cached indexes"},
    {"--repository-config", "HELM_REPOSITORY_CONFIG", true, "file of the repositories"},
    {"--content-cache", "HELM_CONTENT_CACHE", true, "folder of the cached charts (Helm 4)"},
    {"--burst-limit", "HELM_BURST_LIMIT", true, "requests that may come at once"},
    {"--qps", "HELM_QPS", true, "requests per second"},
    {"--color,--colour", "HELM_COLOR", true, "never, auto or always (Helm 4)"},
    {"--debug", "HELM_DEBUG", false, "tell more"}};

}  // namespace cli
