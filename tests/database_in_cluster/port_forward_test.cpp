#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "clients/postgres.h"
#include "clients/scratch.h"
#include "clients/tunnel.h"
#include "collect/database.h"
#include "database/fixture.h"

// The ways through pods/portforward, on real control planes whose kubelet is tests/database/reach.
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

  state::Seen<state::Database> look(std::string const& yaml) const { return look(yaml, access, *proxy); }

  state::Seen<state::Database> look(std::string const& yaml, clients::Access const& as, clients::Proxy const& through) const {
    auto const values = base::parse_yaml(yaml).value();
    clients::Kubernetes kubernetes(through);
    return collect::database({.name_space = "coder",
                              .chart_version = "1.44.3",
                              .values = &values,
                              .access = as,
                              .kubernetes = &kubernetes});
  }

  // Of a person who has these rights in the namespace.
  clients::Access person(std::string const& name, std::string const& verbs, std::string const& resources) const {
    kubectl({"create", "role", name, "--namespace=coder", "--verb=" + verbs, "--resource=" + resources});
    kubectl({"create", "rolebinding", name, "--namespace=coder", "--role=" + name, "--user=" + name});
    auto const made = run({program("cluster/control-plane"), "user", path, name});
    BOOST_REQUIRE_MESSAGE(made.ok(), made.err);
    return {.kubeconfig = std::string(base::trim(made.out))};
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

void go_through_a_socket_of_ours(ControlPlane const& cluster) {
  clients::Tunnel::Failure failure;
  auto const tunnel = clients::Tunnel::open(clients::Kubernetes(*cluster.proxy), {"coder", "timescale-0", 5432}, ".s.PGSQL.5432", 10s, &failure);
  BOOST_REQUIRE_MESSAGE(tunnel, failure.words);
  clients::Postgres::Failure refused;
  auto const postgres = clients::Postgres::connect({{"host", tunnel->folder()}, {"port", "5432"}, {"user", "coder"}, {"dbname", "coder"}, {"sslmode", "disable"}}, 10s, &refused);
  BOOST_REQUIRE_MESSAGE(postgres, refused.words);
  std::string why;
  auto const rows = postgres->query("select repeat('x', 100000)", {}, &why);
  BOOST_REQUIRE_MESSAGE(rows, why);
  BOOST_TEST(rows->at(0).at(0).size() == 100000u);
  BOOST_TEST(tunnel->trouble() == "");

  auto const nowhere = clients::Tunnel::open(clients::Kubernetes(*cluster.proxy), {"coder", "none", 5432}, "s", 10s, &failure);
  BOOST_TEST(!nowhere);
  BOOST_TEST(failure.status == 404);
}

// Who may create pods/portforward, but not get it.
void go_as_kubectl_does(ControlPlane const& cluster) {
  cluster.kubectl({"create", "role", "looks", "--namespace=coder", "--verb=get", "--resource=pods"});
  cluster.kubectl({"create", "rolebinding", "looks", "--namespace=coder", "--role=looks", "--user=ann"});
  auto const ann = cluster.person("ann", "create", "pods/portforward");
  std::string why;
  auto const proxy = clients::Proxy::start(ann, true, &why);
  BOOST_REQUIRE_MESSAGE(proxy, why);
  clients::Tunnel::Failure failure;
  BOOST_TEST(!clients::Tunnel::open(clients::Kubernetes(*proxy), {"coder", "timescale-0", 5432}, "s", 10s, &failure));
  BOOST_TEST(failure.status == 403);
  BOOST_TEST(known(cluster.look("{}", ann, *proxy)).has_coder);
}

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

  go_through_a_socket_of_ours(cluster);
  go_as_kubectl_does(cluster);

  auto const service = known(cluster.look(through_service));
  BOOST_TEST(service.role == "owner");
  BOOST_TEST(service.encrypted);
}

}  // namespace

BOOST_AUTO_TEST_CASE(on_kubernetes_1_34) { look_at("1.34.2"); }
BOOST_AUTO_TEST_CASE(on_kubernetes_1_20) { look_at("1.20.2"); }

BOOST_AUTO_TEST_SUITE_END()
