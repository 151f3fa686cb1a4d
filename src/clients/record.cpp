#include "clients/record.h"

#include "base/bytes.h"

namespace clients {
namespace {

bool is_secret(base::Json const& object) { return object["kind"].str() == "Secret"; }

}  // namespace

std::string record_name(std::string const& release, int revision) {
  return "sh.helm.release.v1." + release + ".v" + std::to_string(revision);
}

std::optional<base::Json> decode_record(base::Json const& object, std::string* why) {
  auto const fail = [&](std::string reason) -> std::optional<base::Json> {
    if (why) *why = std::move(reason);
    return {};
  };
  auto text = std::optional(object["data"]["release"].str());
  if (text->empty()) return fail("it has no data.release");
  if (is_secret(object)) text = base::from_base64(*text);
  if (text) text = base::from_base64(*text);
  if (!text) return fail("data.release is no base64");
  std::string reason;
  if (text->starts_with("\x1f\x8b\x08")) text = base::from_gzip(*text, &reason);  // very old records are plain JSON
  if (!text) return fail("data.release can't be read: " + reason);
  auto release = base::parse_json(*text, &reason);
  if (!release) return fail("data.release holds no release: " + reason);
  if (!release->is_object()) return fail("data.release holds no release");
  return release;
}

void encode_record(base::Json& object, base::Json const& release) {
  auto text = base::to_base64(base::to_gzip(base::to_text(release)));
  if (is_secret(object)) text = base::to_base64(text);
  object.set("data").set("release") = std::move(text);
  object.set("metadata").set("labels").set("status") = release["info"]["status"].str();
}

base::Json with_status(base::Json release, std::string const& status, std::string const& description) {
  auto& info = release.set("info");
  info.set("status") = status;
  info.set("description") = description;
  return release;
}

}  // namespace clients
