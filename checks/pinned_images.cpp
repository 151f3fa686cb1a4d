#include "base/json.h"
#include "base/semver.h"
#include "checks/common.h"

namespace checks {
namespace {

// The tag of "registry:5000/coder/service:1.20.0@sha256:…", or "".
std::string tag_of(std::string const& image) {
  auto const name = image.substr(0, image.find('@'));
  auto const colon = name.rfind(':');
  return colon == std::string::npos || name.find('/', colon) != std::string::npos ? "" : name.substr(colon + 1);
}

void judge(std::string const& key, std::string const& value, base::Version const& target, Outcome& out) {
  auto const text = base::parse_json(value);
  if (value == state::Values::masked || !text || !text->is_string())
    return out.unverified.push_back({key, "it is set, and to what can't be seen here", ""});
  auto const version = base::parse_version(tag_of(text->str()));
  if (!version)
    return out.unverified.push_back({key, "it is set to " + text->str() + ", which does not tell its version", ""});
  if (*version == target) return;
  out.findings.push_back(
      {key, "", "it is set to " + text->str() + ", and stays there whatever version the chart has",
       Advice{"Remove " + key + " from your values, or set it to the image of " + base::to_text(target) + "."}});
}

Outcome test(state::Target const& target, state::Values const& values) {
  Outcome out;
  auto const version = coder_version(target, out);
  if (!version) return out;
  for (auto const& [key, value] : values.set)
    if (key.ends_with(".image") && !is_empty_value(value)) judge(key, value, *version, out);
  return out;
}

}  // namespace

extern Check const pinned_images;
Check const pinned_images{.code = "HC412",
                          .name = "pinned-images",
                          .severity = Severity::warning,
                          .summary = "no image is pinned to another version",
                          .page =
#include "pinned_images.md.inc"
                          ,
                          .run = on<test>};

}  // namespace checks
