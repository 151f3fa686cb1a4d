#include <algorithm>
#include <regex>
#include <string>
#include <unordered_map>

#include <yaml-cpp/yaml.h>

#include "base/json.h"

namespace base {
namespace {

constexpr int deepest = 200;
constexpr std::size_t most_values = 1'000'000;

// How a plain (unquoted) scalar reads: Helm's YAML reader knows these booleans and JSON's numbers.
Json plain_scalar(std::string const& text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return nullptr;
  for (auto const* yes : {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
    if (text == yes) return true;
  for (auto const* no : {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
    if (text == no) return false;
  static std::regex const number("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  if (text.size() < 64 && std::regex_match(text, number)) return Json::Number{text};
  return text;
}

Json convert(YAML::Node const& node, int depth, std::size_t& left);

// A key that is written twice counts once, with its last value.
Json convert_map(YAML::Node const& node, int depth, std::size_t& left) {
  Json::Object members;
  std::unordered_map<std::string, std::size_t> known;
  for (auto const& member : node) {
    auto const& key = member.first.Scalar();
    auto value = convert(member.second, depth, left);
    auto const [at, fresh] = known.try_emplace(key, members.size());
    if (fresh) members.emplace_back(key, std::move(value));
    else members[at->second].second = std::move(value);
  }
  return members;
}

Json convert(YAML::Node const& node, int depth, std::size_t& left) {
  if (depth > deepest) throw YAML::Exception(node.Mark(), "nested too deeply");
  if (left == 0) throw YAML::Exception(node.Mark(), "too many values");
  --left;
  switch (node.Type()) {
    case YAML::NodeType::Scalar:
      return node.Tag() == "!" ? Json(node.Scalar()) : plain_scalar(node.Scalar());
    case YAML::NodeType::Sequence: {
      Json::Array items;
      for (auto const& item : node) items.push_back(convert(item, depth + 1, left));
      return items;
    }
    case YAML::NodeType::Map:
      return convert_map(node, depth + 1, left);
    default:
      return nullptr;
  }
}

}  // namespace

std::optional<Json> parse_yaml(std::string_view text, std::string* why, std::size_t* values) {
  // Without aliases, each value takes a byte at least.
  auto const most = std::min(values ? *values : most_values, 4 * text.size() + 100);
  auto left = most;
  try {
    auto json = convert(YAML::Load(std::string(text)), 0, left);
    if (values) *values -= most - left;
    return json;
  } catch (YAML::Exception const& error) {
    if (values && left == 0) *values = 0;
    if (why) *why = error.what();
    return {};
  }
}

}  // namespace base
