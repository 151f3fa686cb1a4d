#include "rehearsal/surroundings.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "rehearsal/trials.h"

namespace rehearsal {
namespace {

using base::Json;

constexpr std::size_t most_routes = 100;
constexpr std::size_t longest_reason = 200;

struct Backend {
  std::string host, service, port;
};

// The same in all versions of Ingress: v1 has service.port.number or .name, the betas serviceName and servicePort.
std::optional<Backend> backend_of(Json const& backend, std::string const& host) {
  auto const& service = backend["service"];
  auto const plain = [](Json const& value) { return value.is_number() ? value.number() : value.str(); };
  Backend found{host, service["name"].str_or(backend["serviceName"].str()), {}};
  if (found.service.empty()) return {};  // it leads to an object of another kind
  found.port = service.is_null() ? plain(backend["servicePort"]) : plain(service["port"]["number"]);
  if (found.port.empty()) found.port = service["port"]["name"].str();
  return found;
}

// Whether a rule leaves nothing to the default backend.
bool takes_everything(Json const& spec) {
  for (auto const& rule : spec["rules"].items())
    for (auto const& path : rule["http"]["paths"].items())
      if (rule["host"].str().empty() && (path["path"].str().empty() || path["path"].str() == "/" || path["path"].str() == "/*")) return true;
  return false;
}

std::vector<Backend> backends_of(Json const& ingress) {
  std::vector<Backend> all;
  auto const add = [&](Json const& backend, std::string const& host) {
    if (auto found = backend_of(backend, host)) all.push_back(std::move(*found));
  };
  auto const& spec = ingress["spec"];
  if (!takes_everything(spec)) add(spec["defaultBackend"].is_null() ? spec["backend"] : spec["defaultBackend"], "");
  for (auto const& rule : spec["rules"].items())
    for (auto const& path : rule["http"]["paths"].items()) add(path["backend"], rule["host"].str());
  return all;
}

bool has_port(Json const& service, std::string const& wanted) {
  auto const& ports = service["spec"]["ports"].items();
  return std::any_of(ports.begin(), ports.end(), [&](Json const& port) { return port["port"].number() == wanted || port["name"].str() == wanted; });
}

// The port of a Service that serves what another one served: under the same number or name, or in the same pods.
std::string port_for(Json const& service, std::string const& wanted) {
  if (has_port(service, wanted)) return wanted;
  for (auto const& port : service["spec"]["ports"].items())
    if (port["targetPort"].is_number() && port["targetPort"].number() == wanted) return port["port"].number();
  return {};
}

class Around {
 public:
  Around(Scene const& scene, Questions& ask, state::Rehearsal& seen) : scene_(scene), ask_(ask), seen_(seen) {}

  std::vector<Json> look() {
    std::vector<std::string> const paths = {path_of("v1", "services", scene_.name_space), path_of("networking.k8s.io/v1", "ingresses", scene_.name_space)};
    auto const answers = ask_.get_all(paths);
    auto const services = list_in(answers[0], "services"), ingresses = list_in(answers[1], "ingresses");
    if (!services || !ingresses) return {};
    before_ = by_name(*services), after_ = by_name(left_of(*services, paths[0]));
    auto const old = by_name(*ingresses), now = by_name(left_of(*ingresses, paths[1]));
    for (auto const& [name, ingress] : now) judge(name, ingress, old.contains(name) ? old.at(name) : Json());
    for (auto const& rendered : scene_.old_objects)
      if (is_workload(rendered.kind) && rendered.kind != "Job") judge(rendered);
    seen_.surroundings_seen = true;
    std::vector<Json> others;
    for (auto const& [name, ingress] : now)
      if (!is_of_release("networking.k8s.io", "ingresses", name) && leads_to_release(ingress)) others.push_back(ingress);
    return others;
  }

 private:
  using ByName = std::map<std::string, Json>;

  std::optional<Json> list_in(clients::Answer const& answer, std::string const& plural) {
    auto json = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
    if (!json) seen_.surroundings_unsure = "the " + plural + " of namespace " + scene_.name_space + " can't be listed: " + clients::error_of(answer);
    return json;
  }

  static ByName by_name(Json const& list) {
    ByName all;
    for (auto const& item : list["items"].items()) all[item["metadata"]["name"].str()] = item;
    return all;
  }

  // As the upgrade leaves them.
  Json left_of(Json list, std::string const& path) const {
    scene_.played->layer.merge_into(list, parse_target(path));
    return list;
  }

  bool is_of_release(std::string const& group, std::string const& resource, std::string const& name) const {
    return scene_.new_by_key.contains({group, resource, scene_.name_space, name});
  }

  bool leads_to_release(Json const& ingress) const {
    auto const backends = backends_of(ingress);
    return std::any_of(backends.begin(), backends.end(), [&](Backend const& each) { return is_of_release("", "services", each.service); });
  }

