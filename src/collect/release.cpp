#include "collect/release.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/text.h"
#include "clients/clock.h"
#include "clients/record.h"

namespace collect {
namespace {

using base::Json;
using clients::url_encoded;
using state::Revision;
using state::Unknown;

std::string resource(Records const& records) { return records.config_maps ? "configmaps" : "secrets"; }

std::string selector(std::string const& release) {
  return "?labelSelector=" + url_encoded("owner=helm,name=" + release);
}

std::string collection(Records const& records) {
  return "/api/v1/namespaces/" + url_encoded(records.name_space) + "/" + resource(records);
}

// Metadata only: a LIST of ten whole records takes 40 ms.
clients::Request list(std::string path) {
  return {.method = "GET", .target = std::move(path), .accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"};
}

Unknown why_not(clients::Answer const& answer, Records const& records) {
  if (answer.status == 403)
    return {"you may not list " + resource(records) + " in namespace " + records.name_space + ": " +
                clients::error_of(answer),
            "Ask for the right to get and list " + resource(records) + " in namespace " + records.name_space +
                "; Helm itself needs it for every command."};
  return {"the release's records can't be read: " + clients::error_of(answer), "helm history " + records.release};
}

std::int64_t time_of(Json const& time) { return clients::parse_time(time.str()).value_or(0); }

// From the metadata alone. Nothing if it is no record of this release.
std::optional<Revision> revision_of(Json const& metadata, Records const& records) {
  auto const& labels = metadata["labels"];
  auto const version = base::whole_number(labels["version"].str());
  if (!version || *version == 0 || *version > 1'000'000'000) return {};
  Revision revision{.number = static_cast<int>(*version), .status = labels["status"].str()};
  if (metadata["name"].str() != clients::record_name(records.release, revision.number)) return {};
  // Not the labels createdAt and modifiedAt: Helm 3.21 copies the one of the revision before.
  revision.updated = time_of(metadata["creationTimestamp"]);
  return revision;
}

// The later time counts: a lock had better look too young, where the clock of whoever holds it is wrong.
void add_details(Revision& revision, Json const& release) {
  auto const& metadata = release["chart"]["metadata"];
  auto const& info = release["info"];
  revision.chart = metadata["name"].str();
  revision.chart_version = metadata["version"].str();
  revision.description = info["description"].str();
  if (auto const& status = info["status"].str(); !status.empty()) revision.status = status;
  revision.updated = std::max({revision.updated, time_of(info["last_deployed"]), time_of(info["deleted"])});
}

std::optional<Record> record_in(clients::Answer const& answer, int revision, std::string* why) {
  if (!answer.ok()) {
    *why = clients::error_of(answer);
    return {};
  }
  auto object = base::parse_json(answer.body, why);
  auto release = object ? clients::decode_record(*object, why) : std::nullopt;
  if (!release) return {};
  Record record{.revision = revision, .object = std::move(*object), .release = std::move(*release)};
  record.resource_version = record.object["metadata"]["resourceVersion"].str();
  record.uid = record.object["metadata"]["uid"].str();
  return record;
}

std::optional<Record> learn(Revision& revision, clients::Answer const& answer) {
  std::string why;
  auto record = record_in(answer, revision.number, &why);
  revision.readable = record.has_value();
  if (record) add_details(revision, record->release);
  if (!record) revision.description = why;
  return record;
}

bool is_read(Revision const& revision) { return !revision.chart.empty() || !revision.readable; }

// Those of the last `details` and the base that were not read yet.
std::vector<Revision*> wanted_of(state::Release& seen, int details) {
  auto const first = std::ssize(seen.revisions) - details;
  std::vector<Revision*> wanted;
  for (std::ptrdiff_t i = 0; i < std::ssize(seen.revisions); ++i) {
    auto& revision = seen.revisions[static_cast<std::size_t>(i)];
    if (!is_read(revision) && (i >= first || revision.number == seen.base)) wanted.push_back(&revision);
  }
  return wanted;
}

// The record of the base, if it is among them.
std::optional<Record> read_records(clients::Kubernetes& api, state::Release& seen, Records const& records, int details) {
  auto const wanted = wanted_of(seen, details);
  std::vector<clients::Request> requests;
  for (auto const* revision : wanted) requests.push_back({"GET", path_of(records, revision->number)});
  auto const answers = api.send_all(requests);
  std::optional<Record> base;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (auto record = learn(*wanted[i], answers[i]); record && record->revision == seen.base) base = std::move(record);
  return base;
}

std::vector<Revision> revisions_in(Json const& list, Records const& records) {
  std::vector<Revision> revisions;
  for (auto const& item : list["items"].items())
    if (auto revision = revision_of(item["metadata"], records)) revisions.push_back(std::move(*revision));
  std::sort(revisions.begin(), revisions.end(), [](auto const& a, auto const& b) { return a.number < b.number; });
  return revisions;
}

// Where else there is a release of this name. Most people may not ask that; then nobody knows.
std::vector<std::string> namespaces_with(clients::Kubernetes& api, Records const& records) {
  auto const answer = api.send_all({list("/api/v1/" + resource(records) + selector(records.release))}).front();
  auto const json = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  std::set<std::string> names;
  if (json)
    for (auto const& item : (*json)["items"].items()) names.insert(item["metadata"]["namespace"].str());
  names.erase(records.name_space);
  return {names.begin(), names.end()};
}

bool is_pending(std::string const& status) { return status.starts_with("pending-"); }

}  // namespace

state::Seen<Records> records_of(state::Request const& request) {
  char const* value = std::getenv("HELM_DRIVER");
  std::string_view const driver = value ? value : "";
  if (driver.empty() || driver == "secret" || driver == "secrets") return Records{request.release, request.name_space};
  if (driver == "configmap" || driver == "configmaps") return Records{request.release, request.name_space, true};
  return Unknown{
      "HELM_DRIVER=" + std::string(driver) + " keeps the records outside the cluster, where they can't be rehearsed",
      "Unset HELM_DRIVER if the release was not made with it."};
}

std::string path_of(Records const& records, int revision) {
  return collection(records) + "/" + url_encoded(clients::record_name(records.release, revision));
}

std::optional<Record> read_record(clients::Kubernetes& api, Records const& records, int revision, std::string* why) {
  return record_in(api.get(path_of(records, revision)), revision, why);
}

int base_of(std::vector<Revision> const& revisions) {
  for (auto each = revisions.rbegin(); each != revisions.rend(); ++each)
    if (each->status == "deployed") return each->number;
  if (revisions.empty()) return 0;
  auto const& last = revisions.back();
  return last.status == "failed" || last.status == "superseded" || is_pending(last.status) ? last.number : 0;
}

FoundRelease release(clients::Kubernetes& api, state::Request const& request, int details, int likely_base) {
  auto const where = records_of(request);
  auto const* records = state::seen(where);
  if (!records) return {std::get<Unknown>(where), {}};
  std::vector<clients::Request> requests = {list(collection(*records) + selector(request.release))};
  if (likely_base > 0) requests.push_back({"GET", path_of(*records, likely_base)});
  auto const answers = api.send_all(requests);
  if (!answers[0].ok()) return {why_not(answers[0], *records), {}};
  auto const json = base::parse_json(answers[0].body);
  if (!json) return {Unknown{"the list of the release's records is no JSON", ""}, {}};
  state::Release seen{.name = request.release, .name_space = request.name_space};
  seen.driver = records->config_maps ? "configmap" : "secret";
  seen.revisions = revisions_in(*json, *records);
  if (seen.revisions.empty()) seen.elsewhere = namespaces_with(api, *records);
  seen.base = base_of(seen.revisions);
  std::optional<Record> base;
  if (likely_base > 0 && seen.base == likely_base) {
    auto const is_base = [&](Revision const& revision) { return revision.number == likely_base; };
    base = learn(*std::find_if(seen.revisions.begin(), seen.revisions.end(), is_base), answers[1]);
  }
  if (auto read = read_records(api, seen, *records, details)) base = std::move(read);
  if (base) seen.apply_method = base->release["apply_method"].str_or("csa");
  return {std::move(seen), std::move(base)};
}

void add_details(clients::Kubernetes& api, state::Release& seen, Records const& records, int details) {
  read_records(api, seen, records, details);
}

}  // namespace collect
