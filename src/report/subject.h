#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "report/report.h"

namespace report {

// What a report is about, for its first line. Empty: not known.
struct Subject {
  std::string release, name_space;
  std::string from, to;  // versions of the chart; `from` empty: nothing is installed, or it is not known
  std::string helm, kubernetes;
  struct Rehearsed {
    std::size_t requests = 0;
    double seconds = 0;
  };
  std::optional<Rehearsed> rehearsed;
};

Subject subject_of(state::State const&);

// Every remedy that stands for an error, in one `helm coder upgrade`; nothing if a remedy of another kind is needed too.
std::optional<Command> together(Report const&);

}  // namespace report
