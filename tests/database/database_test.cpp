#include "collect/database.h"

#include <libpq-fe.h>

#include <boost/test/unit_test.hpp>
#include <memory>
#include <thread>

#include "base/bytes.h"
#include "checks/check.h"
#include "clients/scratch.h"
#include "clients/server.h"
#include "database/fixture.h"
#include "state/state.h"

BOOST_AUTO_TEST_SUITE(database)

namespace {

using base::Json;
using namespace std::chrono_literals;

// What a cluster holds and a release says. The server is reached as 127.0.0.2: as 127.0.0.1 it would be Coder's own
// pod.
struct World {
  scratch::Folder folder;
  std::string version = "1.44.3";
  Json values = base::parse_yaml("postgres: {default: {enable: false}, host: 127.0.0.2, sslMode: require}").value();
  std::map<std::string, Json> secrets;
  int status = 0;  // of every answer, where it is set
  clients::Access access;
  std::string url;

  World() { set("port", Database::server().port); }
  void set(std::string const& key, Json value) { values.set("postgres").set(key) = std::move(value); }
  void log_in(std::string const& role, std::string const& database, std::string const& password) {
    set("user", role), set("database", database), set("passwordSecret", "coder-db");
    secret("coder-db", "password", password);
  }
  void secret(std::string const& name, std::string const& key, std::string const& text) {
    secrets[name].set("data").set(key) = base::to_base64(text);
  }

  std::string answer(std::string const& request) const {
    constexpr std::string_view begin = "GET /api/v1/namespaces/coder/secrets/";
    auto const name = request.substr(begin.size(), request.find(' ', begin.size()) - begin.size());
    auto const found = secrets.find(name);
    auto const failed = [](int code, char const* reason) {
      return Server::http(code,
                          std::string("{\"kind\":\"Status\",\"message\":\"") + reason + "\",\"reason\":\"Forbidden\"}");
    };
    if (request.find("/portforward?") != std::string::npos) return failed(portforward, "not forwarded");
    if (status != 0) return failed(status, "secrets is forbidden");
    if (!request.starts_with(begin) || found == secrets.end()) return failed(404, "not found");
    return Server::http(200, base::to_text(found->second));
  }

  std::chrono::seconds long_transaction{60};
  int portforward = 403;  // what the API server answers to who does not go by kubectl

