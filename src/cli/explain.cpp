#include <string>
#include <string_view>

#include "checks/check.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "extensions/extensions.h"

namespace cli {
namespace {

// One below the document's title.
void add(std::string_view page, std::string& text) {
  text += "\n#";
  text += page;
  if (!page.ends_with('\n')) text += '\n';
}

// docs/pages.md is this, and a test compares them.
std::string all_pages() {
  std::string text =
      "# The pages of the checks\n\nWhat `helm coder explain CODE` prints of each; `helm coder explain --all` prints this document. "
      "[checks.md](checks.md) lists them in short.\n";
  for (auto const* check : checks::all()) add(check->page, text);
  add(extensions::own_checks_page, text);
  return text;
}

}  // namespace

int run(ExplainOptions const& options) {
  if (options.all) {
    print(all_pages());
    return report::fine;
  }
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
