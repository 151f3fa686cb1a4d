#include "rehearsal/drift.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "rehearsal/differences.h"
#include "rehearsal/ownership.h"

namespace rehearsal {
namespace {

using base::Json;
using Manifest = std::map<Key, Rendered const*>;

constexpr std::size_t most_fields = 20;

// What a manifest sets to nothing, it leaves to the API server.
bool is_set(Json const& value) {
  return !value.is_null() && !(value.is_string() && value.str().empty()) && !(value.is_array() && value.items().empty()) &&
         !(value.is_object() && value.members().empty());
}

// Whether an item of fieldsV1, "k:{\"name\":\"web\"}", is this one.
bool is_item(std::string const& name, Json const& item) {
  auto const key = name.starts_with("k:") ? base::parse_json(std::string_view(name).substr(2)) : std::nullopt;
  if (!key) return false;
  auto const& members = key->members();
  return std::all_of(members.begin(), members.end(), [&](auto const& member) { return item[member.first] == member.second; });
}

bool owns(Json const& fields, Json const& object, FieldPath const& path) {
  auto const* owned = &fields;
  auto const* here = &object;
  for (auto const& step : path) {
    Json const* next = nullptr;
    if (step.member.empty()) {
      here = &item_of(*here, step);
      for (auto const& [name, value] : owned->members())
        if (is_item(name, *here)) next = &value;
    } else {
      here = &(*here)[step.member];
      next = owned->find("f:" + step.member);
    }
    if (!next) return owned != &fields && owned->members().empty();  // a list or object that is owned as a whole
    owned = next;
  }
  return true;
}

// Looks at the objects of one scene; asks the API server only where nothing else tells.
class Drifts {
 public:
  Drifts(Scene const& scene, Questions& ask)
      : scene_(scene), ask_(ask), old_(by_key(scene.old_objects)), now_(by_key(scene.new_objects)), failed_(by_key(scene.failed_objects)) {}

  std::vector<state::Drift> find() {
    std::vector<state::Drift> all;
    for (auto const& [key, writes] : writes_by_object(scene_)) {
      auto const& first = scene_.played->writes[writes.front()];
      auto const& last = scene_.played->writes[writes.back()];
      auto const old = old_.find(key);
      if (old == old_.end()) continue;
      auto drift = first.creates ? of_new(key, last) : of(key, *old->second, first, last);
      if (drift.fields.empty() && drift.unsure.empty()) continue;
      drift.object = object_of(last);
      all.push_back(std::move(drift));
    }
    return all;
  }

 private:
  Manifest by_key(std::vector<Rendered> const& objects) { return ask_.resources.by_key(objects, scene_.name_space); }

  // Of the release, and yet to be made. A Job may have ended its time.
  state::Drift of_new(Key const& key, Recorded const& write) const {
    state::Drift drift;
    if (scene_.start.find(key) || failed_.contains(key) || write.target.resource == "jobs") return drift;
    drift.fields.push_back({.manifest = "there", .after = "there"});
    return drift;
  }

  state::Drift of(Key const& key, Rendered const& rendered, Recorded const& first, Recorded const& last) {
    old_object_ = as_stored(rendered.object);
    now_object_ = now_.contains(key) ? as_stored(now_.at(key)->object) : Json();
    failed_object_ = failed_.contains(key) ? as_stored(failed_.at(key)->object) : Json();
    normal_.reset();
    live_ = before_all(first, last, ask_);
    bool const same_version = rendered.api_version == live_["apiVersion"].str();
    state::Drift drift;
    if (live_.is_null()) drift.unsure = "it could not be read in the API version in which the upgrade writes it";
    if (live_.is_null()) return drift;
    if (last.after.is_null()) {
      if (differs_from_live(same_version)) drift.unsure = judge(last).judgement == state::Judgement::rejected
                                                  ? "it is no longer as the release has it, and the API server refuses what the upgrade makes of it"
                                                  : "it is no longer as the release has it, and what the upgrade makes of it could not be judged";
      return drift;
    }
    compare(live_, last.after, [&](auto const& path, auto const& live, auto const& after) {
      if (!same_version && path.front().member != "metadata") return;
      if (is_drift(path, live, rendered, last, drift)) add(path, live, after, last, drift);
    });
    return drift;
  }

