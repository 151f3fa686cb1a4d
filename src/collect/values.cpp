#include "collect/values.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include "base/secrecy.h"
#include "base/text.h"
#include "clients/folder.h"

namespace collect {
namespace {

using base::Json;

// The text and numbers of these keys may be shown. "**" stands for any keys before, "*" for one key. Whoever adds one
// must know that nobody has a reason to write a secret there.
constexpr std::string_view harmless[] = {
    "**.image",
    "**.type",
    "**.replicas",
    "**.className",
    "**.storageClassName",
    "**.clusterDomainSuffix",
    "**.imagePullPolicy",
    "**.externalTrafficPolicy",
    "**.loadBalancerIP",
    "**.podSecurityPolicyName",
    "**.terminationGracePeriodSeconds",
    "**.runAsUser",
    "**.runAsGroup",
    "**.resources.requests.cpu",
    "**.resources.requests.memory",
    "**.resources.requests.storage",
    "**.resources.limits.cpu",
    "**.resources.limits.memory",
    "**.resources.limits.storage",
    "**.liveness.*",
    "**.readiness.*",
    "**.serviceNodePorts.*",
    "serviceType",
    "namespaceWhitelist",
    "ingress.host",
    "ingress.deployment.kind",
    "devurls.host",
    "devurls.sslMode",
    "coderd.devurlsHost",
    "logging.verbose",
    "postgres.host",
    "postgres.port",
    "postgres.user",
    "postgres.database",
    "postgres.sslMode",
    "postgres.connector",
    "postgres.searchPath",
};

// These name a Secret. The name is shown only if it looks like one.
constexpr std::string_view secret_names[] = {
    "postgres.passwordSecret", "**.hostSecretName",  "**.devurlsHostSecretName",
    "postgres.ssl.*.name",     "**.imagePullSecret", "coderd.clientTLS.secretName",
};

// Where a key speaks of a secret, or holds one of these words, only the second list counts, whatever the first one says.
constexpr std::string_view telling[] = {"extraenv", "header", "annotation"};

using Path = std::vector<std::string>;

bool matches(Path const& path, std::string_view pattern) {
  auto parts = base::split(pattern, '.');
  std::size_t skip = 0;
  if (parts.front() == "**") {
    parts.erase(parts.begin());
    if (path.size() < parts.size()) return false;
    skip = path.size() - parts.size();
  }
  return path.size() == parts.size() + skip &&
         std::equal(parts.begin(), parts.end(), path.begin() + static_cast<std::ptrdiff_t>(skip),
                    [](auto const& part, auto const& key) { return part == "*" || part == key; });
}

template <std::size_t N>
bool in_list(Path const& path, std::string_view const (&patterns)[N]) {
  return std::any_of(std::begin(patterns), std::end(patterns), [&](auto pattern) { return matches(path, pattern); });
}

bool is_telling(std::string key) {
  if (base::names_a_secret(key)) return true;
  std::transform(key.begin(), key.end(), key.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::any_of(std::begin(telling), std::end(telling),
                     [&](auto word) { return key.find(word) != std::string::npos; });
}

// A short word without white space: no key file and no sentence. An image with a digest has about 150.
bool is_plain(std::string const& text) {
  return text.size() <= 253 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; }) &&
         text.find("://") == std::string::npos;  // a URL may carry a login
}

bool is_name(std::string const& text) {
  return text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
         });
}

bool is_empty(Json const& value) {
  return value.is_null() || (value.is_string() && value.str().empty()) || (value.is_array() && value.items().empty()) ||
         (value.is_object() && value.members().empty()) || value.number() == "0";
}

constexpr std::size_t most_values = 64u << 20;  // bytes of paths: a long key with many below it would become very many

void flatten_into(Json const& value, Path& path, state::Values& values, std::size_t& left) {
  if (!value.members().empty()) {
    for (auto const& [key, member] : value.members()) {
      path.push_back(key);
      flatten_into(member, path, values, left);
      path.pop_back();
    }
    return;
  }
  if (path.empty()) return;
  auto name = base::join(path, ".");
  if (name.size() + sizeof name > left) throw std::runtime_error("the values have more keys, or longer ones, than can be looked at");
  left -= name.size() + sizeof name;
  values.set[std::move(name)] = may_be_shown(path, value) ? base::to_text(value) : state::Values::masked;
}

// Helm's YAML reader refuses control characters that JSON may hold as they are.
std::string escaped_for_yaml(std::string_view json) {
  std::string text;
  for (std::size_t i = 0; i < json.size(); ++i) {
    auto const byte = static_cast<unsigned char>(json[i]);
    auto const next = i + 1 < json.size() ? static_cast<unsigned char>(json[i + 1]) : 0u;
    constexpr std::string_view digits = "0123456789abcdef";
    auto const add = [&](unsigned code) { text.append("\\u00").append({digits[code >> 4], digits[code & 15]}); };
    if (byte == 0x7f) {
      add(byte);
    } else if (byte == 0xc2 && next >= 0x80 && next < 0xa0) {
      add(next);
      ++i;
    } else {
      text += json[i];
    }
  }
  return text;
}

}  // namespace

state::Seen<state::Values> values(FoundRelease const& found) {
  if (found.base) return flatten(found.base->release["config"]);
  auto const* release = state::seen(found.seen);
  if (!release) return std::get<state::Unknown>(found.seen);
  if (release->revisions.empty())
    return state::Unknown{"there is no release " + release->name + " in namespace " + release->name_space, ""};
  if (release->base == 0)
    return state::Unknown{"no revision of the release was ever deployed", "helm history " + release->name};
  for (auto const& revision : release->revisions)
    if (revision.number == release->base)
      return state::Unknown{
          "the record of revision " + std::to_string(revision.number) + " can't be read: " + revision.description,
          "helm get values " + release->name + " --revision " + std::to_string(revision.number)};
  return state::Unknown{"the record of the release can't be read", ""};
}

bool may_be_shown(std::vector<std::string> const& path, Json const& value) {
  if (value.is_bool() || is_empty(value)) return true;
  if (value.is_array()) return false;
  // A key with a dot would make one path look like another.
  if (std::any_of(path.begin(), path.end(), [](auto const& key) { return key.find('.') != std::string::npos; }))
    return false;
  if (in_list(path, secret_names)) return value.is_string() && is_name(value.str());
  if (std::any_of(path.begin(), path.end(), is_telling)) return false;
  return in_list(path, harmless) && (value.is_number() || is_plain(value.str()));
}

state::Values flatten(Json const& config) {
  state::Values values;
  Path path;
  auto left = most_values;
  flatten_into(config, path, values, left);
  return values;
}

std::string values_text(Record const& record) {
  auto const& config = record.release["config"];
  return config.is_object() ? escaped_for_yaml(base::to_pretty_text(config)) : "{}\n";
}

std::optional<std::string> save_values(clients::Helm const& helm, state::Request const& request, int revision,
                                       std::string const& path) {
  auto const ended = helm.run({"get", "values", request.release, "--revision", std::to_string(revision), "-o", "yaml",
                               "-n", request.name_space});
  if (!ended.ok())
    return "Helm can't tell the values of revision " + std::to_string(revision) + ": " + clients::error_of(ended);
  return clients::write_file(path, base::trim(ended.out) == "null" ? "{}\n" : ended.out);
}

}  // namespace collect
