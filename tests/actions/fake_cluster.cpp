#include "actions/fake_cluster.h"

#include <cstdlib>

#include "clients/record.h"

using base::Json;

namespace {

void merge(Json& into, Json const& patch) {
  for (auto const& [key, value] : patch.members()) {
    if (value.is_null()) into.erase(key);
    else if (value.is_object()) merge(into.set(key), value);
    else into.set(key) = value;
  }
}

}  // namespace

clients::Answer FakeCluster::fail(int code, char const* reason) const {
  return {code, {}, base::to_text(Json::Object{{"kind", "Status"}, {"code", code}, {"reason", reason}, {"message", reason}})};
}

clients::Answer FakeCluster::ok(Json const& object) const {
  clients::Answer answer{200, {}, base::to_text(object)};
  if (!date.empty()) answer.headers.emplace_back("Date", date);
  return answer;
}

void FakeCluster::stamp(Json& object) {
  auto& metadata = object.set("metadata");
  if (metadata["uid"].str().empty()) metadata.set("uid") = "uid-" + std::to_string(++counter_);
  metadata.set("resourceVersion") = std::to_string(++counter_);
}

Json& FakeCluster::add(std::string const& path, char const* json) {
  auto object = base::parse_json(json).value();
  object.set("metadata").set("name") = path.substr(path.rfind('/') + 1);
  stamp(object);
  return objects[path] = std::move(object);
}

void FakeCluster::add_record(int revision, std::string const& status, std::string const& version) {
  auto const name = clients::record_name("coder", revision);
  auto& object = add("/api/v1/namespaces/coder/secrets/" + name, R"({"kind":"Secret"})");
  object.set("metadata").set("labels") = Json::Object{{"owner", "helm"}, {"name", "coder"}, {"version", std::to_string(revision)}};
  Json const release = Json::Object{{"name", "coder"},
                                    {"version", revision},
                                    {"info", Json::Object{{"status", status}}},
                                    {"chart", Json::Object{{"metadata", Json::Object{{"version", version}}}}}};
  clients::encode_record(object, release);
}

clients::Answer FakeCluster::list(std::string const& collection) const {
  Json items(Json::Array{});
  for (auto const& [path, object] : objects)
    if (path.starts_with(collection + "/") && object["metadata"]["labels"]["owner"].str() == "helm") items.add(object);
  return ok(Json::Object{{"items", std::move(items)}});
}

clients::Answer FakeCluster::change(std::string_view method, std::string const& path, Json body) {
  auto& object = objects[path];
  auto const& sent = body["metadata"];
  for (auto const* key : {"uid", "resourceVersion"})
    if (!sent[key].str().empty() && sent[key].str() != object["metadata"][key].str()) return fail(409, "Conflict");
  if (method == "PATCH") merge(object, body);
  else object = std::move(body);
  stamp(object);
  return ok(object);
}

clients::Answer FakeCluster::send(std::string_view method, std::string const& target, std::string const& body, std::string_view,
                                  std::string_view) {
  auto const path = target.substr(0, target.find('?'));
  auto const what = std::string(method) + " " + path;
  if (method != "GET") asked.push_back(what);
  if (auto const planned = answers.find(what); planned != answers.end()) {
    auto const code = planned->second;
    if (code > 0) answers.erase(planned);
    return fail(std::abs(code), "Planned");
  }
  if (method == "GET" && target.find("labelSelector") != std::string::npos) return list(path);
  auto json = body.empty() ? Json() : base::parse_json(body).value();
  last_body = json;
  if (method == "POST") {
    auto const created = path + "/" + json["metadata"]["name"].str();
    if (has(created)) return fail(409, "AlreadyExists");
    stamp(json);
    return ok(objects[created] = std::move(json));
  }
  if (!has(path)) return fail(404, "NotFound");
  if (method == "GET") return ok(at(path));
  if (method != "DELETE") return change(method, path, std::move(json));
  for (auto const* key : {"uid", "resourceVersion"})
    if (auto const& wanted = json["preconditions"][key].str(); !wanted.empty() && wanted != at(path)["metadata"][key].str())
      return fail(409, "Conflict");
  objects.erase(path);
  return ok(Json::Object{});
}
