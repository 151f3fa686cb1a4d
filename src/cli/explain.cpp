#include <string>

#include "checks/check.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "extensions/extensions.h"

namespace cli {

int run(ExplainOptions const& options) {
  auto word = options.check;
  // Codes are often typed in small letters.
  if (word.starts_with("hc")) word.replace(0, 2, "HC");
  if (word == "HC701" || word == "own-checks") {
    print(extensions::own_checks_page);
    return report::fine;
  }
  auto const* check = checks::find(word);
  if (!check) return run(Misuse{no_such_check(options.check), "explain"});
  print(check->page);
  return report::fine;
}

}  // namespace cli
