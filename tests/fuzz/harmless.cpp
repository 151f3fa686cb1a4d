#include "harmless.h"

#include <set>
#include <sstream>
#include <vector>

namespace fuzz {
namespace {

std::vector<std::string> pieces(std::string const& text, char separator) {
  std::vector<std::string> all;
  std::istringstream stream(text);
  for (std::string each; std::getline(stream, each, separator);) all.push_back(each);
  if (text.ends_with(separator)) all.emplace_back();
  return all;
}

// Percent-decoded until nothing changes any more: whoever stands in between may decode once too often.
std::string plain(std::string text) {
  for (;;) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '%' && i + 2 < text.size() && isxdigit(static_cast<unsigned char>(text[i + 1])) &&
          isxdigit(static_cast<unsigned char>(text[i + 2]))) {
        decoded += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
        i += 2;
      } else {
        decoded += text[i];
      }
    }
    if (decoded == text) return text;
    text = decoded;
  }
}

struct Parts {
  std::vector<std::string> path;
  std::vector<std::pair<std::string, std::string>> query;
};

Parts parts_of(std::string const& target) {
  Parts parts;
  auto const question = target.find('?');
  parts.path = pieces(target.substr(0, question), '/');
  if (question == std::string::npos) return parts;
  for (auto const& each : pieces(target.substr(question + 1), '&')) {
    auto const equals = each.find('=');
    parts.query.emplace_back(plain(each.substr(0, equals)), equals == std::string::npos ? "" : plain(each.substr(equals + 1)));
  }
  return parts;
}

// What follows the API version: RESOURCE, RESOURCE/NAME, or either in a namespace.
struct Place {
  bool schema = false, collection = false, object = false, review = false;
};

Place place_of(std::vector<std::string> path) {  // its first element is what is before the first slash: nothing
  Place place;
  if (path.size() < 2 || !path[0].empty()) return place;
  path.erase(path.begin());
  auto const& root = path[0];
  auto const groups = root == "apis";
  auto const skip = static_cast<std::ptrdiff_t>(groups ? 3 : 2);
  place.schema = root == "version" ? path.size() == 1 : root == "openapi" || ((root == "api" || groups) && std::ssize(path) <= skip);
  if (place.schema || (root != "api" && !groups)) return place;
  place.review = groups && path[1] == "authorization.k8s.io" && path[3] == "selfsubjectaccessreviews" && path.size() == 4;
  if (groups && (path[1] == "authorization.k8s.io" || path[1] == "authentication.k8s.io")) return place;
  path.erase(path.begin(), path.begin() + skip);
  if (path.size() > 2 && path[0] == "namespaces") path.erase(path.begin(), path.begin() + 2);
  static std::set<std::string> const no_resources = {"watch", "proxy", "redirect", "status", "finalize"};
  bool const resource = !path[0].empty() && !no_resources.contains(path[0]);
  place.collection = resource && path.size() == 1;
  place.object = resource && path.size() == 2 && !path[1].empty();
  return place;
}

}  // namespace

std::string harm_of(rehearsal::Ask const& ask) {
  auto const shown = ask.method + " " + ask.target;
  auto const parts = parts_of(ask.target);
  for (char c : ask.target)
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '#' || c == '\\') return "a strange byte in the target: " + shown;
  for (auto const& each : parts.path)
    if (auto const text = plain(each); text == "." || text == ".." || text.find_first_of("/\\%?#") != std::string::npos)
      return "a path trick: " + shown;
  for (auto const& header : {ask.method, ask.content_type, ask.accept})
    if (header.find_first_of(std::string("\r\n\0", 3)) != std::string::npos) return "a line break in a header: " + shown;
  int dry = 0;
  for (auto const& [name, value] : parts.query) {
    if (name == "dryRun" && value == "All") ++dry;
    if (name == "dryRun" && value != "All") return "another dryRun: " + shown;
    if (name == "watch" || name == "follow" || name.find('=') != std::string::npos) return "a parameter that may not pass: " + shown;
  }
  auto const place = place_of(parts.path);
  if (ask.method == "GET") {
    if (!ask.body.empty()) return "a GET with a body: " + shown;
    return place.schema || place.collection || place.object ? "" : "a GET of no allowed shape: " + shown;
  }
  if (dry != 1) return std::to_string(dry) + " times dryRun=All: " + shown;
  if (ask.method == "POST" && (place.collection || place.review)) return "";
  if ((ask.method == "PUT" || ask.method == "PATCH") && place.object) return "";
  return "no write that may leave: " + shown;
}

}  // namespace fuzz
