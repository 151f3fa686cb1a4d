#include "rehearsal/quotas.h"

#include <algorithm>

#include "base/text.h"

namespace rehearsal {
using base::Json;

Usage charges_of(Recorded const& write) {
  auto const key = write.target.key();
  Usage all;
  add(all, usage_of(key, write.target.group, write.after), 1);
  if (!write.creates) add(all, usage_of(key, write.target.group, write.before), -1);
  std::erase_if(all, [](auto const& charge) { return charge.second == Quantity(); });
  return all;
}

std::vector<Quotas::Quota> const& Quotas::quotas_in(std::string const& name_space) {
  auto const [known, fresh] = known_.try_emplace(name_space);
  if (!fresh) return known->second;
  auto const list = ask_.get(path_of("v1", "resourcequotas", name_space));
  if (!list) return known->second;  // who may not read them learns of each write alone
  for (auto const& quota : (*list)["items"].items())
    if (!is_scoped(quota)) known->second.push_back({quota["metadata"]["name"].str(), quota["status"]["hard"], quota["status"]["used"]});
  return known->second;
}

void Quotas::charge(state::Verdict& verdict, Recorded const& write) {
  if (verdict.judgement == state::Judgement::rejected || write.target.name_space.empty()) return;
  auto const charges = charges_of(write);
  auto const& home = write.target.name_space;
  bool const not_the_first = std::any_of(charges.begin(), charges.end(), [&](auto const& charge) { return charged_.contains({home, charge.first}); });
  auto const why = not_the_first ? exceeded(write, charges) : "";
  if (!why.empty()) {
    verdict.judgement = state::Judgement::rejected;
    verdict.cause = state::Cause::quota;
    verdict.status = 403;
    verdict.message = why;
    return;
  }
  for (auto const& [key, amount] : charges) charged_[{home, key}] += amount;
}

// What the API server would say, had it made the earlier writes.
std::string Quotas::exceeded(Recorded const& write, Usage const& charges) {
  for (auto const& quota : quotas_in(write.target.name_space)) {
    for (auto const& [key, amount] : charges) {
      auto const hard = Quantity::of(quota.hard[key]), used = Quantity::of(quota.used[key]);
      auto const earlier = charged_.find({write.target.name_space, key});
      if (amount <= Quantity() || !hard || !used || earlier == charged_.end()) continue;
      auto then = *used;
      then += earlier->second;
      auto sum = then;
      sum += amount;
      if (sum <= *hard) continue;
      return write.target.resource + " \"" + write.target.name + "\" is forbidden: exceeded quota: " + base::printable(quota.name) +
             ", requested: " + key + "=" + amount.text() + ", used: " + key + "=" + then.text() +
             " (with what the upgrade creates before), limited: " + key + "=" + hard->text();
    }
  }
  return {};
}

}  // namespace rehearsal
