#include "rehearsal/layer.h"

#include "base/text.h"

namespace rehearsal {
namespace {

bool in_collection(Key const& key, Target const& collection) {
  return key.resource == collection.resource && key.group == canonical_group(collection.group, collection.resource) &&
         (collection.name_space.empty() || collection.name_space == key.name_space);
}

bool selected(base::Json const& object, Target const& collection) {
  auto const& metadata = object["metadata"];
  auto const fields = collection.query_value("fieldSelector");
  if (!fields.empty() && fields != "metadata.name=" + metadata["name"].str()) return false;
  return matches(metadata["labels"], collection.query_value("labelSelector")).value_or(true);
}

}  // namespace

Layer::Entry const* Layer::find(Key const& key) const {
  auto const found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

void Layer::put(Key const& key, base::Json object, bool live) {
  auto const api_version = object["apiVersion"].str();
  auto const known = entries_.find(key);
  bool const remade = known != entries_.end() && known->second.remade;
  entries_[key] = {std::move(object), api_version, live, remade};
}

void Layer::remake(Key const& key, base::Json object) {
  put(key, std::move(object), true);
  entries_[key].remade = true;
}

void Layer::remove(Key const& key, bool live) { entries_[key] = {std::nullopt, {}, live}; }

bool Layer::touches(Target const& collection) const {
  for (auto const& [key, entry] : entries_)
    if (in_collection(key, collection)) return true;
  return false;
}

void Layer::merge_into(base::Json& list, Target const& collection) const {
  auto& items = list.set("items").make_array();
  std::erase_if(items, [&](base::Json const& item) {
    auto const& metadata = item["metadata"];
    return find({canonical_group(collection.group, collection.resource), collection.resource,
                 metadata["namespace"].str(), metadata["name"].str()}) != nullptr;
  });
  for (auto const& [key, entry] : entries_)
    if (entry.object && in_collection(key, collection) && selected(*entry.object, collection)) items.push_back(*entry.object);
}

std::optional<bool> matches(base::Json const& labels, std::string_view selector) {
  if (selector.empty()) return true;
  if (selector.find('(') != std::string_view::npos) return {};
  bool all = true;
  for (auto const& each : base::split(selector, ',')) {
    auto const term = base::trim(each);
    auto const equals = term.find('=');
    if (equals == std::string_view::npos) {
      bool const wanted = !term.starts_with('!');
      all = all && labels.has(base::trim(wanted ? term : term.substr(1))) == wanted;
      continue;
    }
    bool const negated = equals > 0 && term[equals - 1] == '!';
    auto const key = base::trim(term.substr(0, negated ? equals - 1 : equals));
    auto const value = base::trim(term.substr(term.substr(equals).starts_with("==") ? equals + 2 : equals + 1));
    bool const same = labels.has(key) && labels[key].str() == value;
    all = all && same != negated;
  }
  return all;
}

}  // namespace rehearsal
