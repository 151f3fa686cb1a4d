#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "state/changes.h"

namespace state {

struct ObjectId {
  std::string kind;        // "Service"
  std::string group;       // "", "apps", "networking.k8s.io"
  std::string name_space;  // empty: cluster-scoped
  std::string name;
  auto operator<=>(ObjectId const&) const = default;
};

enum class Judgement { accepted, rejected, not_verified };

// Why the API server rejected a request, told by its status code, reason and causes, never by wording alone.
enum class Cause {
  none,
  immutable,      // a field that may not change once set
  invalid,        // any other validation
  admission,      // a webhook or policy said no
  quota,
  pod_security,
  forbidden,      // this person may not
  conflict,       // server-side apply: another manager owns the field
  exists,
  missing,        // what the object belongs to is not there
  other
};

struct FieldError {
  std::string field, reason, message;
  bool operator==(FieldError const&) const = default;
};

struct Verdict {
  Judgement judgement = Judgement::not_verified;
  Cause cause = Cause::none;
  int status = 0;                     // HTTP
  std::string message;                // the server's words, secrets masked; or why it is not verified
  std::vector<FieldError> fields;
  std::vector<std::string> warnings;  // of the answer's Warning headers
  std::string tell;                   // what would let us tell, where it is not verified
  bool operator==(Verdict const&) const = default;
};

// A request that the upgrade would send.
struct Write {
  std::string verb;         // POST, PATCH, PUT, DELETE
  std::string api_version;  // "networking.k8s.io/v1"
  ObjectId object;
  bool creates = false;
  Verdict verdict;
  // Of an accepted one that creates nothing, and of one that meets fields of other managers, as if it were forced. Where an
  // object is written twice, with the last.
  Changes changes = {};
  bool operator==(Write const&) const = default;
};

// An object that the upgrade would create but that is there already and does not belong to the release.
struct Ownership {
  ObjectId object;
  std::string manager;             // app.kubernetes.io/managed-by as it stands, or a field manager; empty: nobody's
  std::string release, release_name_space;  // as annotated
  bool release_exists = false;     // that release has records in that namespace
  std::vector<std::string> lacks;  // the metadata keys that are absent or say something else
  Verdict adoption;                // of the patch that would write the metadata
  bool operator==(Ownership const&) const = default;
};

// An object that the upgrade would delete: the old manifest has it, the new one does not.
struct Deletion {
  ObjectId object;
  std::string api_version;          // as Helm would ask
  bool kept = false;                // helm.sh/resource-policy: keep stops Helm
  std::string still_written_as;     // the new version has the same object, under this apiVersion
  bool holds_data = false;          // a PersistentVolumeClaim, a Secret, a namespace, …
  std::string external_address;     // that people outside use to come in
  Verdict permission;
  bool operator==(Deletion const&) const = default;
};

// What others have changed in an object of the release since, and the upgrade would overwrite.
struct Drift {
  ObjectId object;  // without a kind: none could be looked at
  std::vector<DriftedField> fields;
  int more = 0;        // fields beside these
  std::string unsure;  // why it can't be told whether there are others; empty: it can
  bool operator==(Drift const&) const = default;
};

struct Terminating {
  ObjectId object;
  std::string since;                    // RFC 3339
  std::vector<std::string> finalizers;  // who holds it
  bool operator==(Terminating const&) const = default;
};

struct Right {
  std::string verb, group, resource, name_space, name;
  std::string needed_for;  // "the wait", "a rollback", "Service/coderd"
  Judgement held = Judgement::not_verified;
  bool operator==(Right const&) const = default;
};

// A way in from outside: a Service with an external address, or an Ingress.
struct Entry {
  ObjectId object;
  std::string address;  // host or IP, empty where none is assigned yet
  bool before = false, after = false;
  bool operator==(Entry const&) const = default;
};

// A pod or a hook object that was tried as a dry-run create.
struct Trial {
  ObjectId object;   // the Deployment whose pod it is; the hook's object
  std::string what;  // "a pod", "the pre-upgrade hook"
  bool hook = false;  // a hook, not a pod of a workload
  Verdict verdict;
  bool operator==(Trial const&) const = default;
};

// An object that the chart renders otherwise each time. The values themselves are not kept.
struct Unsteady {
  ObjectId object;
  bool hook = false;
  bool creates = false;             // the upgrade makes it
  bool restarts = false;            // its pod template is among what differs
  std::vector<std::string> fields;  // the paths that differ; none: it has another name each time
  int more = 0;                     // fields beside these
  bool operator==(Unsteady const&) const = default;
};

// The chart, rendered a second time with the same values against the same cluster.
struct Rerendering {
  bool compared = false;
  std::string why_not;
  std::vector<Unsteady> unsteady;
  bool operator==(Rerendering const&) const = default;
};

// A resource of a quota for which all that the upgrade adds, taken together, is too much.
struct Shortage {
  std::string name_space, quota;  // no quota: whether there are any could not be read
  std::string resource;           // "requests.cpu", "count/secrets"; empty: of the quota as a whole
  std::string used, added, hard;  // as quantities
  std::vector<std::string> by;    // what adds to it: "3 pods of Deployment/web"
  std::string unsure;             // why it may fit all the same, or can't be told; empty: it does not fit
  bool operator==(Shortage const&) const = default;
};

// A backend of an Ingress that leads to nothing once the upgrade is done.
struct Route {
  ObjectId object;           // the Ingress
  std::string host;          // empty: any
  std::string service, port;  // "coderd", "80" or "http"
  bool before = false;       // it led somewhere before the upgrade
  std::string why;           // "there is no Service coderd", "Service coderd has no port 80"
  std::string instead;       // "coderd:8080", where one can be told
  bool of_release = false;   // the upgrade writes it
  bool operator==(Route const&) const = default;
};

// A workload of the release that does not run as it should before the upgrade begins.
struct Workload {
  ObjectId object;
  std::int64_t wanted = 0, ready = 0;  // pods
  std::string why;  // what its first such pod says: "ImagePullBackOff: …"
  bool operator==(Workload const&) const = default;
};

// Something that a pod or an Ingress of the new version refers to and that is not there, or that could not be looked at.
struct Reference {
  ObjectId object;          // who refers to it
  std::string field;        // "containers[coderd].env[DB_PASSWORD]"
  std::string to;           // "key password of Secret db"
  std::string why;          // "there is no Secret db"
  std::string unsure;       // why it may be there in time, or could not be looked at; empty: it is not there
  bool needed = false;      // no pod starts without it
  bool operator==(Reference const&) const = default;
};

// An environment variable of a pod that gets a text from a Secret, of one line and with a blank at its end.
struct BlankEnd {
  ObjectId object;
  std::string field, secret, key;
  bool operator==(BlankEnd const&) const = default;
};

// A certificate for TLS that an Ingress or the pods of the new version take from a Secret. Nothing of its key is kept.
struct Certificate {
  std::string name_space, secret;
  std::vector<std::string> users;      // "Ingress/coderd-ingress"
  bool mounted = false;                // a pod loads it
  std::string broken;                  // why nobody can use it: "its key is that of another certificate"
  std::string subject;                 // "CN = coder.example.com"
  std::int64_t not_before = 0, not_after = 0;  // Unix; of its chain, what ends first
  std::string ends_first;              // the subject of what does, where it is not the certificate itself
  std::vector<std::string> names;      // that it is made for; at most 20
  std::vector<std::string> unmatched;  // hosts that it should be for and is not
  bool operator==(Certificate const&) const = default;
};

// A claim for storage of a StatefulSet, and what becomes of it.
struct Claim {
  ObjectId object;      // the PersistentVolumeClaim
  std::string set;      // "StatefulSet/timescale"
  std::string field;    // "size" or "class" that the new version has otherwise; empty: nothing uses the claim afterwards
  std::string is, wanted;
  std::string unsure;   // why it can't be told
  bool operator==(Claim const&) const = default;
};

// A claim for storage that the upgrade makes, and that no volume comes for, as far as can be seen.
struct Unserved {
  ObjectId object;      // the PersistentVolumeClaim
  std::string set;      // "StatefulSet/timescale", which makes it; empty: it stands in the manifest
  std::string why;      // "there is no storage class fast"
  std::string unsure;   // why it can't be told
  bool operator==(Unserved const&) const = default;
};

// Whether an image of the new version can be pulled.
struct Image {
  ObjectId object;         // whose pods run it
  std::string image;       // "docker.io/coderenvs/coder-service:1.21.7"
  bool is_new = false;     // no pod of the release runs it now
  std::string registry_before;  // of what the same container runs now, where that is another; empty: it is the same
  std::string pull_policy;      // of the container
  bool with_secrets = false;    // its pods bring secrets for pulling
  bool pulled = false;          // a pod was to pull it: what follows is about that
  Judgement found = Judgement::not_verified;  // by a look into the registry
  std::string message;          // what the look-up said, or why there was none
  bool operator==(Image const&) const = default;
};

// What has become of an object, against what it was before the upgrade.
enum class Fate { as_before, changed, created, deleted };

// An object that a failed upgrade leaves otherwise than it was, or that its rollback does.
struct Aftermath {
  ObjectId object;
  Fate failed = Fate::as_before;       // when the upgrade has failed
  Fate rolled_back = Fate::as_before;  // when its rollback has ended, well or not
  bool operator==(Aftermath const&) const = default;
};

// A failed upgrade followed by Helm's rollback, from one of the states in which it can be needed.
struct Rollback {
  std::string from;                  // "before any object is written", "after the first rejection"
  bool tried = false;
  bool works = false;                // Helm ended well in the rehearsal
  std::string error;                 // Helm's words
  std::vector<Write> rejected;       // requests of the rollback that the server refused
  std::vector<ObjectId> unproven;    // judged against the live object although the upgrade had changed it
  std::string why_not_tried;
  std::vector<Aftermath> aftermath;  // object by object
  bool operator==(Rollback const&) const = default;
};

// Where the operator's Helm ended when the upgrade was rehearsed.
enum class Ending {
  finished,   // it came through to the end
  ownership,  // stopped at an object that is not the release's
  render,     // the chart does not render, or the values are not accepted
  manifest,   // an object of the manifest is not known to the server, or its schema refuses it
  storage,    // the release's record can't be read or written
  other
};

struct Rehearsal {
  Ending ending = Ending::other;
  std::string error;       // Helm's own words at the end of the truthful run
  bool complete = false;   // every request of the upgrade was seen, at least with ownership shown as ours
  bool lock_lifted = false;  // a pending revision was shown as failed, to see further
  std::vector<Write> writes;  // in Helm's order; the release's own records are not among them
  std::vector<Ownership> ownership;
  std::vector<Deletion> deletions;
  std::vector<Drift> drifts;
  std::vector<Terminating> terminating;
  std::vector<Right> rights;
  std::vector<Entry> entries;
  std::vector<Trial> trials;
  std::vector<Rollback> rollbacks;
  std::vector<Trial> rollback_hooks;
  Rerendering rerendering;
  std::vector<Shortage> shortages;
  bool surroundings_seen = false;  // the Ingresses of the namespace, and what runs of the release
  std::vector<Route> lost_routes;
  std::vector<Workload> unready;
  std::string surroundings_unsure;  // why they could not be seen
  bool references_seen = false;  // what the pods and Ingresses of the new version refer to was looked for
  std::vector<Reference> lost_references;
  std::vector<BlankEnd> blank_ends;
  std::vector<Certificate> certificates;
  bool claims_seen = false;
  std::vector<Claim> claims;  // that the upgrade leaves behind, or that stay otherwise than it wants them
  bool storage_seen = false;     // whether there is storage for the claims that are made
  std::vector<Unserved> unserved;
  std::vector<Image> images;
  std::int64_t record_bytes = 0;    // of the new revision's record, as the API server counts it; 0: not known
  std::vector<std::string> outside;  // what runs outside the rehearsal: post-renderers, dependency updates
  int reads = 0;
  double seconds = 0;
  bool operator==(Rehearsal const&) const = default;
};

}  // namespace state
