#include "rehearsal/handover.h"

#include <algorithm>
#include <array>
#include <vector>

namespace rehearsal {
namespace {

using base::Json;

constexpr std::string_view helm = "helm";

// A step in fieldsV1: "f:NAME" is a member, "k:{…}" the item of a list with these keys, "v:…" the item with this value.
// Where the item is in the list; npos where it is not. A key that is not written has its default, such as a port's protocol.
std::size_t item_of(Json const& list, std::string_view step) {
  auto const wanted = base::parse_json(step.substr(2));
  auto const& items = list.items();
  auto const found = std::find_if(items.begin(), items.end(), [&](Json const& item) {
    if (!wanted) return false;
    if (step.starts_with("v:")) return item == *wanted;
    auto const& keys = wanted->members();
    return std::all_of(keys.begin(), keys.end(), [&](auto const& key) { return !item.has(key.first) || item[key.first] == key.second; });
  });
  return found == items.end() ? std::string::npos : static_cast<std::size_t>(found - items.begin());
}

Json const& child_of(Json const& object, std::string_view step) {
  static Json const none;
  if (step.starts_with("f:")) return object[step.substr(2)];
  auto const at = item_of(object, step);
  return at == std::string::npos ? none : object.items()[at];
}

void erase_child(Json& object, std::string_view step) {
  if (step.starts_with("f:")) return object.erase(step.substr(2));
  auto const at = item_of(object, step);
  if (at != std::string::npos) object.make_array().erase(object.make_array().begin() + static_cast<std::ptrdiff_t>(at));
}

Json& child_to_change(Json& object, std::string_view step) {
  if (step.starts_with("f:")) return object.set(step.substr(2));
  return object.make_array()[item_of(object, step)];
}

using Fields = std::vector<Json const*>;  // of the other managers, at the same place

Fields below(Fields const& others, std::string const& step) {
  Fields found;
  for (auto const* each : others)
    if (auto const* child = each->find(step)) found.push_back(child);
  return found;
}

// Takes out of `object` what is owned here, not in `config`, and nobody else's; what was among it is told in `found`.
void prune(Json& object, Json const& owned, Json const& config, Fields const& others, Handover& found) {
  for (auto const& [step, fields] : owned.members()) {
    if (step == "." || step.starts_with("i:")) continue;
    auto const& there = child_of(object, step);
    if (there.is_null()) continue;
    auto const& applied = child_of(config, step);
    auto const theirs = below(others, step);
    bool const leaf = fields.members().empty();
    if (applied.is_null() && theirs.empty()) {
      bool const empty = there.items().empty() && there.members().empty();
      bool const whole = (!leaf || empty) && step.starts_with("f:");
      found.takes_structs = found.takes_structs || (whole && there.is_object());
      found.takes_lists = found.takes_lists || (whole && there.is_array());
      erase_child(object, step);
    } else if (!leaf && (there.is_object() || there.is_array())) {
      auto& child = child_to_change(object, step);
      prune(child, fields, applied, theirs, found);
      found.empties = found.empties || (child.items().empty() && child.members().empty());
    }
  }
}

Json set_step(std::string const& path, Json const& value) { return Json::Object{{"op", "add"}, {"path", path}, {"value", value}}; }

std::string pointer(std::string_view name) {
  std::string escaped;
  for (char const c : name) escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return "/" + escaped;
}

bool is_applied_by_helm(Json const& entry) { return entry["manager"].str() == helm && entry["operation"].str() == "Apply"; }

}  // namespace

Json handed_over(std::string const& json_patch) {
  auto const steps = base::parse_json(json_patch);
  if (!steps) return {};
  for (auto const& step : steps->items())
    if (step["path"].str() == "/metadata/managedFields" && step["value"].is_array()) return step["value"];
  return {};
}

Handover after_handover(Json const& answer, Json const& managed_fields, Json const& config) {
  Handover found;
  Fields others;
  for (auto const& entry : managed_fields.items())
    if (!is_applied_by_helm(entry)) others.push_back(&entry["fieldsV1"]);
  auto& result = found.left = answer;
  for (auto const& entry : managed_fields.items()) {
    if (!is_applied_by_helm(entry)) continue;
    found.same_version = found.same_version && entry["apiVersion"] == config["apiVersion"];
    prune(result, entry["fieldsV1"], config, others, found);
  }
  if (result == answer) return found;
  // The patch meets the live object: it says all that the apply has changed, too.
  Json steps(Json::Array{});
  static constexpr std::array not_written = {"apiVersion", "kind", "metadata", "status"};
  for (auto const& [name, value] : answer.members())
    if (std::find(not_written.begin(), not_written.end(), name) == not_written.end()) steps.add(set_step(pointer(name), result[name]));
  for (auto const* name : {"labels", "annotations", "finalizers", "ownerReferences"})
    if (answer["metadata"].has(name)) steps.add(set_step("/metadata" + pointer(name), result["metadata"][name]));
  found.patch = base::to_text(steps);
  return found;
}

void forget_own_updates(Json& object) {
  auto& metadata = object.set("metadata");
  if (!metadata["managedFields"].is_array()) return;
  std::erase_if(metadata.set("managedFields").make_array(), [](Json const& entry) {
    return entry["manager"].str() == helm && entry["operation"].str() == "Update" && entry["subresource"].str().empty();
  });
}

}  // namespace rehearsal
