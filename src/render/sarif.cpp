#include "base/text.h"
#include "render/places.h"
#include "render/report.h"
#include "render/words.h"

namespace render {
namespace {

using base::Json;
using report::Result;

// A link within a message would be made from it: "[text](destination)".
std::string unlinked(std::string text) {
  for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at)) text.insert(at + 1, " ");
  return text;
}

Json text(std::string const& words) { return Json::Object{{"text", words}}; }

// A path as a URI: relative to where the command ran, as it was given.
std::string uri(std::string const& path) {
  constexpr std::string_view digits = "0123456789ABCDEF", plain = "-._~/";
  std::string made = path.starts_with('/') ? "file://" : "";
  for (char c : path) {
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    auto const byte = static_cast<unsigned char>(c);
    if (letter || plain.find(c) != std::string_view::npos) made += c;
    else made += '%', made += digits[byte >> 4], made += digits[byte & 15];
  }
  return made;
}

class Sarif {
 public:
  explicit Sarif(Document const& document) : document_(document), places_(document.values_files) {}

  Json document() {
    Json::Array rules, results;
    for (auto const& line : document_.report.lines) {
      add_results(line, static_cast<int>(rules.size()), results);
      rules.push_back(rule(line));
    }
    Json run = Json::Object{{"tool", Json::Object{{"driver", driver(std::move(rules))}}},
                            {"columnKind", "unicodeCodePoints"},
                            {"invocations", Json::Array{invocation()}},
                            {"properties", properties()},
                            {"results", std::move(results)}};
    return Json::Object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::Array{std::move(run)}}};
  }

 private:
  static Json driver(Json::Array rules) {
    return Json::Object{{"name", "helm coder"}, {"version", HELM_CODER_VERSION}, {"semanticVersion", HELM_CODER_VERSION}, {"rules", std::move(rules)}};
  }

  Json invocation() const {
    auto const exit = report::verdict(document_.report, document_.strict);
    Json made = Json::Object{{"executionSuccessful", exit != report::could_not_run}, {"exitCode", static_cast<int>(exit)}};
    if (document_.at > 0) made.set("endTimeUtc") = utc(document_.at) + "Z";
    return made;
  }

  Json properties() const {
    auto const& s = document_.subject;
    Json made = Json::Object{{"verdict", name_of(report::verdict(document_.report, document_.strict))}};
    auto const put = [&](char const* name, std::string const& value) {
      if (!value.empty()) made.set(name) = base::printable(value);
    };
    put("release", s.release), put("namespace", s.name_space), put("from", s.from), put("to", s.to);
    put("helm", s.helm), put("kubernetes", s.kubernetes);
    return made;
  }

  Json rule(report::Line const& line) const {
    Json made = Json::Object{{"id", line.code},
                             {"name", line.name},
                             {"shortDescription", text(line.summary)},
                             {"defaultConfiguration", Json::Object{{"level", line.severity == report::Severity::error ? "error" : "warning"}}},
                             {"properties", Json::Object{{"category", line.category}}}};
    auto const page = document_.page_of ? std::string(document_.page_of(line.code)) : std::string();
    if (!page.empty()) made.set("help") = Json::Object{{"text", page}, {"markdown", page}};
    return made;
  }

  void add_results(report::Line const& line, int rule, Json::Array& results) const {
    auto const level = line.result == Result::error ? "error" : "warning";
    for (auto const& each : line.outcome.findings) {
      auto message = to_text(each);
      auto const remedy = to_text(each.remedy, document_.request);
      bool const advice = std::holds_alternative<report::Advice>(each.remedy);
      if (!remedy.empty()) message += advice ? ". " + remedy : ". Remedy: " + remedy;
      if (line.ignore && !line.ignored) message += " (" + ignoring(line) + ")";
      results.push_back(result(line, rule, "fail", level, message, each.object, each.field));
    }
    // It was tried, and there was not enough to tell.
    for (auto const& each : line.outcome.unverified) {
      auto const tell = each.tell.empty() ? "" : ". To let it tell: " + base::printable(each.tell);
      results.push_back(result(line, rule, "open", "none", "not verified: " + to_text(each) + tell, each.object, ""));
    }
  }

  Json result(report::Line const& line, int rule, char const* kind, char const* level, std::string message, std::string const& object, std::string const& field) const {
    auto const print = line.code + "|" + base::printable(object) + "|" + base::printable(field);
    Json made = Json::Object{{"ruleId", line.code}, {"ruleIndex", rule}, {"kind", kind}, {"level", level},
                             {"message", text(unlinked(std::move(message)))},
                             {"locations", Json::Array{location(line, object, field)}},
                             {"partialFingerprints", Json::Object{{"helmCoderFinding/v1", print}}}};
    if (line.ignored && std::string_view(kind) == "fail") {
      made.set("properties") = Json::Object{{"ignored", true}};
      made.set("suppressions") = Json::Array{suppression(line)};
    }
    return made;
  }

  static Json suppression(report::Line const& line) {
    return Json::Object{{"kind", "external"}, {"status", "accepted"}, {"justification", ignoring(line)}};
  }

  // Only checks of values and of the database speak of keys; elsewhere a field "spec" is an object's.
  std::optional<Place> place(report::Line const& line, std::string const& object, std::string const& field) const {
    if (!line.code.starts_with("HC4") && !line.code.starts_with("HC5")) return {};
    for (auto const& key : {field, object})
      if (auto const found = key.empty() ? std::nullopt : places_.of_key(key)) return found;
    return {};
  }

  // Where there is no file, the name of what it is about.
  Json location(report::Line const& line, std::string const& object, std::string const& field) const {
    auto const found = place(line, object, field);
    Json made = Json::Object{};
    if (found)
      made.set("physicalLocation") = Json::Object{{"artifactLocation", Json::Object{{"uri", uri(found->file)}}},
                                                  {"region", Json::Object{{"startLine", found->line}, {"startColumn", found->column}}}};
    auto const& release = document_.subject.release;
    auto name = object.empty() ? "release " + release : object;
    if (!field.empty()) name += " " + field;
    made.set("logicalLocations") = Json::Array{Json::Object{{"fullyQualifiedName", base::printable(name)}, {"kind", found ? "property" : "resource"}}};
    return made;
  }

  Document const& document_;
  Places places_;
};

}  // namespace

std::string sarif(Document const& document) { return base::to_pretty_text(Sarif(document).document()); }

}  // namespace render
