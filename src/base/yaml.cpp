#include <regex>
#include <string>

#include <yaml-cpp/yaml.h>

#include "base/json.h"

namespace base {
namespace {

constexpr int deepest = 200;
constexpr std::size_t most_nodes = 500'000;  // aliases can multiply a small text

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

Json convert(YAML::Node const& node, int depth, std::size_t& count) {
  if (depth > deepest || ++count > most_nodes) throw YAML::Exception(node.Mark(), "nested too deeply or too large");
  switch (node.Type()) {
    case YAML::NodeType::Scalar:
      return node.Tag() == "!" ? Json(node.Scalar()) : plain_scalar(node.Scalar());
    case YAML::NodeType::Sequence: {
      Json::Array items;
      for (auto const& item : node) items.push_back(convert(item, depth + 1, count));
      return items;
    }
    case YAML::NodeType::Map: {
      Json object(Json::Object{});
      for (auto const& member : node) object.set(member.first.Scalar()) = convert(member.second, depth + 1, count);
      return object;
    }
    default:
      return nullptr;
  }
}

}  // namespace

std::optional<Json> parse_yaml(std::string_view text, std::string* why) {
  try {
    std::size_t count = 0;
    return convert(YAML::Load(std::string(text)), 0, count);
  } catch (YAML::Exception const& error) {
    if (why) *why = error.what();
    return {};
  }
}

}  // namespace base
