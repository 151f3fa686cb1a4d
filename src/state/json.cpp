#include <concepts>
#include <utility>
#include <type_traits>

#include "state/fields.h"
#include "state/names.h"

namespace state {
namespace {

using base::Json;

constexpr std::string_view format = "helm-coder-snapshot/1";

template <class T>
concept Named = requires { Names<T>::all; };

template <class T>
struct IsSeen : std::false_type {};
template <class T>
struct IsSeen<Seen<T>> : std::true_type {};

template <class T>
Json write(T const& value);

template <class T>
Json write_list(std::vector<T> const& list) {
  Json::Array items;
  for (auto const& item : list) items.push_back(write(item));
  return items;
}

template <class T>
Json write(T const& value) {
  if constexpr (std::is_arithmetic_v<T> || std::same_as<T, std::string>) {
    return Json(value);
  } else if constexpr (Named<T>) {
    return Json(name_of(value));
  } else if constexpr (requires { value.push_back; } || requires { value.data(); }) {
    return write_list(value);
  } else if constexpr (std::same_as<T, std::map<std::string, std::string>>) {
    Json object(Json::Object{});
    for (auto const& [key, text] : value) object.set(key) = text;
    return object;
  } else if constexpr (IsSeen<T>::value) {
    if (auto const* known = std::get_if<1>(&value)) return write(*known);
    auto const& unknown = std::get<Unknown>(value);
    return Json::Object{{"unknown", Json::Object{{"why", unknown.why}, {"tell", unknown.tell}}}};
  } else {
    Json object(Json::Object{});
    fields::visit([&](char const* name, auto const& member) { object.set(name) = write(member); }, value);
    return object;
  }
}

template <class T>
void read(Json const& json, T& value) {
  if constexpr (std::same_as<T, bool>) {
    value = json.bool_or(value);
  } else if constexpr (std::integral<T>) {
    auto const number = json.int_or(value);
    if (std::in_range<T>(number)) value = static_cast<T>(number);
  } else if constexpr (std::floating_point<T>) {
    value = json.double_or(value);
  } else if constexpr (std::same_as<T, std::string>) {
    value = json.str_or(value);
  } else if constexpr (Named<T>) {
    for (auto const& [each, name] : Names<T>::all)
      if (json.str() == name) value = each;
  } else if constexpr (requires { value.data(); }) {
    for (auto const& item : json.items()) read(item, value.emplace_back());
  } else if constexpr (std::same_as<T, std::map<std::string, std::string>>) {
    for (auto const& [key, text] : json.members()) value[key] = text.str();
  } else if constexpr (IsSeen<T>::value) {
    if (!json.is_object() || json.has("unknown")) {
      value = Unknown{json["unknown"]["why"].str_or("the snapshot does not hold it"), json["unknown"]["tell"].str()};
    } else {
      read(json, value.template emplace<1>());
    }
  } else {
    fields::visit([&](char const* name, auto& member) { read(json[name], member); }, value);
  }
}

}  // namespace

Json to_json(State const& state) {
  Json json(Json::Object{});
  json.set("format") = format;
  json.set("version") = HELM_CODER_VERSION;
  auto body = write(state);
  for (auto& [key, value] : body.make_object()) json.set(key) = std::move(value);
  return json;
}

std::optional<State> from_json(Json const& json, std::string* why) {
  if (json["format"].str() != format) {
    if (why) *why = "it is no snapshot of `helm coder snapshot` (\"format\" should be \"" + std::string(format) + "\")";
    return {};
  }
  State state;
  read(json, state);
  return state;
}

std::string to_text(ObjectId const& object, std::string_view home) {
  auto text = object.kind + "/" + object.name;
  return object.name_space.empty() || object.name_space == home ? text : text + " in " + object.name_space;
}

}  // namespace state
