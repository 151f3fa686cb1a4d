#include "rehearsal/shortages.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "rehearsal/trials.h"
#include "rehearsal/usage.h"

namespace rehearsal {
namespace {

using base::Json;

constexpr std::size_t most_named = 4;

// What one object of the upgrade adds to what quotas count, or takes away.
struct Demand {
  std::string what;       // "Secret/db", "a pod of Deployment/web"
  Usage each, each_old;   // what one takes, of the new and of the old
  std::int64_t count = 1, count_old = 0;
  Json pod;               // null: it is none
  bool surges = false;    // a new pod comes before an old one goes
  std::string unsure;     // why there may be more than `count`

  Quantity growth(std::string const& resource) const { return of(each, resource).times(count) -= of(each_old, resource).times(count_old); }
  Quantity one(std::string const& resource) const { return of(each, resource); }

 private:
  static Quantity of(Usage const& usage, std::string const& resource) {
    auto const found = usage.find(resource);
    return found == usage.end() ? Quantity() : found->second;
  }
};

std::string named(Recorded const& write) {
  auto const object = object_of(write);
  return object.kind + "/" + object.name;
}

// How many pods a workload has, or will have.
std::int64_t pods_wanted(Json const& workload) {
  auto const& spec = workload["spec"];
  auto const& kind = workload["kind"].str();
  if (kind == "DaemonSet") return workload["status"]["desiredNumberScheduled"].int_or(0);
  if (kind != "Job") return spec["replicas"].int_or(1);
  if (spec["suspend"].bool_or(false)) return 0;
  return std::min(spec["parallelism"].int_or(1), spec["completions"].int_or(INT32_MAX));
}

std::int64_t pods_there(Json const& workload) {
  auto const& status = workload["status"];
  return workload["kind"].str() == "DaemonSet" ? status["currentNumberScheduled"].int_or(0) : status["replicas"].int_or(0);
}

// Whether the roll-out stands still unless there is room for one pod more than wanted.
bool needs_room(Json const& workload) {
  if (workload["kind"].str() != "Deployment" || makes_room_first(workload)) return false;
  auto const& unavailable = workload["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"];
  auto const text = unavailable.is_number() ? unavailable.number() : unavailable.str();
  if (!text.ends_with('%')) return text == "0";
  auto const percent = base::whole_number(std::string_view(text).substr(0, text.size() - 1)).value_or(0);
  return percent * pods_wanted(workload) < 100;  // rounded down
}

bool is_accepted(Recorded const& write) { return write.reply.ok() || !write.not_asked.empty(); }
bool changes_pods(Recorded const& write) {
  auto const &now = write.after["spec"], &before = write.before["spec"];
  return is_workload(write.after["kind"].str()) && (now["template"] != before["template"] || now["replicas"] != before["replicas"]);
}
bool adds(Recorded const& write) {
  auto const& resource = write.target.resource;
  return is_accepted(write) && (write.creates || changes_pods(write) || resource == "persistentvolumeclaims" || resource == "services");
}

class Sum {
 public:
  Sum(Scene const& scene, std::vector<state::Trial> const& trials, Questions& ask) : scene_(scene), ask_(ask) {
    for (auto const& trial : trials)
      if (!trial.hook && trial.verdict.cause == state::Cause::quota) refused_.insert(trial.object);
  }

  std::vector<state::Shortage> judge(Quotas const& quotas) {
    for (auto const& [place, answer] : quotas) {
      auto const list = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
      if (!list) {
        shortages_.push_back({.name_space = place, .unsure = "its quotas can't be read: " + clients::error_of(answer)});
      } else if (!(*list)["items"].items().empty()) {
        auto const demands = demands_in(place, (*list)["items"]);
        for (auto const& quota : (*list)["items"].items()) judge(place, quota, demands);
      }
    }
    return std::move(shortages_);
  }

 private:
  std::vector<Demand> demands_in(std::string const& place, Json const& quotas) {
    std::vector<Demand> demands;
    pods_.clear();
    for (auto const& write : scene_.played->writes) {
      if (write.target.name_space != place) continue;
      add_object(write, demands);
      add_pods(write, demands);
      add_claims(write, quotas, demands);
    }
    fill_in(demands);
    return demands;
  }

