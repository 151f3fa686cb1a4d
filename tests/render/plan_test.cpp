#include "render/plan.h"

#include "golden.h"

namespace {

actions::Plan plan() {
  actions::Plan plan;
  plan.push_back({.name = "save what will be touched", .what = "Saves it.", .work = actions::Save{"/backups/one"}});
  plan.push_back({.name = "adopt ServiceAccount/coder",
                  .why = "it is there already and Helm would stop at it, because it is not the release's",
                  .what = "Writes the release's name onto it.",
                  .undo = "It stays, and becomes what it was.",
                  .by_hand = {{{"kubectl", "label", "ServiceAccount/coder", "app.kubernetes.io/managed-by=Helm", "--overwrite"}},
                              {{"kubectl", "annotate", "ServiceAccount/coder", "helm.sh/resource-policy=keep", "--overwrite"}}},
                  .work = actions::Mark{}});
  plan.push_back({.name = "recreate Service/d",
                  .why = "\x1b[31mred",
                  .what = "Deletes it and makes it anew at once.",
                  .cost = "For a moment nobody is served by it.",
                  .undo = "Helm rolls back by itself.",
                  .by_hand = {{{"kubectl", "delete", "Service/d", "--cascade=background"}}},
                  .work = actions::Remake{}});
  return plan;
}

state::Request request() {
  state::Request request{.name_space = "coder", .kube_context = "prod"};
  request.name_space_given = request.kube_context_given = true;
  return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_plan)

BOOST_AUTO_TEST_CASE(is_a_numbered_list_with_what_each_step_changes_and_costs) {
  check_golden("plan.txt", render::plan_table(plan(), request(), {.colour = false, .width = 90}));
}

BOOST_AUTO_TEST_CASE(is_one_json_document) { check_golden("plan.json", base::to_pretty_text(render::plan_json(plan(), request()))); }

BOOST_AUTO_TEST_SUITE_END()
