#include <cstdio>
#include <stdexcept>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/live.h"
#include "clients/folder.h"

namespace cli {

int run(SnapshotOptions const& options) {
  auto const text = base::to_pretty_text(state::to_json(look(options.target)->state));
  if (options.file.empty()) {
    print(text);
    return report::fine;
  }
  if (auto const why = clients::write_file(options.file, text))
    throw std::runtime_error("the snapshot can't be written to " + options.file + ": " + *why);
  std::fprintf(stderr, "Wrote %s. It holds no secret; judge it with: helm coder preflight --snapshot %s\n", options.file.c_str(), options.file.c_str());
  return report::fine;
}

}  // namespace cli
