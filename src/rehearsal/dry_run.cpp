#include "rehearsal/dry_run.h"

#include "rehearsal/definitions.h"
#include "rehearsal/ownership.h"

namespace rehearsal {

using base::Json;

bool is_apply(std::string_view content_type) { return content_type.find("apply-patch") != std::string_view::npos; }
bool is_json_patch(std::string_view content_type) { return content_type.find("json-patch") != std::string_view::npos; }

Ask dry_run_of(Recorded const& write, Layer const& layer) {
  auto const& target = write.target;
  auto const collection = path_of(target.api_version(), target.resource, target.name_space);
  auto const* entry = layer.find(target.key());
  bool const only_here = entry && entry->object && !entry->live;
  bool const apply = is_apply(write.content_type);
  auto const query = upstream_query(target, true);
  Ask ask{write.method, target.path + query, write.body, write.content_type, "application/json"};
  if (write.method == "POST") ask.target = collection + query;
  if (write.method == "PUT" && only_here) ask.method = "POST", ask.target = collection + query;
  if (!write.renamed) return ask;
  if (auto body = base::parse_json(write.body)) {
    auto const other = renamed_for_trial(*body, target.name);
    ask.body = base::to_text(*body);
    ask.method = apply ? "PATCH" : "POST";
    ask.target = (apply ? path_of(target.api_version(), target.resource, target.name_space, other) : collection) + query;
  }
  return ask;
}

Ask forced(Ask ask, Target target) {
  std::erase_if(target.query, [](auto const& parameter) { return parameter.first == "force"; });
  target.query.emplace_back("force", "true");
  ask.target = ask.target.substr(0, ask.target.find('?')) + upstream_query(target, true);
  return ask;
}

Json as_created(Json object, Target const& target) {
  auto& metadata = object.set("metadata");
  metadata.set("name") = target.name;
  if (!target.name_space.empty()) metadata.set("namespace") = target.name_space;
  if (!metadata.has("uid")) metadata.set("uid") = "00000000-0000-0000-0000-000000000000";
  if (!metadata.has("resourceVersion")) metadata.set("resourceVersion") = "1";
  if (!metadata.has("creationTimestamp")) metadata.set("creationTimestamp") = "2000-01-01T00:00:00Z";
  if (is_definition(target.key())) establish(object);
  return object;
}

Reply json_reply(int status, Json const& json) { return {status, "application/json", base::to_text(json), {}}; }

Reply not_found(Target const& target) {
  return status_reply(404, "NotFound", target.resource + " \"" + target.name + "\" not found");
}

Reply status_reply(int code, std::string_view reason, std::string_view message) {
  Json status = Json::Object{{"kind", "Status"},    {"apiVersion", "v1"}, {"metadata", Json::Object{}},
                             {"status", "Failure"}, {"message", message}, {"reason", reason},
                             {"code", code}};
  return json_reply(code, status);
}

}  // namespace rehearsal
