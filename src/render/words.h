#pragma once

#include <string>
#include <string_view>

#include "render/report.h"

namespace render {

// "passed", "warning", "error", "not-verified", "not-asked".
std::string_view name_of(report::Result);

// "fine", "forbidden", "doubtful", "held", "unknown".
std::string_view name_of(report::Exit);

// A remedy as a person may read or copy it, printable; empty if there is none.
std::string to_text(report::Remedy const&, state::Request const&);
std::string to_text(report::Command const&, state::Request const&);

// {"command", "argv"} or {"advice"}; null if there is none.
base::Json as_json(report::Remedy const&, state::Request const&);

// "Service/d spec.clusterIPs[0]: may not change once set", printable.
std::string to_text(report::Finding const&);
std::string to_text(report::Unverified const&);

// That what it found is ignored, until when and why; or that it no longer is. Empty: nobody said so.
std::string ignoring(report::Line const&);

// What keeps a check from telling anything, if it is one thing; and whether two lack the same.
report::Unverified const* only_reason(report::Line const&);
bool same_reason(report::Unverified const*, report::Unverified const*);

// "0.6", of seconds.
std::string tenths(double seconds);

// "2021-07-26T12:00:00", of Unix seconds, in UTC.
std::string utc(std::int64_t seconds);

}  // namespace render