  // Without an answer: whether there may be anything to lose.
  bool differs_from_live(bool same_version) const {
    bool found = false;
    compare(old_object_, live_, [&](auto const& path, auto const& old, auto const& live) {
      bool const comparable = same_version || path.front().member == "metadata";
      found = found || (comparable && is_set(old) && !same(at(now_object_, path), live));
    });
    return found;
  }

  bool is_drift(FieldPath const& path, Json const& live, Rendered const& rendered, Recorded const& write, state::Drift& drift) {
    auto const& old = at(old_object_, path);
    if (!is_set(old) || same(old, live)) return false;
    if (!failed_object_.is_null() && (same(at(failed_object_, path), live) || author_of(live_, path).manager.empty())) return false;
    if (same(old, at(now_object_, path))) return true;
    // The new version sets another value, so the difference may be just a way of writing ("1000m" and "1") or a webhook's.
    if (!normal_) normal_ = as_the_server_has_it(rendered, write);
    if (normal_->is_null())
      drift.unsure = "it is not in the cluster as the release's manifest writes it, and the API server would not say whether that is the same";
    return !normal_->is_null() && !same(at(*normal_, path), live);
  }

  // The object of the old manifest as the API server would store it; null if it would not.
  Json as_the_server_has_it(Rendered const& rendered, Recorded const& write) {
    auto object = rendered.object;
    renamed_for_trial(object, write.target.name);
    return ask_.stored({rendered.api_version, write.target.resource, write.target.name_space, std::move(object)});
  }

  void add(FieldPath const& path, Json const& live, Json const& after, Recorded const& write, state::Drift& drift) {
    if (drift.fields.size() == most_fields) {
      ++drift.more;
      return;
    }
    Veil const veil(live_);
    auto const& old = at(old_object_, path);
    auto const changed = differences(veil, path, old, live), overwritten = differences(veil, path, live, after);
    if (changed.empty() || overwritten.empty()) return;
    auto const author = path.back().member == "replicas" ? scaler_of(write, path) : author_of(live_, path);
    state::DriftedField field{changed[0].path, changed[0].line, changed[0].before, changed[0].after, overwritten[0].after,
                              base::printable(author.manager), base::printable(author.since)};
    if (overwritten[0].before == state::hidden) field.manifest = field.live = state::hidden;
    if (field.live == state::hidden) field.after = after.is_null() ? "" : state::hidden;
    if (field.line > 0) field.after.clear();
    drift.fields.push_back(std::move(field));
  }

  // An autoscaler goes by many names in managedFields, and by none on old servers.
  Author scaler_of(Recorded const& write, FieldPath const& path) {
    auto const author = author_of(live_, path);
    auto const list = ask_.get(path_of("autoscaling/v1", "horizontalpodautoscalers", write.target.name_space)).value_or(Json());
    for (auto const& scaler : list["items"].items()) {
      auto const& scaled = scaler["spec"]["scaleTargetRef"];
      if (scaled["kind"] == live_["kind"] && scaled["name"] == live_["metadata"]["name"])
        return {"HorizontalPodAutoscaler/" + scaler["metadata"]["name"].str(), author.since};
    }
    return author;
  }

  Scene const& scene_;
  Questions& ask_;
  Manifest old_, now_, failed_;
  // Of the object that is being looked at.
  Json old_object_, now_object_, failed_object_, live_;
  std::optional<Json> normal_;
};

}  // namespace

std::vector<state::Drift> drifts_of(Scene const& scene, Questions& ask) { return Drifts(scene, ask).find(); }

Author author_of(Json const& object, FieldPath const& path) {
  Author author;
  for (auto const& entry : object["metadata"]["managedFields"].items()) {
    auto const& manager = entry["manager"].str();
    auto const& time = entry["time"].str();
    // RFC 3339 in UTC: the text is in the order of time.
    if (manager != "helm" && (author.manager.empty() || time > author.since) && owns(entry["fieldsV1"], object, path)) author = {manager, time};
  }
  return author;
}

}  // namespace rehearsal
