#include "base/json.h"

#include "base/text.h"
#include "render/report.h"
#include "render/words.h"
#include "state/names.h"

namespace render {
namespace {

using base::Json;

// What a program or a server said need not be UTF-8; a document has to be.
Json text(std::string const& words) { return base::valid_utf8(words); }
Json text_or_null(std::string const& words) { return words.empty() ? Json() : text(words); }

Json strings(std::vector<std::string> const& words) {
  Json::Array all;
  for (auto const& word : words) all.push_back(text(word));
  return all;
}

Json ignore(report::Line const& line) {
  if (!line.ignore) return {};
  auto const& it = *line.ignore;
  return Json::Object{{"reason", text_or_null(it.reason)}, {"until", text_or_null(it.until)}, {"place", text_or_null(it.place)}, {"expired", it.expired}};
}

Json open(std::vector<report::Unverified> const& all) {
  Json::Array made;
  for (auto const& each : all) made.push_back(Json::Object{{"object", text_or_null(each.object)}, {"why", text(each.why)}, {"tell", text_or_null(each.tell)}});
  return made;
}

Json check(report::Line const& line, state::Request const& request) {
  Json::Array findings;
  for (auto const& each : line.outcome.findings)
    findings.push_back(Json::Object{{"object", text_or_null(each.object)}, {"field", text_or_null(each.field)},
                                    {"message", text(each.message)}, {"remedy", as_json(each.remedy, request)}});
  return Json::Object{{"code", line.code},
                      {"name", line.name},
                      {"category", line.category},
                      {"summary", line.summary},
                      {"severity", line.severity == report::Severity::error ? "error" : "warning"},
                      {"result", name_of(line.result)},
                      {"ignored", line.ignored},
                      {"ignore", ignore(line)},
                      {"detail", text_or_null(line.detail)},
                      {"seconds", line.seconds ? Json(*line.seconds) : Json()},
                      {"findings", std::move(findings)},
                      {"unverified", open(line.outcome.unverified)},
                      {"notAsked", open(line.outcome.not_asked)}};
}

Json subject(report::Subject const& s) {
  Json rehearsed;
  if (s.rehearsed) rehearsed = Json::Object{{"requests", s.rehearsed->requests}, {"seconds", s.rehearsed->seconds}};
  return Json::Object{{"release", text(s.release)},     {"namespace", text(s.name_space)},
                      {"from", text_or_null(s.from)},   {"to", text_or_null(s.to)},
                      {"helm", text_or_null(s.helm)},   {"kubernetes", text_or_null(s.kubernetes)},
                      {"rehearsed", std::move(rehearsed)}};
}

std::string_view name_of(report::Change change) {
  switch (change) {
    case report::Change::changed: return "changed";
    case report::Change::made: return "new";
    case report::Change::deleted: return "deleted";
    case report::Change::unchanged: return "unchanged";
    case report::Change::unknown: return "unknown";
  }
  return "";
}

Json object(state::ObjectId const& id) {
  return Json::Object{{"kind", text(id.kind)}, {"group", text(id.group)}, {"namespace", text_or_null(id.name_space)}, {"name", text(id.name)}};
}

Json fields(state::Changes const& changes) {
  Json::Array all;
  for (auto const& field : changes.fields) {
    auto const line = field.line > 0 ? Json(field.line) : Json();
    all.push_back(Json::Object{{"path", text(field.path)}, {"line", line}, {"before", text_or_null(field.before)}, {"after", text_or_null(field.after)}});
  }
  return all;
}

Json changes(report::Effects const& effects) {
  Json::Array objects;
  for (auto const& each : effects.objects)
    objects.push_back(Json::Object{{"object", object(each.object)},
                                   {"apiVersion", text(each.api_version)},
                                   {"change", name_of(each.change)},
                                   {"fields", fields(each.changes)},
                                   {"more", each.changes.more},
                                   {"unsure", text_or_null(each.why.empty() ? each.changes.unsure : each.why)}});
  return Json::Object{{"complete", effects.complete}, {"objects", std::move(objects)}};
}

Json adoptions(report::Effects const& effects) {
  Json::Array all;
  for (auto const& each : effects.adoptions)
    all.push_back(Json::Object{{"object", object(each.object)},
                               {"works", state::name_of(each.works)},
                               {"why", text_or_null(each.why)},
                               {"fields", each.changes.compared ? fields(each.changes) : Json()},
                               {"more", each.changes.more}});
  return all;
}

Json rollbacks(report::Effects const& effects) {
  Json::Array all;
  for (auto const& each : effects.rollbacks) {
    Json::Array objects, rejected, unproven;
    for (auto const& one : each.aftermath)
      objects.push_back(Json::Object{{"object", object(one.object)}, {"failed", state::name_of(one.failed)}, {"rolledBack", state::name_of(one.rolled_back)}});
    for (auto const& write : each.rejected)
      rejected.push_back(Json::Object{{"object", object(write.object)}, {"verb", text(write.verb)}, {"message", text(write.verdict.message)}});
    for (auto const& one : each.unproven) unproven.push_back(object(one));
    all.push_back(Json::Object{{"from", text(each.from)},
                               {"tried", each.tried},
                               {"works", each.tried ? Json(each.works) : Json()},
                               {"why", text_or_null(each.tried ? each.error : each.why_not_tried)},
                               {"rejected", std::move(rejected)},
                               {"notVerified", std::move(unproven)},
                               {"objects", std::move(objects)}});
  }
  return all;
}

Json timings(Document const& document) {
  if (document.timings.empty()) return {};
  Json::Array all;
  for (auto const& phase : document.timings) all.push_back(Json::Object{{"name", text(phase.name)}, {"begin", phase.begin}, {"seconds", phase.seconds}});
  return all;
}

}  // namespace

base::Json as_json(report::Remedy const& remedy, state::Request const& request) {
  if (auto const* advice = std::get_if<report::Advice>(&remedy))
    return advice->sentence.empty() ? Json() : Json(Json::Object{{"advice", text(advice->sentence)}});
  auto const words = report::words(std::get<report::Command>(remedy), request);
  return Json::Object{{"command", text(base::shell_quoted(words))}, {"argv", strings(words)}};
}

base::Json as_json(Document const& document) {
  auto const exit = report::verdict(document.report, document.strict);
  auto const count = report::tally(document.report);
  Json::Array checks;
  for (auto const& line : document.report.lines) checks.push_back(check(line, document.request));
  return Json::Object{
      {"format", "helm-coder-preflight/1"},
      {"version", HELM_CODER_VERSION},
      {"verdict", name_of(exit)},
      {"exitCode", static_cast<int>(exit)},
      {"subject", subject(document.subject)},
      {"tally", Json::Object{{"errors", count.errors}, {"warnings", count.warnings}, {"notVerified", count.unverified}, {"notAsked", count.not_asked}, {"passed", count.passed}}},
      {"checks", std::move(checks)},
      {"changes", document.effects ? changes(*document.effects) : Json()},
      {"adoptions", document.effects ? adoptions(*document.effects) : Json(Json::Array{})},
      {"rollbacks", document.effects ? rollbacks(*document.effects) : Json(Json::Array{})},
      {"timings", timings(document)}};
}

std::string json(Document const& document) { return base::to_pretty_text(as_json(document)); }

}  // namespace render
