#include "actions/plan_upgrade.h"

#include <algorithm>

#include "base/semver.h"
#include "base/text.h"

namespace actions {
namespace {

using report::Command;

std::string named(Object const& object) { return object.id.kind + "/" + object.id.name; }

std::vector<Command> by_kubectl(Mark const& mark) {
  std::vector<Command> commands;
  auto const add = [&](char const* verb, Words const& words) {
    if (words.empty()) return;
    std::vector<std::string> argv = {"kubectl", verb, named(mark.object)};
    for (auto const& [key, text] : words) argv.push_back(text ? key + "=" + *text : key + "-");
    argv.emplace_back("--overwrite");
    commands.push_back({std::move(argv)});
  };
  add("label", mark.now.labels);
  add("annotate", mark.now.annotations);
  return commands;
}

Step protect_step(Remedy const& remedy) {
  auto const mark = protection(remedy.object, remedy.live);
  return {.name = "protect " + named(remedy.object),
          .why = "Helm would delete it",
          .what = "Annotates it with helm.sh/resource-policy=keep, so that Helm leaves it where it is.",
          .cost = {},
          .undo = "The annotation is taken off once Helm's rollback is over.",
          .by_hand = by_kubectl(mark),
          .work = mark};
}

std::string list_of(std::vector<Object> const& objects) {
  std::vector<std::string> names;
  for (auto const& object : objects) names.push_back(named(object));
  if (names.size() > 6) {
    auto const more = names.size() - 5;
    names.resize(5);
    names.push_back(std::to_string(more) + " more");
  }
  return base::join(names, ", ");
}

Step adopt_step(Remedy const& remedy, state::Request const& request) {
  auto const mark = adoption(remedy.object, remedy.live, request);
  return {.name = "adopt " + named(remedy.object),
          .why = "it is there already and Helm would stop at it, because it is not the release's",
          .what = "Writes the release's name onto it, and helm.sh/resource-policy=keep until the upgrade has ended well.",
          .cost = {},
          .undo = "It stays, and becomes what it was.",
          .by_hand = by_kubectl(mark),
          .work = mark};
}

Step recreate_step(Remedy const& remedy) {
  auto const& object = remedy.object;
  auto const propagation = propagation_for(object.id);
  Step step{.name = "recreate " + named(object),
            .why = "what the upgrade changes in it can't be changed in place",
            .what = "Deletes it, and Helm makes it anew.",
            .cost = {},
            .undo = "It is made again from the backup.",
            .by_hand = {{{"kubectl", "delete", named(object), propagation == "Orphan" ? "--cascade=orphan" : "--cascade=background"}}},
            .work = Remake{object, propagation, remedy.next, remedy.foreign}};
  if (remedy.foreign) step.why += ", and it is not the release's yet";
  auto const with_it = list_of(remedy.dependents);
  if (propagation == "Orphan") {
    step.what = "Deletes it alone, and Helm makes it anew; its pods run on" + (with_it.empty() ? "" : " (" + with_it + ")") + " and their volumes stay.";
  } else if (!remedy.next.is_null()) {
    step.what = "Deletes it and makes it anew at once as the new version has it, with the addresses that the cluster had given it where the chart leaves them open.";
    step.cost = "For a moment nobody is served by it; the address of an external load balancer may change.";
  } else if (!with_it.empty()) {
    step.what = "Deletes it with what belongs to it (" + with_it + "), and Helm makes it anew.";
    step.cost = "Nobody is served by it until the new pods are ready.";
  } else if (object.id.kind == "RoleBinding" || object.id.kind == "ClusterRoleBinding") {
    step.cost = "For a moment nobody has the rights that it gives.";
  }
  return step;
}

Step save_step(Upgrade const& upgrade) {
  auto const touched = upgrade.written.size() + upgrade.deleted.size();
  return {.name = "save what will be touched",
          .why = {},
          .what = "Saves the release's values and manifest and " + base::count_of(touched, "object") + ", secrets included, in " +
                  upgrade.folder + ", which only you can read.",
          .cost = {},
          .undo = {},
          .by_hand = {},
          .work = Save{upgrade.folder}};
}

Step helm_step(Upgrade const& upgrade) {
  auto const changes = base::count_of(upgrade.written.size(), "object") + " written" +
                       (upgrade.deleted.empty() ? "" : ", " + std::to_string(upgrade.deleted.size()) + " deleted (" + list_of(upgrade.deleted) + ")");
  return {.name = upgrade.from.empty() ? "install " + upgrade.to : "upgrade " + upgrade.from + " → " + upgrade.to,
          .why = {},
          .what = "Runs Helm directly against the cluster and waits until everything is ready: " + changes + ". If it fails, Helm rolls back by itself.",
          .cost = {},
          .undo = {},
          .by_hand = {by_helm(upgrade.helm)},
          .work = RunHelm{upgrade.helm, upgrade.last_revision}};
}

Step verify_step(Upgrade const& upgrade) {
  Verify verify{.after_revision = upgrade.last_revision, .chart_version = upgrade.to, .there = upgrade.manifest, .gone = upgrade.deleted};
  for (auto const& remedy : upgrade.remedies) {
    auto const same_key = [&](auto const& each) { return key_of(each.id) == key_of(remedy.object.id); };
    if (std::none_of(verify.there.begin(), verify.there.end(), same_key)) verify.there.push_back(remedy.object);
    std::erase_if(verify.gone, same_key);
  }
  for (auto& object : verify.there) object.uid.clear();  // some are made anew
  return {.name = "look that it is as planned",
          .why = {},
          .what = "Reads the new revision and every object of it back from the cluster.",
          .cost = {},
          .undo = {},
          .by_hand = {},
          .work = std::move(verify)};
}

}  // namespace

std::string key_of(state::ObjectId const& id) { return id.name_space + "/" + id.kind + "/" + id.name; }

report::Command by_helm(std::vector<std::string> arguments) {
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    auto const& flag = arguments[i - 1];
    bool const holds_values = flag.starts_with("--set") && flag != "--set-file" && flag.find('=') == std::string::npos;
    if (holds_values) arguments[i] = arguments[i].substr(0, arguments[i].find('=')) + "=(masked)";
  }
  arguments.insert(arguments.begin(), "helm");
  return {std::move(arguments)};
}

