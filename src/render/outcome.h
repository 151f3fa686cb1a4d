#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actions/perform.h"
#include "render/report.h"
#include "state/request.h"

namespace render {

// How it ended, and what is next: for a person who may be tired.
struct Outcome {
  std::string what;                     // "the upgrade"
  actions::Performed const& performed;
  state::Request const& request;
  std::string folder;                   // of the backup
  std::optional<actions::Record> last;  // the release afterwards
  std::string last_version;
  std::optional<report::Command> next;
};

std::string outcome(Outcome const&, Look);

// The same for a program, as docs/schema/outcome.json describes it.
base::Json outcome_json(Outcome const&);

std::string paragraph(std::string const& text, int width);

}  // namespace render
