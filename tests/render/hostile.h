#pragma once

#include <string>

#include "render/invented.h"

// What a cluster, a chart or another program could say to break a document or the program that reads it.
namespace hostile {

inline std::string const words = std::string("\x1b[2J\r\n\x01\x7f") + std::string(1, '\0') +
                                 "\xff\xc3 \xe2\x80\xae ]]> --> </style><script>alert(1)</script> & \"'` ${x} {0} [a](http://b) \xc2\x85 %s \\ # : - 'yes'";

// Every text of a report that comes from outside.
struct Everything {
  report::Report report = invented::troubled();
  report::Subject subject = invented::subject();
  report::Effects effects = invented::effects();
  state::Request request = invented::request();

  Everything() {
    for (auto& line : report.lines) {
      if (!line.detail.empty()) line.detail = words;
      for (auto& each : line.outcome.findings) each = {words, words, words, report::Advice{words + "."}};
      for (auto& each : line.outcome.unverified) each = {words, words, words};
    }
    report.lines[2].outcome.findings[0].remedy = report::Command{{"helm", "coder", "upgrade", "--recreate", words}};
    subject.release = subject.name_space = subject.from = subject.to = subject.helm = subject.kubernetes = words;
    for (auto& each : effects.objects) {
      each.object = {words, words, words, words};
      each.api_version = each.why = words;
      for (auto& field : each.changes.fields) field.path = field.before = field.after = words;
    }
    for (auto& each : effects.rollbacks) {
      each.from = each.error = each.why_not_tried = words;
      for (auto& one : each.rejected) one.object.name = one.verdict.message = words;
    }
  }

  render::Document document() const { return {.report = report, .subject = subject, .request = request, .effects = &effects, .at = 1627300800}; }
};

}  // namespace hostile
