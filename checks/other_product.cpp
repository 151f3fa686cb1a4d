#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Target const& target) {
  auto const version = base::parse_version(target.version);
  if (target.name != "coder" || !version || version->major == 1) return {};
  return {.findings = {{"chart coder " + target.version, "",
                        "it installs another product of the same name, Coder v2, which can't take over the data of Coder v1",
                        Advice{"Name the chart repository of Coder v1, or ask for a version 1.x with --version."}}}};
}

}  // namespace

extern Check const other_product;
Check const other_product{.code = "HC110",
                          .name = "other-product",
                          .severity = Severity::error,
                          .summary = "the chart is not that of another product",
                          .page =
#include "other_product.md.inc"
                          ,
                          .run = on<test>};

}  // namespace checks
