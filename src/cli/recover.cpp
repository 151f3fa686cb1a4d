#include <stdexcept>

#include "cli/commands.h"

namespace cli {

int run(RecoverOptions const&) { throw std::runtime_error("this build can't look at a cluster yet; preflight --snapshot FILE and --example work"); }

}  // namespace cli
