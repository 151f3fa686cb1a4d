#include "rehearsal/hooks.h"

#include <algorithm>


namespace rehearsal {

using base::Json;
using state::Judgement;

bool Hook::has(std::string_view policy) const {
  if (delete_policies.empty()) return policy == "before-hook-creation";
  return std::find(delete_policies.begin(), delete_policies.end(), policy) != delete_policies.end();
}

std::string_view operation_of(Json const& release, bool has_base) {
  return !has_base && release["version"].int_or(1) == 1 ? "install" : "upgrade";
}

std::vector<Hook> hooks_of(Json const& list, std::string_view operation) {
  std::vector<Hook> hooks;
  for (auto const& hook : list.items()) {
    auto const& events = hook["events"].items();
    auto const mine = std::find_if(events.begin(), events.end(), [&](Json const& event) {
      return event.str() == "pre-" + std::string(operation) || event.str() == "post-" + std::string(operation);
    });
    if (mine == events.end()) continue;
    std::vector<std::string> policies;
    for (auto const& policy : hook["delete_policies"].items()) policies.push_back(policy.str());
    for (auto& object : parse_manifest(hook["manifest"].str())) hooks.push_back({mine->str(), policies, std::move(object)});
  }
  return hooks;
}

namespace {

// Helm deletes it before it makes the new one.
state::Verdict of_one_that_goes(Questions::Creation const& hook, Admission& admission, Questions& ask) {
  auto const path = path_of(hook.api_version, hook.plural, hook.name_space, hook.object["metadata"]["name"].str());
  auto const doubt = admission.doubt_about_deletion(parse_target(path), ask.get(path).value_or(Json()));
  return {.judgement = doubt.empty() ? Judgement::accepted : Judgement::not_verified, .message = doubt};
}

}  // namespace

std::vector<state::Trial> hook_trials(Scene const& scene, std::vector<Hook> const& hooks, bool applies, Questions& ask) {
  std::vector<state::Trial> trials;
  std::vector<std::size_t> tried;
  std::vector<Questions::Creation> creations;
  for (auto const& hook : hooks) {
    auto const& rendered = hook.object;
    auto const key = ask.resources.key_of(rendered, scene.name_space);
    trials.push_back({.object = {rendered.kind, "", scene.name_space, rendered.name}, .what = "the " + hook.event + " hook", .hook = true});
    trials.back().verdict.message = "the API server does not know its kind";
    if (!key) continue;
    tried.push_back(trials.size() - 1);
    creations.push_back({rendered.api_version, key->resource, key->name_space, rendered.object});
  }
  auto verdicts = ask.try_all(creations);
  Admission admission(ask, scene.guards, scene.played->layer);
  for (std::size_t i = 0; i < tried.size(); ++i) {
    auto& verdict = trials[tried[i]].verdict;
    verdict = std::move(verdicts[i]);
    if (verdict.cause != state::Cause::exists) continue;
    if (hooks[tried[i]].has("before-hook-creation")) verdict = of_one_that_goes(creations[i], admission, ask);
    else if (applies) verdict = ask.try_apply(creations[i]);
  }
  return trials;
}

std::vector<state::Trial> rollback_hook_trials(Scene const& scene, std::vector<Hook> const& hooks, std::vector<Hook> const& of_the_upgrade,
                                               bool applies, Questions& ask) {
  auto trials = hook_trials(scene, hooks, applies, ask);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    auto const is_same = [&](Hook const& each) {
      return each.object.kind == hooks[i].object.kind && each.object.name == hooks[i].object.name && each.object.name_space == hooks[i].object.name_space;
    };
    bool const made_before = std::any_of(of_the_upgrade.begin(), of_the_upgrade.end(), is_same);
    if (!made_before || applies || hooks[i].has("before-hook-creation") || trials[i].verdict.judgement != Judgement::accepted) continue;
    trials[i].verdict = {.message = "the failed upgrade's hook of the same name may be left, and then it can't be created"};
  }
  return trials;
}

std::vector<state::Right> hook_rights(Scene const& scene, std::vector<Hook> const& hooks, Questions& ask) {
  std::vector<state::Right> rights;
  for (auto const& hook : hooks) {
    auto const key = ask.resources.key_of(hook.object, scene.name_space);
    if (!key) continue;
    auto const need = [&](char const* verb) {
      state::Right const right{verb, key->group, key->resource, key->name_space, key->name, "the " + hook.event + " hook"};
      if (std::find(rights.begin(), rights.end(), right) == rights.end()) rights.push_back(right);
    };
    if (hook.has("before-hook-creation") || hook.has("hook-succeeded")) need("delete");
    if (hook.object.kind != "Job" && hook.object.kind != "Pod") continue;
    need("list");
    need("watch");
  }
  return rights;
}

}  // namespace rehearsal
