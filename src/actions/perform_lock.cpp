#include "actions/perform_lock.h"

#include <chrono>
#include <ctime>

#include <pwd.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/text.h"
#include "clients/clock.h"

namespace actions {
namespace {

using base::Json;

constexpr char const* journal_key = "helm-coder/journal";
constexpr auto between_renewals = std::chrono::seconds(Lock::seconds / 3);

std::string path_of_lock(std::string const& name_space, std::string const& release, bool lease) {
  auto const collection = lease ? "/apis/coordination.k8s.io/v1/namespaces/" + name_space + "/leases"
                                : "/api/v1/namespaces/" + name_space + "/configmaps";
  return collection + "/helm-coder-" + release;
}

// Kubernetes wants exactly six digits of a second.
std::string micro_time(std::int64_t seconds) {
  auto text = clients::format_time(seconds);
  if (text.ends_with('Z')) text.pop_back();
  return text + ".000000Z";
}

std::optional<std::int64_t> server_time(clients::Answer const& answer) {
  std::tm time{};
  auto const text = answer.header("Date");
  if (text.empty() || !strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &time)) return {};
  return timegm(&time);
}

Holder read_holder(Json const& object, bool lease, std::int64_t now) {
  auto const& fields = object[lease ? "spec" : "data"];
  auto const& metadata = object["metadata"];
  auto const& lasts = fields["leaseDurationSeconds"];
  Holder holder{.identity = base::printable(fields["holderIdentity"].str()), .journal = base::printable(metadata["annotations"][journal_key].str())};
  holder.ago = now - clients::parse_time(fields["renewTime"].str()).value_or(0);
  holder.lasts = lasts.is_string() ? Lock::seconds : lasts.int_or(Lock::seconds);
  holder.resource_version = metadata["resourceVersion"].str();
  holder.uid = metadata["uid"].str();
  return holder;
}

struct Looked {
  std::optional<Holder> holder;
  std::int64_t skew = 0;  // of our clock, behind the API server's
  std::string trouble;    // why it could not be read; a missing right to read is none
};

Looked look(Api& api, std::string const& path, bool lease, std::int64_t now) {
  auto const answer = api.send("GET", path);
  Looked looked;
  if (auto const time = server_time(answer)) looked.skew = *time - now;
  if (answer.status == 404 || answer.status == 403) return looked;
  auto const object = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (object) looked.holder = read_holder(*object, lease, now + looked.skew);
  if (!object) looked.trouble = clients::error_of(answer);
  return looked;
}

Json lock_object(Lock::Place const& place, bool lease, std::int64_t acquired, std::int64_t renewed) {
  Json const metadata = Json::Object{{"name", "helm-coder-" + place.release},
                                     {"namespace", place.name_space},
                                     {"annotations", Json::Object{{journal_key, place.journal}}}};
  Json fields = Json::Object{{"holderIdentity", place.identity}, {"acquireTime", micro_time(acquired)}, {"renewTime", micro_time(renewed)}};
  if (lease) fields.set("leaseDurationSeconds") = Lock::seconds;
  return Json::Object{{"apiVersion", lease ? "coordination.k8s.io/v1" : "v1"},
                      {"kind", lease ? "Lease" : "ConfigMap"},
                      {"metadata", metadata},
                      {lease ? "spec" : "data", fields}};
}

}  // namespace

Lock::Lock(Api& api, Place place, Clock now, bool lease)
    : api_(api), place_(std::move(place)), now_(std::move(now)), lease_(lease) {}

