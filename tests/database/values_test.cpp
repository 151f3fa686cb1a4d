#include <boost/test/unit_test.hpp>

#include "collect/database_pod.h"
#include "collect/database_values.h"

BOOST_AUTO_TEST_SUITE(database_values)

namespace {

collect::DatabaseValues read(std::string const& yaml, std::string const& version) {
  return collect::read_database_values(base::parse_yaml(yaml).value(), version);
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_version_knows_its_own_key_for_the_built_in_database) {
  for (auto const* version : {"1.15.2", "1.20.0", "1.21.0", "1.26.1", "1.27.0", "1.44.3"})
    BOOST_TEST(read("{}", version).built_in, version);

  auto const old = "postgres: {useDefault: false}";
  for (auto const* version : {"1.15.2", "1.20.0", "1.21.0", "1.26.1"})
    BOOST_TEST(!read(old, version).built_in, version);
  for (auto const* version : {"1.27.0", "1.44.3"}) BOOST_TEST(read(old, version).built_in, version);

  auto const fresh = "postgres: {default: {enable: false}}";
  BOOST_TEST(read(fresh, "1.20.0").built_in);
  for (auto const* version : {"1.21.0", "1.26.1", "1.27.0", "1.44.3"})
    BOOST_TEST(!read(fresh, version).built_in, version);
}

BOOST_AUTO_TEST_CASE(where_both_keys_count_the_old_one_wins_unless_it_is_empty) {
  BOOST_TEST(read("postgres: {useDefault: true, default: {enable: false}}", "1.26.1").built_in);
  BOOST_TEST(!read("postgres: {useDefault: '', default: {enable: false}}", "1.26.1").built_in);
}

BOOST_AUTO_TEST_CASE(the_word_false_is_true_as_in_a_template) {
  BOOST_TEST(read("postgres: {default: {enable: 'false'}}", "1.44.3").built_in);
}

BOOST_AUTO_TEST_CASE(numbers_and_defaults_are_read_as_the_chart_writes_them) {
  auto const given = read("postgres: {useDefault: false, host: db, port: 6432, user: u, database: d}", "1.20.0");
  BOOST_TEST(given.port == "6432");
  BOOST_TEST(given.ssl_mode == "require");
  BOOST_TEST(read("postgres: {host: db}", "1.20.0").port == "5432");
  BOOST_TEST(collect::url_of(given) == "postgres://u@db:6432/d");
  BOOST_TEST(collect::url_of(read("{}", "1.20.0")) == "postgres://USER@HOST:5432/DATABASE");
}

BOOST_AUTO_TEST_CASE(keys_count_from_the_version_that_brought_them) {
  auto const values =
      "postgres: {connector: awsiamrds, searchPath: side, ssl: {certSecret: {name: tls, key: crt}}}\n"
      "coderd: {satellite: {enable: true}}";
  BOOST_TEST(read(values, "1.25.0").certificate.secret == "");
  BOOST_TEST(read(values, "1.26.0").certificate.secret == "tls");
  BOOST_TEST(read(values, "1.26.0").connector == "");
  BOOST_TEST(read(values, "1.27.0").connector == "awsiamrds");
  BOOST_TEST(read(values, "1.36.2").search_path == "");
  BOOST_TEST(read(values, "1.37.0").search_path == "side");
  BOOST_TEST(!read(values, "1.20.0").satellite);
  BOOST_TEST(read(values, "1.21.0").satellite);
}

BOOST_AUTO_TEST_CASE(a_service_of_the_cluster_is_told_from_a_name_outside) {
  auto const service = [](char const* host) {
    auto const found = collect::service_of(host, "coder");
    return found ? found->name_space + "/" + found->service : "";
  };
  BOOST_TEST(service("postgres") == "coder/postgres");
  BOOST_TEST(service("pg.databases.svc") == "databases/pg");
  BOOST_TEST(service("pg.databases.svc.cluster.local") == "databases/pg");
  for (auto const* host : {"db.example.com", "10.0.0.1", "::1", "/cloudsql/x", "a,b", ""})
    BOOST_TEST(service(host) == "", host);
}

BOOST_AUTO_TEST_CASE(values_of_any_shape_are_read) {
  for (auto const* values : {"[]", "postgres: 1", "postgres: {default: [], port: {}, host: [1]}", "coderd: x"})
    BOOST_TEST(read(values, "none").port == "5432", values);
}

BOOST_AUTO_TEST_CASE(the_image_with_psql_is_the_built_in_database_s) {
  auto const image = [](std::string const& version, std::string const& values, std::string const& defaults) {
    base::Json const metadata = base::Json::Object{{"version", version}, {"appVersion", version.starts_with("1.4") ? version : ""}};
    return collect::database_image(base::parse_yaml(values).value(), base::Json::Object{{"metadata", metadata}, {"values", base::parse_yaml(defaults).value()}});
  };
  BOOST_TEST(image("1.20.0", "{}", "timescale: {image: old}") == "old");
  BOOST_TEST(image("1.20.0", "timescale: {image: mine}", "timescale: {image: old}") == "mine");
  BOOST_TEST(image("1.26.1", "{}", "postgres: {default: {image: new}}") == "new");
  BOOST_TEST(image("1.26.1", "timescale: {image: mine}", "postgres: {default: {image: new}}") == "mine");
  BOOST_TEST(image("1.27.0", "{timescale: {image: ignored}, postgres: {default: {image: mine}}}", "{}") == "mine");
  BOOST_TEST(image("1.44.3", "{}", "postgres: {default: {image: ''}}") == "docker.io/coderenvs/timescale:1.44.3");
}

BOOST_AUTO_TEST_SUITE_END()
