#include "values/tree.h"

#include <algorithm>

#include "base/text.h"

namespace values {
namespace {

constexpr char inner_dot = '\x1f';

bool is_sound(base::Json const& tree) { return tree.is_object() && !tree.members().empty(); }

// Whether the branch has become empty.
bool erase_from(base::Json& tree, Path const& path, std::size_t depth, std::string const& keep) {
  auto& member = tree.set(path[depth]);
  bool const goes = depth + 1 == path.size() || erase_from(member, path, depth + 1, keep);
  if (goes && depth == 0 && path.size() > 1 && path[0] == keep) member.make_object();
  else if (goes) tree.erase(path[depth]);
  return !is_sound(tree);
}

}  // namespace

base::Json const* at(base::Json const& tree, Path const& path) {
  auto const* node = &tree;
  for (auto const& key : path) {
    node = node->find(key);
    if (!node) return nullptr;
  }
  return node;
}

void erase(base::Json& tree, Path const& path, std::string const& keep) {
  if (at(tree, path)) erase_from(tree, path, 0, keep);
}

void set(base::Json& tree, Path const& path, base::Json value) {
  auto* node = &tree;
  for (auto const& key : path) node = &node->set(key);
  *node = std::move(value);
}

bool same(base::Json const& a, base::Json const& b) {
  if (a.is_object() && b.is_object())
    return a.members().size() == b.members().size() && std::all_of(a.members().begin(), a.members().end(), [&](auto const& member) {
             auto const* other = b.find(member.first);
             return other && same(member.second, *other);
           });
  if (a.is_array() && b.is_array()) return std::equal(a.items().begin(), a.items().end(), b.items().begin(), b.items().end(), same);
  return a == b;
}

std::string name_of(Path const& path) {
  std::string name;
  for (auto key : path) {
    std::replace(key.begin(), key.end(), '.', inner_dot);
    name += (name.empty() ? "" : ".") + key;
  }
  return name;
}

Path path_of(std::string const& name) {
  auto path = base::split(name, '.');
  for (auto& key : path) std::replace(key.begin(), key.end(), inner_dot, '.');
  return path;
}

std::string shown(std::string const& name) {
  auto text = name;
  std::replace(text.begin(), text.end(), inner_dot, '.');
  return text;
}

}  // namespace values
