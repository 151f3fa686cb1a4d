#pragma once

#include <string>

#include "render/report.h"

namespace render {

// What a report comes to, and the command that is next.
struct Conclusion {
  std::string sentence;
  std::string command = {};    // empty: there is none
  bool lacks_flags = false;    // the command is to be given the other flags for Helm, too
};

Conclusion conclusion(Document const&);

}  // namespace render
