#include "rehearsal/records.h"

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"
#include "clients/kubernetes.h"
#include "clients/record.h"

namespace rehearsal {

using base::Json;

constexpr std::string_view record_prefix = "sh.helm.release.v1.";

bool is_helm_record(Key const& key) {
  return (key.resource == "secrets" || key.resource == "configmaps") && key.name.starts_with(record_prefix);
}

std::string record_name_in(std::string_view body) {
  auto const at = body.find(record_prefix);
  if (at == std::string_view::npos) return "";
  auto const end = body.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.", at);
  return std::string(body.substr(at, end == std::string_view::npos ? end : end - at));
}

bool lists_records(Target const& collection) {
  if (collection.shape != Target::Shape::collection || !collection.group.empty()) return false;
  if (collection.resource != "secrets" && collection.resource != "configmaps") return false;
  for (auto const& term : base::split(collection.query_value("labelSelector"), ','))
    if (term == "owner=helm") return true;
  return false;
}

std::string kind_of_record(std::string_view resource) { return resource == "secrets" ? "Secret" : "ConfigMap"; }

std::string query_of_all(Target const& collection) {
  auto const selector = collection.query_value("labelSelector");
  std::vector<std::string> terms;
  for (auto& term : base::split(selector, ','))
    if (!term.starts_with("status=")) terms.push_back(std::move(term));
  std::sort(terms.begin(), terms.end());
  return "?labelSelector=" + clients::url_encoded(base::join(terms, ","));
}

std::set<std::string> looked_into(Json const& list) {
  std::set<std::string> names;
  struct Last {
    std::int64_t revision = 0;
    std::string name;
  };
  std::map<std::string, Last> last, good;
  for (auto const& item : list["items"].items()) {
    auto const& metadata = item["metadata"];
    auto const& labels = metadata["labels"];
    auto const& status = labels["status"].str();
    if (status != "superseded" && status != "failed") names.insert(metadata["name"].str());
    auto const revision = base::whole_number(labels["version"].str()).value_or(0);
    auto const keep_newest = [&](Last& newest) {
      if (revision >= newest.revision) newest = {revision, metadata["name"].str()};
    };
    keep_newest(last[labels["name"].str()]);
    if (status == "superseded" || status == "deployed") keep_newest(good[labels["name"].str()]);
  }
  for (auto const& [release, newest] : last) names.insert(newest.name);
  for (auto const& [release, newest] : good) names.insert(newest.name);
  return names;
}

Json outline_of(Json const& metadata, std::string const& kind) {
  auto const& labels = metadata["labels"];
  auto const& time = metadata["creationTimestamp"];
  Json const release = Json::Object{
      {"name", labels["name"].str()},
      {"namespace", metadata["namespace"].str()},
      {"version", base::whole_number(labels["version"].str()).value_or(0)},
      {"info", Json::Object{{"status", labels["status"].str()}, {"first_deployed", time}, {"last_deployed", time}}},
      {"chart", Json::Object{{"metadata", Json::Object{{"name", labels["name"].str()}, {"version", "0.0.0"}}}}}};
  Json record = Json::Object{{"apiVersion", "v1"}, {"kind", kind}, {"metadata", metadata}};
  if (kind == "Secret") record.set("type") = "helm.sh/release.v1";
  clients::encode_record(record, release);
  return record;
}

}  // namespace rehearsal