Step remedy_step(Remedy const& remedy, state::Request const& request) {
  if (remedy.how == How::protect) return protect_step(remedy);
  return remedy.how == How::adopt ? adopt_step(remedy, request) : recreate_step(remedy);
}

Step release_step(Mark const& mark) {
  return {.name = "let go of " + named(mark.object),
          .why = {},
          .what = "Takes helm.sh/resource-policy off again.",
          .cost = {},
          .undo = {},
          .by_hand = by_kubectl(mark),
          .work = mark};
}

Plan plan_upgrade(Upgrade const& upgrade, state::Request const& request) {
  Plan plan;
  plan.push_back(save_step(upgrade));
  // What interrupts the service comes last, when nothing before it has failed.
  for (auto const how : {How::protect, How::adopt, How::recreate})
    for (auto const& remedy : upgrade.remedies)
      if (remedy.how == how) plan.push_back(remedy_step(remedy, request));
  Plan afterwards;
  for (auto const& step : plan) {
    auto const* mark = std::get_if<Mark>(&step.work);
    auto const off = mark && !upgrade.kept_by_chart.contains(key_of(mark->object.id)) ? without_protection(*mark) : std::nullopt;
    if (off) afterwards.push_back(release_step(*off));
  }
  plan.push_back(helm_step(upgrade));
  plan.insert(plan.end(), afterwards.begin(), afterwards.end());
  plan.push_back(verify_step(upgrade));
  return plan;
}

std::vector<std::string> waiting_run(std::vector<std::string> arguments, state::Request const& request, std::string const& helm_version,
                                     bool atomic) {
  auto const version = base::parse_version(helm_version);
  if (atomic) arguments.emplace_back(version && version->major >= 4 ? "--rollback-on-failure" : "--atomic");
  arguments.insert(arguments.end(), {"--wait", "--timeout", std::to_string(request.timeout_seconds) + "s", "-n", request.name_space});
  return arguments;
}

}  // namespace actions