  state::Seen<state::Database> look() {
    std::filesystem::remove(folder / "api");
    Server const server(folder / "api", [this](std::string const& request) { return answer(request); });
    clients::Kubernetes kubernetes(folder / "api", "");
    auto const seen = collect::database({.url = url,
                                         .name_space = "coder",
                                         .chart_version = version,
                                         .values = &values,
                                         .access = access,
                                         .kubernetes = &kubernetes,
                                         .long_transaction = long_transaction,
                                         .limit = 5s});
    state::State state;
    state.database = seen;
    auto const text = base::to_text(state::to_json(state));
    for (auto const& [name, secret] : secrets)
      for (auto const& [key, encoded] : secret["data"].members()) {
        BOOST_TEST(text.find(encoded.str()) == std::string::npos, "a secret in the state: " << text);
        BOOST_TEST(text.find(base::from_base64(encoded.str()).value()) == std::string::npos,
                   "a secret in the state: " << text);
      }
    return seen;
  }
  state::Database known() {
    auto const seen = look();
    if (auto const* unknown = std::get_if<state::Unknown>(&seen)) BOOST_FAIL(unknown->why);
    return std::get<state::Database>(seen);
  }
  state::Unknown unknown() {
    auto const seen = look();
    BOOST_REQUIRE_MESSAGE(std::holds_alternative<state::Unknown>(seen), "it was seen");
    return std::get<state::Unknown>(seen);
  }
};

using Names = std::vector<std::string>;

// What a check says of a database that was really looked at.
report::Line judged(std::string_view code, state::Seen<state::Database> const& seen) {
  state::State state;
  state.database = seen;
  state.values = state::Values{.set = {{"coderd.replicas", "4"}}};
  state::Release release{.name = "coder", .base = 1};
  release.revisions = {{.number = 1, .status = "deployed", .chart = "coder", .chart_version = "1.28.7"}};
  state.release = release;
  state.target = state::Target{.name = "coder", .version = "1.29.6"};
  for (auto& line : checks::judge(state, {}).lines)
    if (line.code == code) return line;
  return {};
}

bool fires(std::string_view code, state::Seen<state::Database> const& seen) { return !judged(code, seen).outcome.findings.empty(); }

// A kubectl that forwards to a port of the test's choice, and keeps its arguments.
struct Kubectl {
  scratch::Folder folder;
  scratch::Variable path;
  explicit Kubectl(std::string const& port) : path("PATH", folder.path() + ":" + std::getenv("PATH")) {
    scratch::script(folder / "kubectl", "echo \"$@\" > " + folder.path() + "/asked\necho 'Forwarding from 127.0.0.1:" +
                                            port + " -> 5432'\nexec sleep 60");
  }
  std::string asked() const { return scratch::text_of(folder / "asked"); }
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_login_is_made_of_the_values_and_the_secret) {
  World world;
  world.log_in("owner", "owned", "OWNER");
  auto const seen = world.known();
  BOOST_TEST(seen.address == "127.0.0.2:" + Database::server().port + "/owned");
  BOOST_TEST(seen.name == "owned");
  BOOST_TEST(seen.role == "owner");
  BOOST_TEST(seen.version_number >= 110000);
  BOOST_TEST(seen.server_version.starts_with(std::to_string(seen.version_number / 10000) + "."), seen.server_version);
  BOOST_TEST(seen.schema == "public");
  BOOST_TEST(seen.refused == "");
  BOOST_TEST((!seen.superuser && seen.may_create && seen.may_create_tables && seen.has_coder && seen.contrib &&
              seen.encrypted));
  BOOST_TEST((seen.password_seen && !seen.password_ends_in_space && !seen.built_in));
  BOOST_TEST(seen.foreign_tables.empty());
  BOOST_TEST(seen.member_of == Names{"pg_database_owner"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(users_that_differ_only_in_case_are_counted_and_not_named) {
  World world;
  world.log_in("owner", "owned", "OWNER");
  auto const seen = world.known();
  BOOST_TEST(seen.names_seen);
  BOOST_TEST(seen.names_that_clash == 3);
  state::State state;
  state.database = seen;
  auto const text = base::to_text(state::to_json(state));
  BOOST_TEST(text.find("eve") == std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(names_that_the_role_may_not_read_are_not_counted) {
  World world;
  world.log_in("creator", "shared", "CREATOR");
  BOOST_TEST(!world.known().names_seen);
}

BOOST_AUTO_TEST_CASE(a_superuser_is_seen_as_one) {
  World world;
  world.log_in("superuser", "shared", "SUPERUSER");
  auto const seen = world.known();
  BOOST_TEST(seen.superuser);
  BOOST_TEST(seen.foreign_tables.empty());
}

BOOST_AUTO_TEST_CASE(a_role_of_a_managed_service_is_seen) {
  World world;
  world.log_in("managed", "owned", "MANAGED");
  BOOST_TEST(world.known().member_of == Names{"rds_superuser"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_owner_without_rights_is_seen_in_its_own_schema) {
  World world;
  world.log_in("without_rights", "shared", "WITHOUT_RIGHTS");
  auto const seen = world.known();
  BOOST_TEST(seen.schema == "mine");
  BOOST_TEST((!seen.may_create && seen.may_create_tables && seen.has_coder));
  BOOST_TEST(seen.foreign_tables.empty());
}

BOOST_AUTO_TEST_CASE(tables_of_another_owner_are_listed_with_it) {
  World world;
  world.log_in("creator", "shared", "CREATOR");
  auto const seen = world.known();
  BOOST_TEST((seen.may_create && seen.may_create_tables));
  BOOST_TEST(seen.foreign_tables == (Names{"migration_cursor", "users"}), boost::test_tools::per_element());
  BOOST_TEST(seen.foreign_owners == Names{"other"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tables_of_a_role_that_one_is_a_member_of_are_not_foreign) {
  World world;
  world.log_in("deputy", "shared", "DEPUTY");
  BOOST_TEST(world.known().foreign_tables.empty());
}

BOOST_AUTO_TEST_CASE(the_search_path_of_the_values_names_the_schema) {
  World world;
  world.log_in("owner", "owned", "OWNER");
  world.set("searchPath", "side, public");
  BOOST_TEST(world.known().schema == "side");
  world.set("searchPath", "nowhere");
  auto const seen = world.known();
  BOOST_TEST((!seen.may_create_tables && !seen.has_coder));
}

BOOST_AUTO_TEST_CASE(a_wrong_password_in_the_secret_is_a_refusal) {
  World world;
  world.log_in("owner", "owned", "not the password");
  auto const seen = world.known();
  BOOST_TEST(seen.refused == "password authentication failed for user \"owner\"");
  BOOST_TEST(seen.address == "127.0.0.2:" + Database::server().port + "/owned");
}

BOOST_AUTO_TEST_CASE(a_password_that_ends_in_a_line_break_is_tried_as_it_is) {
  World right, wrong;
  right.log_in("spaced", "owned", "SPACED\n");
  wrong.log_in("unspaced", "owned", "UNSPACED\n");
  BOOST_TEST((right.known().password_ends_in_space && right.known().refused.empty()));
  BOOST_TEST((wrong.known().password_ends_in_space && !wrong.known().refused.empty()));
}

BOOST_AUTO_TEST_CASE(a_secret_that_cannot_be_read_is_unknown_with_a_way_out) {
  World world;
  world.log_in("owner", "owned", "OWNER");
  world.status = 403;
  auto const unknown = world.unknown();
  BOOST_TEST(unknown.why == "Secret coder-db in namespace coder can't be read: secrets is forbidden");
  BOOST_TEST(unknown.tell == "PGPASSFILE=FILE helm coder preflight --database-url postgres://owner@127.0.0.2:" +
                                 Database::server().port + "/owned");
  scratch::Variable const password("PGPASSWORD", "OWNER");
  auto const seen = world.known();
  BOOST_TEST(seen.role == "owner");
  BOOST_TEST(!seen.password_seen);
}

BOOST_AUTO_TEST_CASE(a_secret_that_is_not_there_or_lacks_its_key_is_unknown) {
  World world;
  world.log_in("owner", "owned", "OWNER");
  world.secrets.clear();
  BOOST_TEST(world.unknown().why == "Secret coder-db in namespace coder does not exist");
  world.secret("coder-db", "passwd", "OWNER");
  BOOST_TEST(world.unknown().why == "Secret coder-db in namespace coder has no key \"password\"");
}

BOOST_AUTO_TEST_CASE(certificates_come_from_their_secrets) {
  World world;
  auto const& folder = Database::server().folder;
  world.log_in("by_certificate", "owned", "BY_CERTIFICATE");
  BOOST_TEST(world.unknown().why.ends_with("connection requires a valid client certificate"));
  for (auto const& [kind, file] : {std::pair{"cert", "client.crt"}, {"key", "client.key"}}) {
    world.secret("tls", file, scratch::text_of(folder + "/" + file));
    world.set("ssl", world.values["postgres"]["ssl"]);
    world.values.set("postgres").set("ssl").set(std::string(kind) + "Secret") =
        Json::Object{{"name", "tls"}, {"key", file}};
  }
  BOOST_TEST(world.known().role == "by_certificate");
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_trusted_from_here_is_unknown) {
  World world;
  world.log_in("owner", "owned", "OWNER");
  world.set("sslMode", "verify-ca");
  BOOST_TEST(world.unknown().why.starts_with("no TLS connection to the database at 127.0.0.2:"));
  world.secret("root", "ca.crt", scratch::text_of(Database::server().folder + "/ca.crt"));
  world.values.set("postgres").set("ssl").set("rootCertSecret") = Json::Object{{"name", "root"}, {"key", "ca.crt"}};
  BOOST_TEST(world.known().encrypted);
}

BOOST_AUTO_TEST_CASE(what_no_login_can_be_made_of_is_unknown) {
  World world;
  BOOST_TEST(world.unknown().why == "the release's values have no postgres.host, postgres.user or postgres.database");
  world.log_in("owner", "owned", "OWNER");
  world.set("host", "localhost");
  BOOST_TEST(world.unknown().why == "postgres.host is localhost, which only Coder's own pod can reach");
  world.set("connector", "awsiamrds");
  BOOST_TEST(world.unknown().tell.starts_with("PGPASSWORD="));
  world.values.set("coderd").set("satellite").set("enable") = true;
  BOOST_TEST(world.unknown().why == "a satellite has no database of its own");
  BOOST_TEST(std::get<state::Unknown>(collect::database({.why_no_values = "the release can't be read"})).why ==
             "the release can't be read");
}

BOOST_AUTO_TEST_CASE(a_closed_port_is_unknown_with_a_way_out) {
  SilentPort port;
  port.shut();
  World world;
  world.log_in("owner", "owned", "OWNER");
  world.set("port", port.port());
  auto const unknown = world.unknown();
  BOOST_TEST(unknown.why ==
             "the database at 127.0.0.2:" + port.port() + "/owned can't be reached from here: Connection refused");
  BOOST_TEST(unknown.tell.starts_with("helm coder preflight --database-via pod asks from a pod in the cluster. "
                                      "Or: PGPASSFILE=FILE helm coder preflight --database-url postgres://owner@"));
}

BOOST_AUTO_TEST_CASE(a_variable_meant_for_another_server_does_not_lead_astray) {
  scratch::Variable const address("PGHOSTADDR", "192.0.2.1");
  World world;
  world.log_in("owner", "owned", "OWNER");
  BOOST_TEST(world.known().role == "owner");
}

BOOST_AUTO_TEST_CASE(a_given_url_comes_first_and_the_secret_is_looked_at_all_the_same) {
  World world;
  world.log_in("nobody", "nothing", "nobody's \n");
  world.url = Database::server().url("owner", "OWNER", "owned");
  auto const seen = world.known();
  BOOST_TEST(seen.role == "owner");
  BOOST_TEST(seen.address == "127.0.0.1:" + Database::server().port + "/owned");
  BOOST_TEST((seen.password_seen && seen.password_ends_in_space));
  world.url = Database::server().url("owner", "WRONG", "owned");
  BOOST_TEST(world.known().refused == "password authentication failed for user \"owner\"");
}

BOOST_AUTO_TEST_CASE(what_the_api_server_says_is_the_reason_when_no_kubelet_can_be_reached) {
  World world;
  world.values = Json::Object{};
  world.portforward = 502;
  BOOST_TEST(world.unknown().why == "the built-in database can't be reached: not forwarded");
}

BOOST_AUTO_TEST_CASE(the_built_in_database_is_reached_through_kubectl_by_who_may_not_do_without) {
  Kubectl const kubectl(Database::server().port);
  World world;
  world.values = Json::Object{};
  world.access.context = "here";
  auto const seen = world.known();
  BOOST_TEST(kubectl.asked() ==
             "port-forward pod/timescale-0 :5432 --address=127.0.0.1 --namespace=coder --pod-running-timeout=1s "
             "--context=here\n");
  BOOST_TEST(seen.address == "timescale-0:5432/coder");
  BOOST_TEST((seen.built_in && seen.password_seen && seen.has_coder && !seen.encrypted));
  BOOST_TEST(seen.role == "coder");
}

BOOST_AUTO_TEST_CASE(a_service_of_the_cluster_is_reached_through_kubectl_with_its_own_name_for_tls) {
  Kubectl const kubectl(Database::server().port);
  World world;
  world.log_in("owner", "owned", "OWNER");
  world.set("host", "pg.databases.svc"), world.set("port", 6432);
  BOOST_TEST(world.known().role == "owner");
  BOOST_TEST(kubectl.asked().starts_with("port-forward svc/pg :6432 --address=127.0.0.1 --namespace=databases "));
  world.set("sslMode", "verify-full");
  world.secret("root", "ca.crt", scratch::text_of(Database::server().folder + "/ca.crt"));
  world.values.set("postgres").set("ssl").set("rootCertSecret") = Json::Object{{"name", "root"}, {"key", "ca.crt"}};
  BOOST_TEST(world.unknown().why.find("pg.databases.svc") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_kubectl_says_is_the_reason_when_it_cannot_forward) {
  scratch::Folder const folder;
  scratch::script(folder / "kubectl",
                  "echo 'Error from server (NotFound): pods \"timescale-0\" not found' >&2; exit 1");
  scratch::Variable const path("PATH", folder.path() + ":" + std::getenv("PATH"));
  World world;
  world.values = Json::Object{};
  BOOST_TEST(world.unknown().why ==
             "the built-in database can't be reached: kubectl port-forward: Error from server (NotFound): pods "
             "\"timescale-0\" not found");
}

BOOST_AUTO_TEST_CASE(what_the_server_has_left_and_how_large_it_is_are_seen) {
  World world;
  world.log_in("owner", "owned", "OWNER");
  auto const seen = world.known();
  BOOST_TEST((seen.connections > 0 && seen.connections_used < seen.connections));
  BOOST_TEST(seen.bytes > 1'000'000);
  BOOST_REQUIRE(seen.largest.size() == 2u);
  BOOST_TEST((seen.largest[0].name == "users" && seen.largest[1].name == "migration_cursor"));
  BOOST_TEST((!seen.replica && !seen.read_only && !seen.has_coder_2 && seen.long_sessions.empty()));
}

BOOST_AUTO_TEST_CASE(a_session_in_a_long_transaction_is_seen_and_anothers_is_counted) {
  World world;
  world.log_in("superuser", "shared", "SUPERUSER");
  world.long_transaction = 0s;
  std::unique_ptr<PGconn, decltype(&PQfinish)> const other(
      PQconnectdb((Database::server().url("other", "OTHER", "shared") + "?application_name=a%20report").c_str()), PQfinish);
  std::unique_ptr<PGresult, decltype(&PQclear)> const begun(PQexec(other.get(), "BEGIN"), PQclear);
  BOOST_REQUIRE_MESSAGE(PQresultStatus(begun.get()) == PGRES_COMMAND_OK, PQerrorMessage(other.get()));
  auto const seen = world.known();
  BOOST_REQUIRE(seen.long_sessions.size() == 1u);
  BOOST_TEST((seen.long_sessions[0].role == "other" && seen.long_sessions[0].program == "a report"));
  world.log_in("creator", "shared", "CREATOR");
  auto const less = world.known();
  BOOST_TEST(less.long_sessions.empty());
  BOOST_TEST(less.hidden_sessions == 1);
}

BOOST_AUTO_TEST_CASE(a_role_that_only_reads_is_seen) {
  World world;
  world.log_in("reader", "owned", "READER");
  BOOST_TEST(world.known().read_only);
}

BOOST_AUTO_TEST_CASE(the_tables_of_coder_2_are_told_apart) {
  World world;
  world.log_in("owner", "owned", "OWNER");
  world.set("searchPath", "second");
  auto const seen = world.known();
  BOOST_TEST((seen.has_coder_2 && !seen.has_coder));
}

// docs/checks.md names this test.
BOOST_AUTO_TEST_CASE(each_check_of_the_database_fires_on_a_real_one) {
  World good, refused, powerless, spaced, reader, second, busy;
  good.log_in("owner", "owned", "OWNER");
  auto const seen = good.known();
  for (auto const* code : {"HC501", "HC502", "HC503", "HC504", "HC505", "HC506", "HC508", "HC509"}) BOOST_TEST(!fires(code, seen), code);
  refused.log_in("owner", "owned", "not the password");
  BOOST_TEST(fires("HC501", refused.known()));
  powerless.log_in("creator", "shared", "CREATOR");
  BOOST_TEST(fires("HC503", powerless.known()));
  spaced.log_in("unspaced", "owned", "UNSPACED\n");
  BOOST_TEST(fires("HC504", spaced.known()));
  reader.log_in("reader", "owned", "READER");
  BOOST_TEST(fires("HC506", reader.known()));
  BOOST_TEST((fires("HC507", seen) == (seen.connections - seen.connections_used < 4 * 30)));
  BOOST_TEST(fires("HC507", seen), "the server of the tests has few connections");
  second.log_in("owner", "owned", "OWNER");
  second.set("searchPath", "second");
  BOOST_TEST(fires("HC509", second.known()));
  BOOST_TEST(fires("HC510", seen));
  busy.log_in("superuser", "shared", "SUPERUSER");
  busy.long_transaction = 0s;
  std::unique_ptr<PGconn, decltype(&PQfinish)> const other(PQconnectdb(Database::server().url("other", "OTHER", "shared").c_str()), PQfinish);
  std::unique_ptr<PGresult, decltype(&PQclear)> const begun(PQexec(other.get(), "BEGIN"), PQclear);
  BOOST_TEST(fires("HC508", busy.known()));
}

BOOST_AUTO_TEST_CASE(an_old_server_without_contrib_is_told) {
  auto const old = Database::old();
  if (!old) {
    BOOST_TEST_MESSAGE("skipped: there is no old PostgreSQL here");
    return;
  }
  World world;
  world.log_in("owner", "owned", "OWNER");
  world.set("port", old->port);
  auto const seen = world.known();
  BOOST_TEST(seen.server_version.starts_with("10."), seen.server_version);
  for (auto const* code : {"HC502", "HC505"}) BOOST_TEST(fires(code, seen), code);
  BOOST_TEST(!fires("HC503", seen));
}

BOOST_AUTO_TEST_CASE(it_may_run_on_a_thread_of_its_own) {
  Kubectl const kubectl(Database::server().port);
  World built_in, external;
  built_in.values = Json::Object{};
  external.log_in("owner", "owned", "OWNER");
  state::Seen<state::Database> first, second;
  std::thread one([&] { first = built_in.look(); }), two([&] { second = external.look(); });
  one.join(), two.join();
  BOOST_TEST((state::seen(first) && state::seen(second)));
}

BOOST_AUTO_TEST_SUITE_END()
