#include "rehearsal/path.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "clients/kubernetes.h"

namespace rehearsal {
namespace {

constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";

bool made_of(std::string_view text, std::initializer_list<std::string_view> sets) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return std::any_of(sets.begin(), sets.end(), [&](auto set) { return set.find(c) != std::string_view::npos; });
  });
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= 63 && made_of(text, {lower, digits, "-"}) && text.front() != '-' && text.back() != '-';
}

bool is_domain(std::string_view text) {
  return !text.empty() && text.size() <= 253 && made_of(text, {lower, digits, "-."}) && text.front() != '.' &&
         text.front() != '-' && text.find("..") == std::string_view::npos;
}

bool is_version(std::string_view text) {
  return text.size() > 1 && text.size() <= 63 && text[0] == 'v' && made_of(text, {lower, digits});
}

// RBAC names may hold colons and capitals; nothing that could be read as another path.
bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 253 && text != "." && text != ".." && made_of(text, {lower, upper, digits, "-._:@"});
}

// A plural. The subresources of a namespace look like a collection in it, and old API servers have verbs in that place.
bool is_resource(std::string_view text) {
  static constexpr std::array none = {"status", "finalize", "watch", "proxy", "redirect"};
  return is_label(text) && std::find(none.begin(), none.end(), text) == none.end();
}

std::optional<std::string> decoded(std::string_view text) {
  auto const value_of = [](char c) -> int {
    auto const at = std::string_view("0123456789abcdef").find(static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c));
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
  };
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      plain += ' ';
    } else if (text[i] != '%') {
      plain += text[i];
    } else {
      if (i + 2 >= text.size()) return {};
      auto const high = value_of(text[i + 1]), low = value_of(text[i + 2]);
      if (high < 0 || low < 0) return {};
      plain += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return plain;
}

bool parse_query(std::string_view text, Target& target) {
  if (text.empty()) return true;
  for (auto const& part : base::split(text, '&')) {
    auto const equals = part.find('=');
    auto name = decoded(part.substr(0, equals));
    auto value = decoded(equals == std::string::npos ? std::string_view() : std::string_view(part).substr(equals + 1));
    if (!name || !value) return false;
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return true;
}

bool is_openapi(std::vector<std::string> const& part) {
  return part.size() >= 2 && part[0] == "openapi" &&
         (part[1] == "v2" ? part.size() == 2 : part[1] == "v3" && part.size() <= 6 &&
          std::all_of(part.begin() + 2, part.end(), [](auto const& each) { return is_domain(each); }));
}

// Sets the resource, namespace and name from what follows the API version; false if it is of no allowed shape.
bool parse_resource(std::vector<std::string> rest, Target& target) {
  if (rest.size() >= 3 && rest[0] == "namespaces") {
    if (!is_label(rest[1])) return false;
    target.name_space = rest[1];
    rest.erase(rest.begin(), rest.begin() + 2);
  }
  if (rest.empty() || rest.size() > 2 || !is_resource(rest[0])) return false;
  target.resource = rest[0];
  target.shape = Target::Shape::collection;
  if (rest.size() == 2) {
    auto name = decoded(rest[1]);
    if (!name || !is_name(*name)) return false;
    target.name = std::move(*name);
    target.shape = Target::Shape::object;
  }
  if (target.group == "authorization.k8s.io") {
    if (target.resource != "selfsubjectaccessreviews" || target.shape != Target::Shape::collection) return false;
    target.shape = Target::Shape::access_review;
  }
  return target.group != "authentication.k8s.io";  // its answers are tokens
}

bool parse_parts(std::vector<std::string> part, Target& target) {
  target.shape = Target::Shape::passed;
  if (part.size() == 1 && (part[0] == "version" || part[0] == "api" || part[0] == "apis")) return true;
  if (is_openapi(part)) return true;
  if (part.size() >= 2 && part[0] == "api" && part[1] == "v1") {
    target.version = "v1";
    part.erase(part.begin(), part.begin() + 2);
  } else if (part.size() >= 2 && part[0] == "apis" && is_domain(part[1])) {
    target.group = part[1];
    if (part.size() == 2) return true;
    if (!is_version(part[2])) return false;
    target.version = part[2];
    part.erase(part.begin(), part.begin() + 3);
  } else {
    return false;
  }
  return part.empty() || parse_resource(std::move(part), target);
}

}  // namespace

Key Target::key() const { return {canonical_group(group, resource), resource, name_space, name}; }

std::string Target::query_value(std::string_view wanted) const {
  for (auto const& [parameter, value] : query)
    if (parameter == wanted) return value;
  return {};
}

Target parse_target(std::string_view text) {
  Target target;
  auto const question = text.find('?');
  target.path = text.substr(0, question);
  bool const good = text.size() <= 8192 && text.starts_with('/') &&
                    parse_query(question == std::string_view::npos ? std::string_view() : text.substr(question + 1), target) &&
                    parse_parts(base::split(std::string_view(target.path).substr(1), '/'), target);
  if (!good) target.shape = Target::Shape::refused;
  return target;
}

// Objects that the API server serves under two groups at once: Ingress and NetworkPolicy until 1.22, workloads until
// 1.16, PodSecurityPolicy until 1.16, events still.
std::string canonical_group(std::string_view group, std::string_view resource) {
  if (group == "events.k8s.io") return "";
  if (group != "extensions") return std::string(group);
  if (resource == "ingresses" || resource == "networkpolicies") return "networking.k8s.io";
  if (resource == "podsecuritypolicies") return "policy";
  return "apps";
}

std::string path_of(std::string_view api_version, std::string_view resource, std::string_view name_space,
                    std::string_view name) {
  std::string path = (api_version.find('/') == std::string_view::npos ? "/api/" : "/apis/") + std::string(api_version);
  if (!name_space.empty()) path += "/namespaces/" + std::string(name_space);
  path += "/" + std::string(resource);
  return name.empty() ? path : path + "/" + clients::url_encoded(name);
}

bool may_leave(std::string_view method, std::string_view text) {
  using Shape = Target::Shape;
  auto const target = parse_target(text);
  if (target.shape == Shape::refused) return false;
  if (method == "GET") return target.shape != Shape::access_review && target.query_value("watch").empty();
  auto const dry = [](auto const& parameter) { return parameter.first == "dryRun"; };
  if (std::count_if(target.query.begin(), target.query.end(), dry) != 1 || target.query_value("dryRun") != "All") return false;
  if (method == "POST") return target.shape == Shape::collection || target.shape == Shape::access_review;
  return (method == "PUT" || method == "PATCH") && target.shape == Shape::object;
}

std::string upstream_query(Target const& target, bool writes) {
  static constexpr std::array for_writes = {"fieldManager", "fieldValidation", "force"};
  static constexpr std::array for_reads = {"labelSelector", "fieldSelector", "limit", "continue", "resourceVersion",
                                           "resourceVersionMatch", "hash", "timeout"};
  std::string query = writes ? "?dryRun=All" : "";
  auto const add = [&](auto const& allowed) {
    for (auto const& [name, value] : target.query)
      if (std::find(allowed.begin(), allowed.end(), name) != allowed.end())
        query += (query.empty() ? "?" : "&") + name + "=" + clients::url_encoded(value);
  };
  writes ? add(for_writes) : add(for_reads);
  return query;
}

}  // namespace rehearsal
