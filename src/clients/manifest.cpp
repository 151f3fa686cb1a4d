#include "clients/manifest.h"

#include <stdexcept>

#include "base/text.h"

namespace clients {
namespace {

constexpr std::size_t most_values = 2'000'000;  // in the objects of one manifest

void take(base::Json object, std::vector<Rendered>& all) {
  if (object["kind"].str().ends_with("List") && object["items"].is_array()) {
    for (auto const& item : object["items"].items()) take(item, all);
    return;
  }
  auto const& metadata = object["metadata"];
  if (object["kind"].str().empty() || object["apiVersion"].str().empty()) return;
  all.push_back({object["apiVersion"].str(), object["kind"].str(), metadata["namespace"].str(), metadata["name"].str(), {}});
  all.back().object = std::move(object);
}

}  // namespace

std::vector<Rendered> parse_manifest(std::string_view text) {
  std::vector<Rendered> all;
  std::string document;
  auto left = most_values;
  auto const finish = [&] {
    if (auto object = base::parse_yaml(document, nullptr, &left); object && object->is_object()) take(std::move(*object), all);
    if (left == 0) throw std::runtime_error("a manifest is too large: its objects have more than " + std::to_string(most_values) + " values, or YAML aliases multiply them");
    document.clear();
  };
  for (auto const& line : base::split(text, '\n')) {
    if (line.starts_with("---")) {
      finish();
    } else {
      document += line + "\n";
    }
  }
  finish();
  return all;
}

}  // namespace clients