  static std::string trouble(ByName const& services, Backend const& backend) {
    auto const found = services.find(backend.service);
    if (found == services.end()) return "there is no Service " + backend.service;
    if (found->second["spec"]["type"].str() == "ExternalName" || has_port(found->second, backend.port)) return {};
    return "Service " + backend.service + " has no port " + backend.port;
  }

  // Where several would do, the one that comes with the upgrade took the place of the one that goes.
  std::string instead_of(Backend const& backend) const {
    std::vector<std::string> all, fresh;
    for (auto const& [name, service] : after_) {
      auto const port = port_for(service, backend.port);
      if (port.empty() || !is_of_release("", "services", name)) continue;
      if (name == backend.service) return name + ":" + port;
      all.push_back(name + ":" + port);
      if (!before_.contains(name)) fresh.push_back(all.back());
    }
    return all.size() == 1 ? all.front() : fresh.size() == 1 ? fresh.front() : "";
  }

  void judge(std::string const& name, Json const& ingress, Json const& old) {
    auto const old_backends = backends_of(old);
    for (auto const& backend : backends_of(ingress)) {
      auto const why = trouble(after_, backend);
      if (why.empty() || seen_.lost_routes.size() >= most_routes) continue;
      bool const was_there = std::any_of(old_backends.begin(), old_backends.end(), [&](auto const& each) {
        return each.host == backend.host && trouble(before_, each).empty();
      });
      Key const key{"networking.k8s.io", "ingresses", scene_.name_space, name};
      state::Route route{.object = {"Ingress", key.group, scene_.name_space, base::printable(name)}, .host = base::printable(backend.host)};
      route.service = base::printable(backend.service), route.port = base::printable(backend.port);
      route.before = was_there, route.why = base::printable(why);
      route.instead = base::printable(instead_of(backend));
      route.of_release = is_of_release(key.group, key.resource, key.name);
      if (std::find(seen_.lost_routes.begin(), seen_.lost_routes.end(), route) == seen_.lost_routes.end()) seen_.lost_routes.push_back(std::move(route));
    }
  }

  void judge(Rendered const& rendered) {
    auto const key = ask_.resources.key_of(rendered, scene_.name_space);
    auto const live = key ? scene_.played->live.find(*key) : scene_.played->live.end();
    if (live == scene_.played->live.end()) return;
    auto const &spec = live->second["spec"], &status = live->second["status"];
    bool const everywhere = rendered.kind == "DaemonSet";
    auto const wanted = everywhere ? status["desiredNumberScheduled"].int_or(0) : spec["replicas"].int_or(1);
    auto const ready = everywhere ? status["numberReady"].int_or(0) : status["readyReplicas"].int_or(0);
    if (ready >= wanted) return;
    state::Workload workload{.object = {rendered.kind, key->group, key->name_space, rendered.name}, .wanted = wanted, .ready = ready};
    workload.why = base::printable(reason_of(spec["selector"]["matchLabels"], key->name_space));
    seen_.unready.push_back(std::move(workload));
  }

  std::string reason_of(Json const& labels, std::string const& name_space) {
    if (name_space != scene_.name_space || labels.members().empty()) return {};
    std::vector<std::string> terms;
    for (auto const& [name, value] : labels.members()) terms.push_back(name + "=" + value.str());
    auto const pods = ask_.get(path_of("v1", "pods", name_space) + "?limit=20&labelSelector=" + clients::url_encoded(base::join(terms, ",")));
    if (!pods) return {};
    for (auto const& pod : (*pods)["items"].items())
      if (auto reason = reason_of(pod); !reason.empty()) return reason.substr(0, longest_reason);
    return (*pods)["items"].items().empty() ? "it has no pod" : "";
  }

  static std::string reason_of(Json const& pod) {
    auto const named = [&](Json const& told) {
      auto const& message = told["message"].str();
      return "Pod " + pod["metadata"]["name"].str() + ": " + told["reason"].str() + (message.empty() ? "" : ": " + message);
    };
    auto const& status = pod["status"];
    for (auto const* kind : {"initContainerStatuses", "containerStatuses"})
      for (auto const& container : status[kind].items())
        if (auto const& waiting = container["state"]["waiting"]; !waiting["reason"].str().empty() && waiting["reason"].str() != "PodInitializing") return named(waiting);
    for (auto const* type : {"PodScheduled", "Ready"})
      for (auto const& condition : status["conditions"].items())
        if (condition["type"].str() == type && condition["status"].str() == "False") return named(condition);
    return {};
  }

  Scene const& scene_;
  Questions& ask_;
  state::Rehearsal& seen_;
  ByName before_, after_;
};

}  // namespace

std::vector<Json> look_around(Scene const& scene, Questions& ask, state::Rehearsal& seen) { return Around(scene, ask, seen).look(); }

}  // namespace rehearsal
