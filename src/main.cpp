#include <cstdio>
#include <exception>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/parse.h"

int main(int count, char** words) {
  try {
    return cli::run(cli::parse({words + 1, words + count}, settings::load()));
  } catch (std::exception const& error) {
    std::fprintf(stderr, "helm coder: %s\n", base::printable(error.what()).c_str());
    return report::could_not_run;
  }
}