  void add_object(Recorded const& write, std::vector<Demand>& demands) const {
    auto const key = write.target.key();
    auto const usage = [&](Json const& object) { return usage_of(key, write.target.group, object); };
    auto const asked = [&] { return write.after.is_null() ? base::parse_json(write.body).value_or(Json()) : write.after; };
    Demand demand{.what = is_helm_record(key) ? "Helm's record" : named(write)};
    if (write.method == "DELETE") {
      if (!is_helm_record(key)) return;  // the others go only after all is created
      demand.each = usage(Json());
      demand.count = -1;
    } else if (!is_accepted(write) || write.renamed) {
      return;
    } else if (write.creates) {
      demand.each = usage(asked());
      if (write.target.resource == "pods") demand.pod = asked();
      if (asked()["kind"].str() == "Deployment") demand.each["count/replicasets.apps"] = Quantity(1);
    } else if (!write.before.is_null() && !write.after.is_null() && key.resource != "pods") {
      demand.each = usage(write.after);
      demand.each_old = usage(write.before);
      demand.count_old = 1;
    } else {
      return;
    }
    demands.push_back(std::move(demand));
  }

  void add_pods(Recorded const& write, std::vector<Demand>& demands) {
    bool const goes = write.method == "DELETE" && is_workload(write.before["kind"].str());
    if (!goes && (!is_accepted(write) || write.renamed || !changes_pods(write) || refused_.contains(object_of(write)))) return;
    auto const& workload = goes ? write.before : write.after;
    Demand demand{.what = "pods of " + named(write), .count = goes ? 0 : pods_wanted(workload), .count_old = pods_there(write.before)};
    demand.surges = !goes && !write.creates && write.after["spec"]["template"] != write.before["spec"]["template"] && needs_room(workload);
    if (workload["kind"].str() == "DaemonSet" && write.before.is_null())
      demand.count = 1, demand.unsure = "on how many nodes " + named(write) + " runs is not known yet";
    demand.pod = pod_of(workload, scene_, write.target.name_space);
    if (!goes) {
      pods_.push_back({demands.size(), false});
      creations_.push_back({"v1", "pods", write.target.name_space, demand.pod});
    }
    if (demand.count_old > 0) {
      pods_.push_back({demands.size(), true});
      creations_.push_back({"v1", "pods", write.target.name_space, pod_of(write.before, scene_, write.target.name_space)});
    }
    demands.push_back(std::move(demand));
  }

