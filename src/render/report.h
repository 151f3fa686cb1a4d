#pragma once

#include <string>

#include "report/changes.h"
#include "report/report.h"
#include "report/subject.h"

namespace render {

struct Look {
  bool colour = false;
  int width = 80;
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
};

std::string table(Document const&, Look);

// One JSON document, as docs/schema/preflight.json describes it.
std::string json(Document const&);

}  // namespace render
