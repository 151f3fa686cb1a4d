#pragma once

#include "state/state.h"

// The members of each struct by name, said once; json.cpp reads and writes with it. `S` is a struct or a const struct.
namespace state::fields {

template <class S, class T>
concept Is = std::same_as<std::remove_const_t<S>, T>;

template <class V>
void visit(V&& v, Is<Request> auto& s) {
  v("release", s.release), v("chart", s.chart), v("namespace", s.name_space), v("kubeContext", s.kube_context);
  v("namespaceGiven", s.name_space_given), v("kubeContextGiven", s.kube_context_given), v("version", s.version);
  v("adopt", s.adopt), v("protect", s.protect), v("recreate", s.recreate);
  v("timeoutSeconds", s.timeout_seconds), v("timeoutGiven", s.timeout_given);
  v("holderIsDead", s.holder_is_dead), v("install", s.install), v("valueFiles", s.value_files);
  v("databaseSnapshot", s.database_snapshot), v("checkImages", s.check_images), v("pullImages", s.pull_images);
}
template <class V>
void visit(V&& v, Is<Helm> auto& s) {
  v("path", s.path), v("version", s.version);
}
template <class V>
void visit(V&& v, Is<Kubectl> auto& s) {
  v("path", s.path);
}
template <class V>
void visit(V&& v, Is<Cluster> auto& s) {
  v("version", s.version);
}
template <class V>
void visit(V&& v, Is<Repository> auto& s) {
  v("needed", s.needed), v("name", s.name), v("added", s.added), v("url", s.url);
  v("indexAge", s.index_age), v("versions", s.versions);
}
template <class V>
void visit(V&& v, Is<Target> auto& s) {
  v("name", s.name), v("version", s.version), v("appVersion", s.app_version), v("kubeVersion", s.kube_version);
  v("digest", s.digest), v("keys", s.keys);
}
template <class V>
void visit(V&& v, Is<Revision> auto& s) {
  v("number", s.number), v("status", s.status), v("chart", s.chart), v("chartVersion", s.chart_version);
  v("updated", s.updated), v("description", s.description), v("readable", s.readable);
}
template <class V>
void visit(V&& v, Is<Release> auto& s) {
  v("name", s.name), v("namespace", s.name_space), v("driver", s.driver), v("revisions", s.revisions);
  v("base", s.base), v("applyMethod", s.apply_method), v("elsewhere", s.elsewhere);
}
template <class V>
void visit(V&& v, Is<Values> auto& s) {
  v("set", s.set);
}
template <class V>
void visit(V&& v, Is<ObjectId> auto& s) {
  v("kind", s.kind), v("group", s.group), v("namespace", s.name_space), v("name", s.name);
}
template <class V>
void visit(V&& v, Is<FieldError> auto& s) {
  v("field", s.field), v("reason", s.reason), v("message", s.message);
}
template <class V>
void visit(V&& v, Is<Verdict> auto& s) {
  v("judgement", s.judgement), v("cause", s.cause), v("status", s.status), v("message", s.message);
  v("fields", s.fields), v("warnings", s.warnings), v("tell", s.tell);
}
template <class V>
void visit(V&& v, Is<Write> auto& s) {
  v("verb", s.verb), v("apiVersion", s.api_version), v("object", s.object), v("creates", s.creates);
  v("verdict", s.verdict), v("changes", s.changes);
}
template <class V>
void visit(V&& v, Is<Difference> auto& s) {
  v("path", s.path), v("line", s.line), v("before", s.before), v("after", s.after);
}
template <class V>
void visit(V&& v, Is<Changes> auto& s) {
  v("compared", s.compared), v("fields", s.fields), v("more", s.more), v("unsure", s.unsure);
}
template <class V>
void visit(V&& v, Is<DriftedField> auto& s) {
  v("path", s.path), v("line", s.line), v("manifest", s.manifest), v("live", s.live), v("after", s.after);
  v("manager", s.manager), v("since", s.since);
}
template <class V>
void visit(V&& v, Is<Drift> auto& s) {
  v("object", s.object), v("fields", s.fields), v("more", s.more), v("unsure", s.unsure);
}
template <class V>
void visit(V&& v, Is<Ownership> auto& s) {
  v("object", s.object), v("manager", s.manager), v("release", s.release), v("releaseNamespace", s.release_name_space);
  v("releaseExists", s.release_exists), v("lacks", s.lacks), v("adoption", s.adoption);
}
template <class V>
void visit(V&& v, Is<Deletion> auto& s) {
  v("object", s.object), v("apiVersion", s.api_version), v("kept", s.kept), v("stillWrittenAs", s.still_written_as);
  v("holdsData", s.holds_data), v("externalAddress", s.external_address), v("permission", s.permission);
}
template <class V>
void visit(V&& v, Is<Terminating> auto& s) {
  v("object", s.object), v("since", s.since), v("finalizers", s.finalizers);
}
template <class V>
void visit(V&& v, Is<Right> auto& s) {
  v("verb", s.verb), v("group", s.group), v("resource", s.resource), v("namespace", s.name_space), v("name", s.name);
  v("neededFor", s.needed_for), v("held", s.held);
}
template <class V>
void visit(V&& v, Is<Entry> auto& s) {
  v("object", s.object), v("address", s.address), v("before", s.before), v("after", s.after);
}
template <class V>
void visit(V&& v, Is<Trial> auto& s) {
  v("object", s.object), v("what", s.what), v("hook", s.hook), v("verdict", s.verdict);
}
template <class V>
void visit(V&& v, Is<Rollback> auto& s) {
  v("from", s.from), v("tried", s.tried), v("works", s.works), v("error", s.error), v("rejected", s.rejected);
  v("unproven", s.unproven), v("whyNotTried", s.why_not_tried), v("aftermath", s.aftermath);
}
template <class V>
void visit(V&& v, Is<Aftermath> auto& s) {
  v("object", s.object), v("failed", s.failed), v("rolledBack", s.rolled_back);
}
template <class V>
void visit(V&& v, Is<Unsteady> auto& s) {
  v("object", s.object), v("hook", s.hook), v("creates", s.creates), v("restarts", s.restarts), v("fields", s.fields);
  v("more", s.more);
}
template <class V>
void visit(V&& v, Is<Rerendering> auto& s) {
  v("compared", s.compared), v("whyNot", s.why_not), v("unsteady", s.unsteady);
}
template <class V>
void visit(V&& v, Is<Shortage> auto& s) {
  v("namespace", s.name_space), v("quota", s.quota), v("resource", s.resource), v("used", s.used), v("added", s.added);
  v("hard", s.hard), v("by", s.by), v("unsure", s.unsure);
}
template <class V>
void visit(V&& v, Is<Route> auto& s) {
  v("object", s.object), v("host", s.host), v("service", s.service), v("port", s.port), v("before", s.before), v("why", s.why);
  v("instead", s.instead), v("ofRelease", s.of_release);
}
template <class V>
void visit(V&& v, Is<Workload> auto& s) {
  v("object", s.object), v("wanted", s.wanted), v("ready", s.ready), v("why", s.why);
}
template <class V>
void visit(V&& v, Is<Reference> auto& s) {
  v("object", s.object), v("field", s.field), v("to", s.to), v("why", s.why), v("unsure", s.unsure), v("needed", s.needed);
}
template <class V>
void visit(V&& v, Is<BlankEnd> auto& s) {
  v("object", s.object), v("field", s.field), v("secret", s.secret), v("key", s.key);
}
template <class V>
void visit(V&& v, Is<Certificate> auto& s) {
  v("namespace", s.name_space), v("secret", s.secret), v("users", s.users), v("mounted", s.mounted), v("broken", s.broken);
  v("subject", s.subject), v("notBefore", s.not_before), v("notAfter", s.not_after), v("endsFirst", s.ends_first);
  v("names", s.names), v("unmatched", s.unmatched);
}
template <class V>
void visit(V&& v, Is<Claim> auto& s) {
  v("object", s.object), v("set", s.set), v("field", s.field), v("is", s.is), v("wanted", s.wanted), v("unsure", s.unsure);
}
template <class V>
void visit(V&& v, Is<Unserved> auto& s) {
  v("object", s.object), v("set", s.set), v("why", s.why), v("unsure", s.unsure);
}
template <class V>
void visit(V&& v, Is<Image> auto& s) {
  v("object", s.object), v("image", s.image), v("new", s.is_new), v("registryBefore", s.registry_before);
  v("pullPolicy", s.pull_policy), v("withSecrets", s.with_secrets), v("pulled", s.pulled), v("found", s.found), v("message", s.message);
}
template <class V>
void visit(V&& v, Is<Rehearsal> auto& s) {
  v("ending", s.ending), v("error", s.error), v("complete", s.complete), v("lockLifted", s.lock_lifted);
  v("writes", s.writes), v("ownership", s.ownership), v("deletions", s.deletions), v("drifts", s.drifts);
  v("terminating", s.terminating), v("rights", s.rights), v("entries", s.entries), v("trials", s.trials), v("rollbacks", s.rollbacks);
  v("rollbackHooks", s.rollback_hooks), v("rerendering", s.rerendering), v("shortages", s.shortages);
  v("surroundingsSeen", s.surroundings_seen), v("lostRoutes", s.lost_routes), v("unready", s.unready), v("surroundingsUnsure", s.surroundings_unsure);
  v("referencesSeen", s.references_seen), v("lostReferences", s.lost_references), v("blankEnds", s.blank_ends);
  v("certificates", s.certificates), v("claimsSeen", s.claims_seen), v("claims", s.claims), v("images", s.images);
  v("storageSeen", s.storage_seen), v("unserved", s.unserved);
  v("recordBytes", s.record_bytes), v("outside", s.outside), v("reads", s.reads), v("seconds", s.seconds);
}
template <class V>
void visit(V&& v, Is<Session> auto& s) {
  v("role", s.role), v("program", s.program), v("seconds", s.seconds);
}
template <class V>
void visit(V&& v, Is<Table> auto& s) {
  v("name", s.name), v("bytes", s.bytes);
}
template <class V>
void visit(V&& v, Is<Database> auto& s) {
  v("address", s.address), v("name", s.name), v("builtIn", s.built_in), v("refused", s.refused);
  v("passwordSeen", s.password_seen), v("passwordEndsInSpace", s.password_ends_in_space);
  v("serverVersion", s.server_version), v("versionNumber", s.version_number), v("role", s.role), v("superuser", s.superuser), v("memberOf", s.member_of);
  v("mayCreate", s.may_create), v("schema", s.schema), v("mayCreateTables", s.may_create_tables);
  v("hasCoder", s.has_coder), v("foreignTables", s.foreign_tables), v("foreignOwners", s.foreign_owners);
  v("contrib", s.contrib), v("encrypted", s.encrypted);
  v("replica", s.replica), v("readOnly", s.read_only), v("hasCoder2", s.has_coder_2);
  v("connections", s.connections), v("connectionsUsed", s.connections_used);
  v("longSessions", s.long_sessions), v("hiddenSessions", s.hidden_sessions), v("bytes", s.bytes), v("largest", s.largest);
  v("namesSeen", s.names_seen), v("namesThatClash", s.names_that_clash);
}
template <class V>
void visit(V&& v, Is<Provider> auto& s) {
  v("name", s.name), v("status", s.status), v("trouble", s.trouble), v("namespace", s.name_space);
  v("accessUrl", s.access_url), v("builtIn", s.built_in), v("networkingV2", s.networking_v2), v("ssh", s.ssh);
}
template <class V>
void visit(V&& v, Is<Providers> auto& s) {
  v("all", s.all);
}
template <class V>
void visit(V&& v, Is<Satellites> auto& s) {
  v("names", s.names);
}
template <class V>
void visit(V&& v, Is<Workspaces> auto& s) {
  v("count", s.count), v("toRebuild", s.to_rebuild), v("examples", s.examples), v("why", s.why);
}
template <class V>
void visit(V&& v, Is<Coder> auto& s) {
  v("address", s.address), v("url", s.url), v("version", s.version), v("setupMode", s.setup_mode);
  v("providers", s.providers), v("satellites", s.satellites), v("workspaces", s.workspaces);
}
template <class V>
void visit(V&& v, Is<Kin> auto& s) {
  v("release", s.release), v("namespace", s.name_space), v("version", s.version), v("primaryUrl", s.primary_url);
  v("taken", s.taken);
}
template <class V>
void visit(V&& v, Is<Family> auto& s) {
  v("providers", s.providers), v("satellites", s.satellites), v("unsure", s.unsure);
}
template <class V>
void visit(V&& v, Is<State> auto& s) {
  v("request", s.request), v("now", s.now), v("helm", s.helm), v("kubectl", s.kubectl), v("cluster", s.cluster);
  v("repository", s.repository), v("target", s.target), v("release", s.release), v("values", s.values);
  v("database", s.database), v("coder", s.coder), v("family", s.family), v("rehearsal", s.rehearsal);
}

}  // namespace state::fields
