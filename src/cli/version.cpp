#include "base/json.h"
#include "cli/commands.h"
#include "render/yaml.h"

namespace cli {

int run(VersionOptions const& options) {
  base::Json const json = base::Json::Object{{"version", HELM_CODER_VERSION}};
  if (options.format == Format::table) print("helm coder " HELM_CODER_VERSION "\n");
  else print(options.format == Format::yaml ? render::yaml(json) : base::to_pretty_text(json));
  return report::fine;
}

}  // namespace cli
