#include "collect/database_values.h"

#include "base/semver.h"
#include "base/text.h"
#include "clients/kubernetes.h"

namespace collect {
namespace {

using base::Json;

// A scalar as a template would write it.
std::string text_of(Json const& value, std::string_view fallback = "") {
  if (value.is_number()) return value.number();
  return value.str().empty() ? std::string(fallback) : value.str();
}

// What a template's `if` holds for true: "false" as a string is.
bool truth_of(Json const& value, bool fallback) {
  if (value.is_string()) return !value.str().empty();
  if (value.is_number()) return value.number() != "0";
  return value.bool_or(fallback);
}

DatabaseValues::Key key_of(Json const& value) { return {text_of(value["name"]), text_of(value["key"])}; }

// Up to 1.20 the key is postgres.useDefault; 1.21 to 1.26 know postgres.default.enable too, and the old one wins unless
// it is not set or ""; from 1.27 on the old one is not looked at.
bool built_in(Json const& postgres, base::Version const& version) {
  auto const& old = postgres["useDefault"];
  if (version < base::Version{1, 21, 0, {}}) return truth_of(old, true);
  bool const old_counts = version < base::Version{1, 27, 0, {}} && !old.is_null() && old != Json("");
  return truth_of(old_counts ? old : postgres["default"]["enable"], true);
}

}  // namespace

DatabaseValues read_database_values(Json const& values, std::string const& chart_version) {
  // A version that can't be read is taken for the last that knows both keys.
  auto const version = base::parse_version(chart_version).value_or(base::Version{1, 26, 0, {}});
  auto const since = [&](int minor) { return version >= base::Version{1, minor, 0, {}}; };
  auto const& postgres = values["postgres"];
  DatabaseValues read{.satellite = since(21) && truth_of(values["coderd"]["satellite"]["enable"], false),
                      .built_in = built_in(postgres, version),
                      .host = text_of(postgres["host"]),
                      .port = text_of(postgres["port"], "5432"),
                      .user = text_of(postgres["user"]),
                      .database = text_of(postgres["database"]),
                      .ssl_mode = text_of(postgres["sslMode"], "require"),
                      .password_secret = text_of(postgres["passwordSecret"])};
  if (since(26)) {
    read.certificate = key_of(postgres["ssl"]["certSecret"]);
    read.private_key = key_of(postgres["ssl"]["keySecret"]);
    read.root_certificate = key_of(postgres["ssl"]["rootCertSecret"]);
  }
  if (since(27)) read.connector = text_of(postgres["connector"]);
  if (since(37)) read.search_path = text_of(postgres["searchPath"]);
  return read;
}

std::optional<InCluster> service_of(std::string const& host, std::string const& name_space) {
  auto const labels = base::split(host, '.');
  if (host.empty() || host.find_first_of(":/,") != std::string::npos) return {};
  if (labels.size() == 1) return InCluster{labels[0], name_space};
  if (labels.size() < 3 || labels[2] != "svc") return {};  // SERVICE.NAMESPACE looks like any other domain
  return InCluster{labels[0], labels[1]};
}

bool is_pod_itself(std::string const& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "::1" || host.starts_with("/");
}

std::string url_of(DatabaseValues const& values) {
  auto const or_word = [](std::string const& text, char const* word) {
    return text.empty() ? std::string(word) : clients::url_encoded(text);
  };
  auto const host = values.built_in || values.host.empty() || is_pod_itself(values.host) ? "HOST" : values.host;
  return "postgres://" + or_word(values.user, "USER") + "@" + or_word(host, "HOST") + ":" +
         or_word(values.port, "5432") + "/" + or_word(values.database, "DATABASE");
}

}  // namespace collect
