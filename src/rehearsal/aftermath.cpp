#include "rehearsal/aftermath.h"

#include <set>

#include "rehearsal/fields.h"
#include "rehearsal/records.h"

namespace rehearsal {
namespace {

using base::Json;
using state::Fate;

bool is_as_before(Json const& before, Json const& now) {
  if (before["apiVersion"] != now["apiVersion"]) return false;  // what is the same in another form can't be told
  bool same = true;
  compare(before, now, [&](auto const&, auto const&, auto const&) { same = false; });
  return same;
}

Fate fate_of(Layer const& layer, Key const& key, std::map<Key, Json> const& live) {
  auto const* entry = layer.find(key);
  if (!entry) return Fate::as_before;
  if (!entry->object) return entry->live ? Fate::deleted : Fate::as_before;
  if (!entry->live) return Fate::created;
  auto const before = live.find(key);
  return before != live.end() && is_as_before(before->second, *entry->object) ? Fate::as_before : Fate::changed;
}

state::ObjectId id_of(Key const& key, Layer const& failed, Layer const& rolled_back, std::map<Key, Json> const& live) {
  std::string kind;
  for (auto const* layer : {&failed, &rolled_back})
    if (auto const* entry = layer->find(key); entry && entry->object && kind.empty()) kind = (*entry->object)["kind"].str();
  auto const before = live.find(key);
  if (kind.empty() && before != live.end()) kind = before->second["kind"].str();
  return {kind.empty() ? key.resource : kind, key.group, key.name_space, key.name};
}

}  // namespace

std::vector<state::Aftermath> aftermath_of(Layer const& failed, Layer const& rolled_back, std::map<Key, Json> const& live) {
  std::set<Key> keys;
  for (auto const* layer : {&failed, &rolled_back})
    for (auto const& [key, entry] : layer->entries())
      if (!is_helm_record(key)) keys.insert(key);
  std::vector<state::Aftermath> all;
  for (auto const& key : keys) {
    state::Aftermath const each{id_of(key, failed, rolled_back, live), fate_of(failed, key, live), fate_of(rolled_back, key, live)};
    if (each.failed != Fate::as_before || each.rolled_back != Fate::as_before) all.push_back(each);
  }
  return all;
}

}  // namespace rehearsal
