#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/timeline.h"
#include "report/changes.h"
#include "report/report.h"
#include "report/subject.h"

namespace render {

struct Look {
  bool colour = false;
  int width = 80;
};

// A file of values that was given by -f, as it stands.
struct ValuesFile {
  std::string name, text;
};

// What all renderers of a report are given.
struct Document {
  report::Report const& report;
  report::Subject const& subject;
  state::Request const& request;  // for the commands that are printed
  report::Effects const* effects = nullptr;  // what changes in the cluster; nothing: it was not rehearsed
  bool strict = false;
  bool goes_on = false;     // the command goes on by itself where nothing forbids it
  bool more_flags = false;  // flags for Helm were given that printed commands do not repeat, since one may hold a secret
  std::int64_t at = 0;      // Unix seconds at which it was seen; 0: not known
  std::vector<ValuesFile> values_files = {};  // in the order in which Helm takes them
  std::string_view (*page_of)(std::string_view code) = nullptr;  // of a check
  std::vector<base::Timeline::Phase> timings = {};  // where the time of the look went; empty: it was a recording
};

std::string table(Document const&, Look);

// A line for each finding and for what is not verified: "HC302 error Service/d spec.clusterIPs[0]: may not change once set".
// Nothing at all if every check passes.
std::string brief(Document const&);

// One JSON document, as docs/schema/preflight.json describes it.
base::Json as_json(Document const&);
std::string json(Document const&);

// The same document in YAML.
std::string yaml(Document const&);

// JUnit's XML: a test case for each check, what is not verified is skipped.
std::string junit(Document const&);

// SARIF 2.1.0: a rule for each check, a result for each finding and for what is not verified.
std::string sarif(Document const&);

// One page that needs nothing else: no network, no script.
std::string html_page(Document const&);

}  // namespace render
