#include "rehearsal/fields.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

namespace rehearsal {
namespace {

using base::Json;

Json const nothing;

// What may tell the items of a list apart, as the API's own merge keys do: the first that all items have, each its own.
constexpr std::array keys = {"mountPath", "devicePath", "name",        "containerPort", "port", "ip",
                             "topologyKey", "host",     "path",        "key",           "type", "metadata.name"};

// What the API server writes into the metadata by itself.
constexpr std::array kept_by_the_server = {"managedFields",     "resourceVersion", "generation",       "uid",
                                           "creationTimestamp", "selfLink",        "deletionTimestamp"};

std::string key_text(Json const& item, std::string_view key) {
  auto const& value = key == "metadata.name" ? item["metadata"]["name"] : item[key];
  return value.is_number() ? value.number() : value.str();
}

using Items = std::map<std::string, Json const*>;

// The items by their key; nothing if one has none, or two have the same.
bool by_key(Json const& list, std::string_view key, Items& items) {
  for (auto const& item : list.items()) {
    auto text = key_text(item, key);
    if (text.empty() || !items.emplace(std::move(text), &item).second) return false;
  }
  return true;
}

std::map<std::string_view, Json const*> members_of(Json const& object) {
  std::map<std::string_view, Json const*> members;
  for (auto const& [name, value] : object.members()) members.emplace(name, &value);
  return members;
}

bool has_objects(Json const& list) {
  return std::any_of(list.items().begin(), list.items().end(), [](Json const& item) { return item.is_object(); });
}

class Comparison {
 public:
  explicit Comparison(Visit const& visit) : visit_(visit) {}

  void value(Json const& before, Json const& after) {
    auto const fits = [&](auto is) { return (is(before) || before.is_null()) && (is(after) || after.is_null()); };
    auto const is_object = [](Json const& each) { return each.is_object() && !each.members().empty(); };
    if (before.is_null() && after.is_null()) return;
    if (fits(is_object)) return object(before, after);
    bool const lists = fits([](Json const& each) { return each.is_array(); });
    if (lists && (has_objects(before) || has_objects(after)) && list(before, after)) return;
    if (before.is_object() && after.is_object()) return object(before, after);
    if (!same(before, after)) visit_(path_, before, after);
  }

 private:
  void object(Json const& before, Json const& after) {
    auto const old = members_of(before), now = members_of(after);
    std::set<std::string_view> names;
    for (auto const* members : {&old, &now})
      for (auto const& [name, value] : *members) names.insert(name);
    auto const in = [](auto const& members, auto name) -> Json const& {
      auto const found = members.find(name);
      return found == members.end() ? nothing : *found->second;
    };
    for (auto const& name : names) {
      if (is_the_servers(name)) continue;
      path_.push_back({std::string(name), {}, {}, 0});
      value(in(old, name), in(now, name));
      path_.pop_back();
    }
  }

  bool is_the_servers(std::string_view name) const {
    if (path_.empty()) return name == "status" || name == "kind" || name == "apiVersion";
    return path_.size() == 1 && path_[0].member == "metadata" &&
           std::find(kept_by_the_server.begin(), kept_by_the_server.end(), name) != kept_by_the_server.end();
  }

  bool list(Json const& before, Json const& after) {
    for (auto const* key : keys) {
      Items old, now;
      if (by_key(before, key, old) && by_key(after, key, now)) return keyed(key, before, after, old, now), true;
    }
    auto const size = before.items().size();
    if (size != after.items().size()) return false;
    for (std::size_t i = 0; i < size; ++i) {
      auto const& old = before.items()[i];
      auto const& now = after.items()[i];
      path_.push_back({{}, {}, old["name"].str() + now["name"].str(), i});
      value(old, now);
      path_.pop_back();
    }
    return true;
  }

  // In the order of the list as it was, and what is new after that.
  void keyed(char const* key, Json const& before, Json const& after, Items const& old, Items const& now) {
    auto const visit = [&](Json const& item) {
      auto const text = key_text(item, key);
      auto const was = old.find(text), is = now.find(text);
      path_.push_back({{}, key, text, 0});
      this->item(was == old.end() ? nothing : *was->second, is == now.end() ? nothing : *is->second);
      path_.pop_back();
    };
    for (auto const& each : before.items()) visit(each);
    for (auto const& each : after.items())
      if (!old.contains(key_text(each, key))) visit(each);
  }

  // The path says the key of an item that comes or goes already; without it nothing may be left to say.
  void item(Json const& before, Json const& after) {
    auto const& key = path_.back().key;
    auto const& there = before.is_null() ? after : before;
    if (!before.is_null() && !after.is_null()) return value(before, after);
    if (there.members().size() < 2 || !there.has(key)) return visit_(path_, before, after);
    Json rest = there;
    rest.erase(key);
    before.is_null() ? value(nothing, rest) : value(rest, nothing);
  }

  Visit const& visit_;
  FieldPath path_;
};

bool is_plain(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

std::string to_text(FieldPath const& path) {
  std::string text;
  for (auto const& step : path) {
    if (step.member.empty()) {
      text += "[" + (step.key.empty() ? std::to_string(step.index) : step.value) + "]";
    } else if (is_plain(step.member)) {
      text += (text.empty() ? "" : ".") + step.member;
    } else {
      text += "[" + step.member + "]";
    }
  }
  return text;
}

Json const& item_of(Json const& list, Step const& step) {
  auto const& items = list.items();
  if (step.key.empty()) return step.index < items.size() ? items[step.index] : nothing;
  auto const found = std::find_if(items.begin(), items.end(), [&](Json const& item) { return key_text(item, step.key) == step.value; });
  return found == items.end() ? nothing : *found;
}

Json const& at(Json const& object, FieldPath const& path) {
  auto const* here = &object;
  for (auto const& step : path) here = step.member.empty() ? &item_of(*here, step) : &(*here)[step.member];
  return *here;
}

bool same(Json const& a, Json const& b) {
  if (a.is_array() && b.is_array())
    return std::equal(a.items().begin(), a.items().end(), b.items().begin(), b.items().end(), same);
  if (!a.is_object() || !b.is_object()) return a == b;
  auto const left = members_of(a), right = members_of(b);
  auto const covers = [](auto const& all, auto const& some) {
    return std::all_of(some.begin(), some.end(), [&](auto const& member) {
      auto const found = all.find(member.first);
      return found == all.end() ? member.second->is_null() : same(*found->second, *member.second);
    });
  };
  return covers(left, right) && covers(right, left);
}

void compare(Json const& before, Json const& after, Visit const& visit) { Comparison(visit).value(before, after); }

}  // namespace rehearsal