  // The claims that a StatefulSet's controller makes, one for each pod and template.
  void add_claims(Recorded const& write, Json const& quotas, std::vector<Demand>& demands) {
    if (write.method == "DELETE" || !is_accepted(write) || write.renamed || write.after["kind"].str() != "StatefulSet") return;
    auto const& name = write.after["metadata"]["name"].str();
    for (auto claim : write.after["spec"]["volumeClaimTemplates"].items()) {
      Demand demand{.what = "claims of " + named(write), .count = 0};
      auto const prefix = claim["metadata"]["name"].str() + "-" + name + "-";
      auto const& there = claims_in(write.target.name_space, quotas);
      for (std::int64_t i = 0; i < std::min<std::int64_t>(pods_wanted(write.after), 10'000); ++i)
        demand.count += !there.contains(prefix + std::to_string(i));
      if (demand.count == 0) continue;
      claim.set("apiVersion") = "v1";
      claim.set("kind") = "PersistentVolumeClaim";
      claim.set("metadata").set("name") = prefix + "rehearsed";
      auto const stored = ask_.stored({"v1", "persistentvolumeclaims", write.target.name_space, claim});  // its class filled in
      demand.each = usage_of_claim(stored.is_null() ? claim : stored);
      demands.push_back(std::move(demand));
    }
  }

  std::set<std::string> const& claims_in(std::string const& place, Json const& quotas) {
    auto const [found, is_new] = claims_.try_emplace(place);
    bool const counted = std::any_of(quotas.items().begin(), quotas.items().end(), [](Json const& quota) {
      auto const& hard = quota["spec"]["hard"].members();
      return std::any_of(hard.begin(), hard.end(), [](auto const& each) { return !is_of_pods(each.first); });
    });
    auto const list = is_new && counted ? ask_.get(path_of("v1", "persistentvolumeclaims", place)) : std::nullopt;
    if (list)
      for (auto const& item : (*list)["items"].items()) found->second.insert(item["metadata"]["name"].str());
    return found->second;
  }

  // What a pod asks for is known with the defaults that admission fills in.
  void fill_in(std::vector<Demand>& demands) {
    auto const stored = ask_.stored_all(creations_);
    for (std::size_t i = 0; i < pods_.size(); ++i) {
      auto& demand = demands[pods_[i].demand];
      auto const& pod = stored[i].is_null() ? creations_[i].object : stored[i];
      (pods_[i].old ? demand.each_old : demand.each) = usage_of_pod(pod);
      if (!pods_[i].old) demand.pod = pod;
    }
    creations_.clear();
  }

  void judge(std::string const& place, Json const& quota, std::vector<Demand> const& demands) {
    std::string unsure;
    std::vector<Demand const*> counted;
    for (auto const& demand : demands) {
      if (demand.pod.is_null() && is_scoped(quota)) continue;
      auto const counts = demand.pod.is_null() ? true : counts_pod(quota, demand.pod);
      if (!counts) unsure = "one of its scopes is not known here";
      if (counts.value_or(true)) counted.push_back(&demand);
    }
    for (auto const& [resource, hard] : quota["spec"]["hard"].members()) judge(place, quota, resource, hard, counted, unsure);
  }

  void judge(std::string const& place, Json const& quota, std::string const& resource, Json const& hard_text,
             std::vector<Demand const*> const& demands, std::string const& unsure) {
    Quantity end, growth, most_surge;
    std::string may_be_more;
    std::vector<std::string> by;
    for (auto const* demand : demands) {
      auto const grows = demand->growth(resource);
      end += grows;
      if (demand->count < 0) growth += grows;  // it is gone before the rest comes
      if (grows > Quantity()) {
        growth += grows;
        by.push_back((demand->count > 1 ? std::to_string(demand->count) + " " : "") + demand->what);
        if (!demand->unsure.empty()) may_be_more = demand->unsure;
      }
    }
    for (auto const* demand : demands)
      if (demand->surges) most_surge = std::max(most_surge, demand->one(resource));
    if (by.empty()) return;  // what only takes the place of others was judged by the API server
    auto const& used_text = quota["status"]["used"][resource];
    auto const used = Quantity::of(used_text), hard = Quantity::of(hard_text);
    bool const bytes = resource.ends_with("memory") || resource.ends_with("storage");
    auto const text = [&](Quantity const& quantity) { return bytes ? quantity.binary_text() : quantity.text(); };
    state::Shortage shortage{.name_space = place, .quota = quota["metadata"]["name"].str(), .resource = resource, .unsure = unsure};
    if (by.size() > most_named) by.resize(most_named), by.emplace_back("others");
    shortage.by = std::move(by);
    shortage.added = text(end > Quantity() ? end : growth);
    shortage.hard = hard ? text(*hard) : "";
    shortage.used = used ? text(*used) : "";
    auto const fits = [&](Quantity const& more) { return (Quantity(*used) += more) <= *hard; };
    if (!used || !hard) {
      shortage.unsure = "what it has used so far is not known";
    } else if (fits(end)) {
      shortage.unsure = may_be_more;
      if (!fits(growth)) shortage.unsure = "it fits only once what the upgrade takes away is gone";
      else if (!fits(Quantity(growth) += most_surge)) shortage.unsure = "it leaves no room for the new pods that come before the old ones go";
      if (shortage.unsure.empty()) return;
    }
    shortages_.push_back(std::move(shortage));
  }

  struct PodOf {
    std::size_t demand;
    bool old;
  };
  Scene const& scene_;
  Questions& ask_;
  std::set<state::ObjectId> refused_;
  std::vector<PodOf> pods_;
  std::vector<Questions::Creation> creations_;
  std::map<std::string, std::set<std::string>> claims_;
  std::vector<state::Shortage> shortages_;
};

}  // namespace

Quotas quotas_of(Scene const& scene, Questions& ask) {
  std::set<std::string> places;
  for (auto const& write : scene.played->writes)
    if (write.method != "DELETE" && !write.target.name_space.empty() && adds(write)) places.insert(write.target.name_space);
  std::vector<std::string> targets;
  for (auto const& place : places) targets.push_back(path_of("v1", "resourcequotas", place));
  auto answers = ask.get_all(targets);
  Quotas quotas;
  std::size_t i = 0;
  for (auto const& place : places) quotas[place] = std::move(answers[i++]);
  return quotas;
}

std::vector<state::Shortage> shortages_of(Scene const& scene, std::vector<state::Trial> const& trials, Quotas const& quotas, Questions& ask) {
  return Sum(scene, trials, ask).judge(quotas);
}

}  // namespace rehearsal
