#include "base/json.h"
#include "cli/commands.h"

namespace cli {

int run(VersionOptions const& options) {
  print(options.format == Format::json ? base::to_pretty_text(base::Json::Object{{"version", HELM_CODER_VERSION}})
                                       : "helm coder " HELM_CODER_VERSION "\n");
  return report::fine;
}

}  // namespace cli
