#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "render/report.h"
#include "render/words.h"
#include "render/xml.h"

namespace render {
namespace {

using report::Result;

// "0.630": Jenkins' schema takes thousandths, and no more digits.
std::string thousandths(double seconds) {
  auto const count = std::llround(std::clamp(seconds, 0.0, 1e9) * 1000);
  auto const rest = std::to_string(count % 1000);
  return std::to_string(count / 1000) + "." + std::string(3 - rest.size(), '0') + rest;
}

// What a person reads who looks at a test that failed.
std::string described(report::Line const& line, state::Request const& request) {
  auto text = ignoring(line);
  if (!text.empty()) text += "\n";
  auto const put = [&](std::string const& words, std::string const& next) {
    text += words + "\n";
    if (!next.empty()) text += "  → " + next + "\n";
  };
  for (auto const& each : line.outcome.findings) put(to_text(each), to_text(each.remedy, request));
  for (auto const& each : line.outcome.unverified) put("not verified: " + to_text(each), base::printable(each.tell));
  for (auto const& each : line.outcome.not_asked) put("not asked: " + to_text(each), base::printable(each.tell));
  return text + "helm coder explain " + line.code;
}

std::string message_of(report::Line const& line) {
  auto const& [findings, unverified, not_asked] = line.outcome;
  if (line.result == Result::not_asked) return "not asked: " + to_text(not_asked.front());
  auto const first = !findings.empty() ? to_text(findings.front()) : !unverified.empty() ? to_text(unverified.front()) : line.summary;
  auto const more = findings.size() + unverified.size();
  return more > 1 ? first + " (and " + std::to_string(more - 1) + " more)" : first;
}

// What the exit code calls trouble is a failure here. Where nothing was rehearsed, nothing was tested: an error.
char const* outcome_of(report::Line const& line, Document const& document) {
  if (line.result == Result::passed) return nullptr;
  if (line.result == Result::error || (line.result == Result::warning && document.strict && !line.ignored)) return "failure";
  if (line.result == Result::warning) return nullptr;
  bool const blind = line.name == "rehearsal-ended" && report::verdict(document.report, document.strict) == report::could_not_run;
  return blind ? "error" : "skipped";
}

void add_case(pugi::xml_node suite, report::Line const& line, Document const& document) {
  auto test = add(suite, "testcase");
  set(test, "classname", "preflight." + line.category);
  set(test, "name", line.code + " " + line.name);
  set(test, "time", thousandths(line.seconds.value_or(0)));
  auto const* outcome = outcome_of(line, document);
  if (!outcome) return;
  std::string const word = outcome;
  auto child = add(test, outcome, word == "skipped" ? "" : described(line, document.request));
  set(child, "message", message_of(line));
  if (word != "skipped") set(child, "type", name_of(line.result));
}

void add_properties(pugi::xml_node suite, Document const& document) {
  auto properties = add(suite, "properties");
  auto const property = [&](char const* name, std::string_view value) {
    if (value.empty()) return;
    auto const one = add(properties, "property");
    set(one, "name", name), set(one, "value", value);
  };
  auto const& s = document.subject;
  property("verdict", name_of(report::verdict(document.report, document.strict)));
  property("release", s.release), property("namespace", s.name_space);
  property("from", s.from), property("to", s.to), property("helm", s.helm), property("kubernetes", s.kubernetes);
}

// Warnings, which are no failures, and how to see what was skipped.
std::string remarks(Document const& document) {
  std::string text;
  for (auto const& line : document.report.lines)
    if (line.result != Result::error && line.result != Result::passed) text += line.code + " " + std::string(name_of(line.result)) + ": " + line.summary + "\n" + described(line, document.request) + "\n\n";
  return text;
}

std::size_t count_of(Document const& document, std::string_view outcome) {
  std::size_t count = 0;
  for (auto const& line : document.report.lines) {
    auto const* its = outcome_of(line, document);
    if (its && its == outcome) ++count;
  }
  return count;
}

void set_counts(pugi::xml_node node, Document const& document) {
  set(node, "tests", std::to_string(document.report.lines.size()));
  set(node, "failures", std::to_string(count_of(document, "failure")));
  set(node, "errors", std::to_string(count_of(document, "error")));
}

}  // namespace

std::string junit(Document const& document) {
  pugi::xml_document xml;
  auto const seconds = document.subject.rehearsed ? document.subject.rehearsed->seconds : 0;
  auto const time = thousandths(seconds);
  auto all = add(xml, "testsuites");
  set(all, "name", "helm coder preflight");
  set_counts(all, document);
  set(all, "time", time);
  auto suite = add(all, "testsuite");
  set(suite, "id", "0"), set(suite, "package", "helm-coder"), set(suite, "name", "helm coder preflight");
  set(suite, "hostname", "localhost");  // the schema wants one; which it was is nobody's business
  set(suite, "timestamp", utc(document.at));
  set_counts(suite, document);
  set(suite, "skipped", std::to_string(count_of(document, "skipped")));
  set(suite, "time", time);
  add_properties(suite, document);
  for (auto const& line : document.report.lines) add_case(suite, line, document);
  add(suite, "system-out", remarks(document));
  add(suite, "system-err");
  xml.prepend_child(pugi::node_declaration).append_attribute("version").set_value("1.0");
  xml.first_child().append_attribute("encoding").set_value("UTF-8");
  return to_text(xml);
}

}  // namespace render
