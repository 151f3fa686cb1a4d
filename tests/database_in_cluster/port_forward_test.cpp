#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"
#include "collect/database.h"
#include "database/fixture.h"

// The ways through `kubectl port-forward`, on real control planes whose kubelet is tests/database/reach.
BOOST_AUTO_TEST_SUITE(database_in_cluster)

namespace {

using base::Json;
using namespace std::chrono_literals;

clients::Ended run(std::vector<std::string> argv, std::string const& input = "") {
  return clients::run({.argv = std::move(argv), .input = input, .limit = 90s});
}

std::string program(char const* name) { return std::string(SOURCE_DIR "/tests/") + name; }

struct ControlPlane {
  scratch::Folder folder;
  std::string path = (folder / "control-plane").string();
  clients::Access access{.kubeconfig = path + "/kubeconfig"};
  std::unique_ptr<clients::Proxy> proxy;

  explicit ControlPlane(char const* version) {
    auto const ended = run({program("cluster/control-plane"), "up", version, path});
    BOOST_REQUIRE_MESSAGE(ended.ok(), ended.err);
    std::string why;
    proxy = clients::Proxy::start(access, true, &why);
    BOOST_REQUIRE_MESSAGE(proxy, why);
  }
  ~ControlPlane() {
    proxy.reset();
    run({program("cluster/control-plane"), "down", path});
  }

  void kubectl(std::vector<std::string> arguments, std::string const& input = "") const {
    arguments.insert(arguments.begin(), {"kubectl", "--kubeconfig=" + access.kubeconfig});
    auto const ended = run(arguments, input);
    BOOST_REQUIRE_MESSAGE(ended.ok(), ended.err);
  }

  state::Seen<state::Database> look(std::string const& yaml) const {
    auto const values = base::parse_yaml(yaml).value();
    clients::Kubernetes kubernetes(*proxy);
    return collect::database({.name_space = "coder",
                              .chart_version = "1.44.3",
                              .values = &values,
                              .access = access,
                              .kubernetes = &kubernetes});
  }
};

constexpr auto objects = R"(
apiVersion: v1
kind: Namespace
metadata: {name: coder}
---
apiVersion: v1
kind: Secret
metadata: {name: coder-db, namespace: coder}
stringData: {password: OWNER}
---
apiVersion: v1
kind: Service
metadata: {name: pg, namespace: coder}
spec: {selector: {app: timescale}, ports: [{port: 6432, targetPort: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: timescale, namespace: coder}
spec:
  serviceName: timescale
  selector: {matchLabels: {app: timescale}}
  template:
    metadata: {labels: {app: timescale}}
    spec: {containers: [{name: timescale, image: timescale, ports: [{containerPort: 5432}]}]}
)";

state::Database known(state::Seen<state::Database> const& seen) {
  if (auto const* unknown = std::get_if<state::Unknown>(&seen)) BOOST_FAIL(unknown->why);
  return std::get<state::Database>(seen);
}

constexpr auto through_service =
    "postgres: {default: {enable: false}, host: pg, port: 6432, user: owner, database: owned, passwordSecret: "
    "coder-db}";

void look_at(char const* version) {
  ControlPlane const cluster(version);
  auto const missing = cluster.look("{}");
  BOOST_REQUIRE(!state::seen(missing));
  auto const& why = std::get<state::Unknown>(missing).why;
  BOOST_TEST(why.find("not found") != std::string::npos, why);

  cluster.kubectl({"apply", "-f", "-"}, objects);
  cluster.kubectl({"rollout", "status", "statefulset/timescale", "--namespace=coder", "--timeout=60s"});
  std::string reason;
  auto const reach =
      clients::Background::start({.argv = {"bash", "-c", "exec \"$0\" \"$@\" < <(sleep 600)", program("database/reach"),
                                           cluster.path, Database::server().port}},
                                 &reason);
  BOOST_REQUIRE_MESSAGE(reach, reason);
  BOOST_REQUIRE_MESSAGE(reach->read_line(20s) == "ready", reach->errors());

  auto const built_in = known(cluster.look("{}"));
  BOOST_TEST((built_in.built_in && built_in.has_coder));
  BOOST_TEST(built_in.role == "coder");

  auto const service = known(cluster.look(through_service));
  BOOST_TEST(service.role == "owner");
  BOOST_TEST(service.encrypted);
}

}  // namespace

BOOST_AUTO_TEST_CASE(on_kubernetes_1_34) { look_at("1.34.2"); }
BOOST_AUTO_TEST_CASE(on_kubernetes_1_20) { look_at("1.20.2"); }

BOOST_AUTO_TEST_SUITE_END()
