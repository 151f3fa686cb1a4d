#pragma once

#include <optional>
#include <string>

#include "report/report.h"

// What an executable prints, made into what we keep. Nothing, and the reason in `why`, where it is not of the agreed shape.
namespace extensions {

// {"code": "ACME001", "name": "backup-fresh", "summary": "the last backup is of today", "severity": "error"}
std::optional<report::Line> read_metadata(std::string const& printed, std::string* why);

// {"findings": [{"object", "field", "message", "advice"}], "unverified": [{"object", "why", "tell"}]}
std::optional<report::Outcome> read_outcome(std::string const& printed, std::string* why);

}  // namespace extensions