Lock::~Lock() {
  {
    std::lock_guard const guard(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (renewer_.joinable()) renewer_.join();
  let_go();
}

std::unique_ptr<Lock> Lock::acquire(Api& api, Place place, Clock now, std::string* why, std::optional<Holder>* holder) {
  std::optional<Holder> stale[2];
  std::int64_t skew = 0;
  for (bool const lease : {true, false}) {
    auto looked = look(api, path_of_lock(place.name_space, place.release, lease), lease, now());
    skew = looked.skew;
    if (!looked.trouble.empty()) return *why = "can't read the lock of the release: " + looked.trouble, nullptr;
    if (looked.holder && looked.holder->alive()) return *why = held_by(*looked.holder), *holder = looked.holder, nullptr;
    stale[lease ? 0 : 1] = std::move(looked.holder);
  }
  clients::Answer answer;
  for (bool const lease : {true, false}) {
    std::unique_ptr<Lock> lock(new Lock(api, place, now, lease));
    lock->skew_ = skew;
    lock->acquired_ = now() + skew;
    auto const& old = stale[lease ? 0 : 1];
    answer = lock->write(api, old ? old->resource_version : "");
    if (answer.ok()) return lock;
    if (answer.status != 403) break;
  }
  *why = answer.status == 409 ? "somebody else took the lock of the release at this moment"
                              : "can't write the lock of the release (a Lease or a ConfigMap): " + clients::error_of(answer);
  return nullptr;
}

// Creates it, or takes the place of the version that is named.
clients::Answer Lock::write(Api& api, std::string const& resource_version) {
  auto const time = now_() + skew_;
  auto object = lock_object(place_, lease_, acquired_, time);
  auto const path = path_of_lock(place_.name_space, place_.release, lease_);
  if (!resource_version.empty()) object.set("metadata").set("resourceVersion") = resource_version;
  auto const answer = resource_version.empty() ? api.send("POST", collection_of(path), base::to_text(object))
                                               : api.send("PUT", path, base::to_text(object));
  auto const written = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (written) {
    resource_version_ = (*written)["metadata"]["resourceVersion"].str();
    uid_ = (*written)["metadata"]["uid"].str();
    renewed_ = time;
  }
  return answer;
}

// Under the mutex.
bool Lock::renew(Api& api, std::string* why) {
  if (lost_.empty()) {
    auto answer = write(api, resource_version_);
    if (answer.status == 409) {  // perhaps an answer to us got lost: then it is still ours, in a later version
      auto const looked = look(api, path_of_lock(place_.name_space, place_.release, lease_), lease_, now_());
      if (looked.holder && looked.holder->identity == base::printable(place_.identity)) answer = write(api, looked.holder->resource_version);
      else if (looked.holder) lost_ = "the lock of the release was taken over by " + looked.holder->identity;
    }
    if (answer.status == 404) lost_ = "somebody deleted the lock of the release";
    if (lost_.empty() && !answer.ok() && now_() + skew_ >= renewed_ + seconds)
      lost_ = "the lock of the release could not be renewed: " + clients::error_of(answer);
  }
  if (why) *why = lost_;
  return lost_.empty();
}

bool Lock::still_ours(std::string* why) {
  std::lock_guard const guard(mutex_);
  return renew(api_, why);
}

void Lock::keep_renewing(Api& api) {
  renewer_ = std::thread([this, &api] {
    std::unique_lock guard(mutex_);
    while (!wake_.wait_for(guard, between_renewals, [this] { return ending_; })) renew(api, nullptr);
  });
}

void Lock::let_go() {
  if (uid_.empty() || !lost_.empty()) return;
  Json const options = Json::Object{{"apiVersion", "v1"},
                                    {"kind", "DeleteOptions"},
                                    {"preconditions", Json::Object{{"uid", uid_}, {"resourceVersion", resource_version_}}}};
  api_.send("DELETE", path_of_lock(place_.name_space, place_.release, lease_), base::to_text(options));
}

std::optional<Holder> holder_of(Api& api, std::string const& name_space, std::string const& release, std::int64_t now) {
  std::optional<Holder> found;
  for (bool const lease : {true, false}) {
    auto looked = look(api, path_of_lock(name_space, release, lease), lease, now);
    if (looked.holder && (!found || looked.holder->alive())) found = std::move(looked.holder);
  }
  return found;
}

std::string held_by(Holder const& holder) {
  return "another helm coder works on the release: " + holder.identity + ", seen " + base::rough_duration(std::max<std::int64_t>(holder.ago, 0)) + " ago";
}

std::string new_identity() {
  char host[256] = "unknown host";
  gethostname(host, sizeof host - 1);
  auto const* user = getpwuid(getuid());
  return std::string(user ? user->pw_name : std::to_string(getuid())) + "@" + host + " " + std::to_string(getpid()) + " " + base::random_hex(4);
}

}  // namespace actions
