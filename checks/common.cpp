#include "checks/common.h"

#include <algorithm>
#include <utility>

#include "checks/stops.h"
#include "state/names.h"

namespace checks {
namespace {

using state::Ending;

Unverified unreached(state::Rehearsal const& rehearsal) {
  switch (rehearsal.ending) {
    case Ending::render:
      return {"", "the chart does not render, so the upgrade sends no request that could be judged",
              "helm coder explain HC404"};
    case Ending::manifest:
      return {"", "Helm stops at the manifest, so the upgrade sends no request that could be judged",
              "helm coder explain HC303"};
    case Ending::storage:
      return {"", "Helm can't use its record of the release, so it did not come this far", "helm coder explain HC301"};
    case Ending::ownership:
      return {"", "Helm stops at an object that is not the release's, and what comes after it could not be rehearsed",
              "helm coder explain HC304"};
    case Ending::finished:
      return {"", "the rehearsal did not see every request of the upgrade", ""};
    case Ending::other:
      break;
  }
  return {"", "the rehearsal ended early", "helm coder explain HC301"};
}

void add_rejection(std::string const& object, std::string const& prefix, state::Verdict const& verdict,
                   Advice const& advice, Outcome& out) {
  for (auto const& field : verdict.fields)
    out.findings.push_back({object, field.field, prefix + field.message, advice});
  if (verdict.fields.empty()) out.findings.push_back({object, "", prefix + verdict.message, advice});
}

}  // namespace

std::string name_of(state::ObjectId const& object, state::Request const& request) {
  return state::to_text(object, request.name_space);
}

std::string version_of(state::Request const& request, state::Seen<state::Target> const& target) {
  auto const* seen = state::seen(target);
  return seen && !seen->version.empty() ? seen->version : request.version;
}

std::vector<std::string> upgrade_words(state::Request const& request, state::Seen<state::Target> const& target) {
  std::vector<std::string> words{"upgrade"};
  if (auto const version = version_of(request, target); !version.empty())
    words.insert(words.end(), {"--version", version});
  return words;
}

Remedy upgrade_with(std::string_view flag, state::ObjectId const& object, state::Request const& request,
                    state::Seen<state::Target> const& target, Advice otherwise) {
  if (!object.name_space.empty() && object.name_space != request.name_space) return otherwise;
  auto words = upgrade_words(request, target);
  for (auto const& [chosen, names] : {std::pair("--adopt", &request.adopt), std::pair("--protect", &request.protect),
                                      std::pair("--recreate", &request.recreate)})
    for (auto const& name : *names) words.insert(words.end(), {chosen, name});
  words.insert(words.end(), {std::string(flag), object.kind + "/" + object.name});
  return helm_coder(std::move(words));
}

bool rendered(state::Rehearsal const& rehearsal) {
  return rehearsal.ending == Ending::manifest || read_manifest(rehearsal);
}

bool read_manifest(state::Rehearsal const& rehearsal) {
  return rehearsal.ending == Ending::ownership || rehearsal.ending == Ending::finished;
}

bool saw_everything(state::Rehearsal const& rehearsal) { return rehearsal.complete && read_manifest(rehearsal); }

void note_unreached(state::Rehearsal const& rehearsal, bool reached, Outcome& out) {
  if (!reached) out.unverified.push_back(unreached(rehearsal));
}

void note_surroundings(state::Rehearsal const& rehearsal, Outcome& out) {
  if (rehearsal.surroundings_seen) return note_unreached(rehearsal, saw_everything(rehearsal), out);
  if (!saw_everything(rehearsal)) return note_unreached(rehearsal, false, out);
  auto const& why = rehearsal.surroundings_unsure;
  out.unverified.push_back({"", why.empty() ? "the namespace's Ingresses and pods were not looked at" : why, ""});
}

Outcome rejections(state::Rehearsal const& rehearsal, state::Request const& request,
                   std::initializer_list<state::Cause> causes, Advice const& advice) {
  auto const counts = [&](state::Verdict const& verdict) {
    return verdict.judgement == state::Judgement::rejected &&
           std::find(causes.begin(), causes.end(), verdict.cause) != causes.end();
  };
  Outcome out;
  for (auto const& write : rehearsal.writes)
    if (counts(write.verdict)) add_rejection(name_of(write.object, request), "", write.verdict, advice, out);
  for (auto const& trial : rehearsal.trials)
    if (!trial.hook && counts(trial.verdict))
      add_rejection(name_of(trial.object, request), trial.what + " of it: ", trial.verdict, advice, out);
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

state::Revision const* installed(state::Release const& release) {
  auto const& all = release.revisions;
  auto const base =
      std::find_if(all.begin(), all.end(), [&](auto const& revision) { return revision.number == release.base; });
  return base == all.end() ? nullptr : &*base;
}

std::optional<base::Version> coder_version(state::Target const& target, Outcome& out) {
  if (target.name != "coder" && target.name != "workspace-provider") {
    out.unverified.push_back({"", "the chart is " + target.name + ", and only Coder's own charts are known", ""});
    return {};
  }
  auto const version = base::parse_version(target.version);
  if (!version)
    out.unverified.push_back({"", "the chart's version \"" + target.version + "\" is none that can be read", ""});
  return version;
}

std::optional<Hop> hop(state::Release const& release, state::Target const& target, Outcome& out) {
  auto const* base = installed(release);
  if (!base) return {};
  auto const to = coder_version(target, out);
  if (!to) return {};
  auto const from = base::parse_version(base->chart_version);
  if (from) return Hop{*from, *to};
  out.unverified.push_back({"revision " + std::to_string(base->number),
                            "the version of its chart (\"" + base->chart_version + "\") is none that can be read",
                            "helm history " + release.name});
  return {};
}

std::vector<std::string> indexed(state::Seen<state::Repository> const& repository) {
  auto const* seen = state::seen(repository);
  return seen ? seen->versions : std::vector<std::string>();
}

std::vector<std::string> way(state::Release const& release, state::Target const& target,
                             state::Seen<state::Repository> const& repository, state::Knowledge const& known, Outcome& out) {
  if (!installed(release)) return coder_version(target, out) ? std::vector{target.version} : std::vector<std::string>();
  auto const hops = hop(release, target, out);
  return hops ? stops(known, hops->from, hops->to, indexed(repository)) : std::vector<std::string>();
}

}  // namespace checks
