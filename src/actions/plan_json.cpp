#include <string_view>

#include "actions/plan.h"
#include "base/bytes.h"

namespace actions {
namespace {

using base::Json;

// The members of each struct by name, said once for both directions.
template <class S, class T>
concept Is = std::same_as<std::remove_const_t<S>, T>;

template <class V>
void visit(V&& v, Is<Object> auto& o) {
  v("kind", o.id.kind), v("group", o.id.group), v("namespace", o.id.name_space), v("name", o.id.name);
  v("path", o.path), v("uid", o.uid);
}
template <class V>
void visit(V&& v, Is<Marks> auto& o) {
  v("labels", o.labels), v("annotations", o.annotations);
}
template <class V>
void visit(V&& v, Is<Save> auto& o) {
  v("folder", o.folder);
}
template <class V>
void visit(V&& v, Is<Mark> auto& o) {
  v("object", o.object), v("now", o.now), v("before", o.before), v("withContent", o.with_content);
}
template <class V>
void visit(V&& v, Is<Remake> auto& o) {
  v("object", o.object), v("propagation", o.propagation), v("next", o.next), v("foreign", o.foreign);
}
template <class V>
void visit(V&& v, Is<Remove> auto& o) {
  v("object", o.object);
}
template <class V>
void visit(V&& v, Is<PutBack> auto& o) {
  v("object", o.object), v("folder", o.folder);
}
template <class V>
void visit(V&& v, Is<TakeBack> auto& o) {
  v("mark", o.mark), v("folder", o.folder);
}
template <class V>
void visit(V&& v, Is<RunHelm> auto& o) {
  v("arguments", o.arguments), v("lastRevision", o.last_revision);
}
template <class V>
void visit(V&& v, Is<FailRecord> auto& o) {
  v("path", o.path), v("resourceVersion", o.resource_version), v("status", o.status), v("revision", o.revision);
}
template <class V>
void visit(V&& v, Is<Verify> auto& o) {
  v("afterRevision", o.after_revision), v("chartVersion", o.chart_version), v("there", o.there), v("gone", o.gone);
  v("alone", o.alone);
}

// In the order of the variant.
constexpr std::string_view kinds[] = {"save", "mark", "remake", "remove", "put-back", "take-back", "helm", "fail-record", "verify"};
static_assert(std::size(kinds) == std::variant_size_v<Work>);

Json write(std::string const& text) { return text; }
Json write(bool value) { return value; }
Json write(int value) { return value; }
Json write(Json const& value) { return value; }
Json write(Words const& words) {
  Json json(Json::Object{});
  for (auto const& [key, text] : words) json.set(key) = text ? Json(*text) : Json();
  return json;
}
template <class T>
Json write(std::vector<T> const& list);
template <class T>
Json write(T const& value) {
  Json json(Json::Object{});
  visit([&](char const* name, auto const& member) { json.set(name) = write(member); }, value);
  return json;
}
template <class T>
Json write(std::vector<T> const& list) {
  Json json(Json::Array{});
  for (auto const& each : list) json.add(write(each));
  return json;
}

void read(Json const& json, std::string& text) { text = json.str(); }
void read(Json const& json, bool& value) { value = json.bool_or(false); }
void read(Json const& json, int& value) { value = static_cast<int>(json.int_or(0)); }
void read(Json const& json, Json& value) { value = json; }
void read(Json const& json, Words& words) {
  for (auto const& [key, text] : json.members()) words[key] = text.is_string() ? std::optional(text.str()) : std::nullopt;
}
template <class T>
void read(Json const& json, std::vector<T>& list);
template <class T>
void read(Json const& json, T& value) {
  visit([&](char const* name, auto& member) { read(json[name], member); }, value);
}
template <class T>
void read(Json const& json, std::vector<T>& list) {
  for (auto const& each : json.items()) read(each, list.emplace_back());
}

template <std::size_t i = 0>
bool read_work(std::string_view kind, Json const& json, Work& work) {
  if constexpr (i < std::variant_size_v<Work>) {
    if (kind != kinds[i]) return read_work<i + 1>(kind, json, work);
    read(json, work.emplace<i>());
    return true;
  } else {
    return false;
  }
}

Json write_step(Step const& step) {
  Json by_hand(Json::Array{});
  for (auto const& command : step.by_hand) by_hand.add(write(command.argv));
  Json work = std::visit([](auto const& each) { return write(each); }, step.work);
  return Json::Object{{"name", step.name}, {"why", step.why},         {"what", step.what},
                      {"cost", step.cost}, {"undo", step.undo},       {"byHand", std::move(by_hand)},
                      {"kind", kinds[step.work.index()]}, {"work", std::move(work)}};
}

}  // namespace

Json to_json(Plan const& plan) {
  Json json(Json::Array{});
  for (auto const& step : plan) json.add(write_step(step));
  return json;
}

std::optional<Plan> plan_from_json(Json const& json, std::string* why) {
  Plan plan;
  for (auto const& each : json.items()) {
    Step step{.name = each["name"].str(), .why = each["why"].str(), .what = each["what"].str(),
              .cost = each["cost"].str(), .undo = each["undo"].str(), .by_hand = {}, .work = {}};
    for (auto const& command : each["byHand"].items()) read(command, step.by_hand.emplace_back().argv);
    if (!read_work(each["kind"].str(), each["work"], step.work)) {
      if (why) *why = "step " + std::to_string(plan.size() + 1) + " is of no known kind";
      return {};
    }
    plan.push_back(std::move(step));
  }
  if (plan.empty() && why) *why = "it has no steps";
  return plan.empty() ? std::nullopt : std::optional(std::move(plan));
}

std::string saved_as(state::ObjectId const& id) {
  std::string name;
  for (auto const& part : {id.name_space, id.kind, id.group, id.name}) {
    if (!name.empty() && !part.empty()) name += '_';
    for (char c : part) {
      bool const plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
      name += plain ? std::string(1, c) : "%" + std::to_string(static_cast<unsigned char>(c));
    }
  }
  if (name.size() > 200) name = name.substr(0, 180) + "-" + base::sha256_hex(name).substr(0, 16);
  return "objects/" + name + ".json";
}

}  // namespace actions
