#include "collect/values.h"

#include <boost/test/unit_test.hpp>

#include "base/json.h"
#include "collect/fake_helm.h"

using state::Values;

namespace {

Values flat(std::string const& yaml) { return collect::flatten(base::parse_yaml(yaml).value()); }

std::string shown(std::string const& yaml, std::string const& path) {
  auto const values = flat(yaml);
  auto const found = values.set.find(path);
  return found == values.set.end() ? "(absent)" : found->second;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(values)

BOOST_AUTO_TEST_CASE(what_is_known_to_be_harmless_is_shown) {
  BOOST_TEST(shown("coderd: {image: 'docker.io/coderenvs/coder-service:1.20.0'}", "coderd.image") ==
             "\"docker.io/coderenvs/coder-service:1.20.0\"");
  BOOST_TEST(shown("coderd: {serviceSpec: {type: ClusterIP}}", "coderd.serviceSpec.type") == "\"ClusterIP\"");
  BOOST_TEST(shown("coderd: {replicas: 3}", "coderd.replicas") == "3");
  BOOST_TEST(shown("envproxy: {image: a}", "envproxy.image") == "\"a\"");
  BOOST_TEST(shown("postgres: {host: db, port: 5432}", "postgres.port") == "5432");
  BOOST_TEST(shown("postgres: {passwordSecret: coder-db}", "postgres.passwordSecret") == "\"coder-db\"");
  BOOST_TEST(shown("postgres: {default: {enable: false}}", "postgres.default.enable") == "false");
  BOOST_TEST(shown("timescale: {resources: {requests: {storage: 10Gi}}}", "timescale.resources.requests.storage") ==
             "\"10Gi\"");
}

BOOST_AUTO_TEST_CASE(what_is_empty_is_shown) {
  for (auto const* empty : {"\"\"", "[]", "{}", "null", "0"})
    BOOST_TEST(shown(std::string("coderd: {superSecret: ") + empty + "}", "coderd.superSecret") == empty);
}

BOOST_AUTO_TEST_CASE(any_other_leaf_is_masked) {
  BOOST_TEST(shown("coderd: {unknown: text}", "coderd.unknown") == Values::masked);
  BOOST_TEST(shown("coderd: {unknown: 12345678}", "coderd.unknown") == Values::masked);
  BOOST_TEST(shown("coderd: {extraEnvs: [{name: A, value: b}]}", "coderd.extraEnvs") == Values::masked);
  BOOST_TEST(shown("postgres: {host: 'postgres://bob:hunter2@db'}", "postgres.host") == Values::masked);
  BOOST_TEST(shown("postgres: {passwordSecret: 'Hunter 2!'}", "postgres.passwordSecret") == Values::masked);
  BOOST_TEST(shown("coderd: {image: \"line\\nline\"}", "coderd.image") == Values::masked);
}

BOOST_AUTO_TEST_CASE(a_password_a_token_or_a_license_never_passes) {
  std::string const secret = "hunter2secret";
  for (std::string key :
       {"password", "adminPassword", "token", "apiToken", "license", "LICENSE_KEY", "clientSecret", "privateKey",
        "credentials", "authHeader", "passwd", "superAdmin", "dsn", "url", "key", "value"})
    for (std::string const& yaml :
         {key + ": " + secret, "a: {" + key + ": " + secret + "}", "a: {b: {c: {" + key + ": " + secret + "}}}",
          key + ": {type: " + secret + "}", key + ": {image: {" + key + ": " + secret + "}}",
          key + ": [" + secret + "]", "\"" + key + ".image\": " + secret, "postgres: {" + key + ": " + secret + "}"}) {
      bool const told_by_another_name =
          key == "superAdmin" || key == "dsn" || key == "url" || key == "key" || key == "value";
      if (told_by_another_name && yaml.find("{type:") != std::string::npos)
        continue;  // `type` and `image` are shown anywhere else
      for (auto const& [path, text] : flat(yaml).set)
        BOOST_TEST(text.find(secret) == std::string::npos, yaml << " → " << text);
    }
}

BOOST_AUTO_TEST_CASE(values_that_are_not_known_say_why) {
  collect::FoundRelease found{state::Release{.name = "coder", .name_space = "n"}, {}};
  auto const why = [&] { return std::get<state::Unknown>(collect::values(found)).why; };
  BOOST_TEST(why() == "there is no release coder in namespace n");
  std::get<state::Release>(found.seen).revisions = {
      {.number = 3, .status = "deployed", .description = "broken", .readable = false}};
  BOOST_TEST(why() == "no revision of the release was ever deployed");
  std::get<state::Release>(found.seen).base = 3;
  BOOST_TEST(why() == "the record of revision 3 can't be read: broken");
  found.seen = state::Unknown{"no right", ""};
  BOOST_TEST(why() == "no right");
  found.base = collect::Record{};
  BOOST_TEST(std::get<Values>(collect::values(found)).set.empty());
}

BOOST_AUTO_TEST_CASE(values_for_helm_are_what_is_on_record) {
  collect::Record record;
  record.release =
      base::parse_json(
          R"({"config":{"n":1.10,"big":12345678901234567890,"s":"0123","del":"a\u007f\u0085b","u":"grün"}})")
          .value();
  BOOST_TEST(collect::values_text(record) ==
             "{\n  \"n\": 1.10,\n  \"big\": 12345678901234567890,\n  \"s\": \"0123\",\n"
             "  \"del\": \"a\\u007f\\u0085b\",\n  \"u\": \"grün\"\n}\n");
  record.release = base::Json::Object{{"config", nullptr}};
  BOOST_TEST(collect::values_text(record) == "{}\n");
}

BOOST_AUTO_TEST_CASE(values_to_keep_are_the_bytes_that_helm_gave) {
  FakeHelm fake;
  fake.program("printf 'version: \"1.10\"\\nport: 0123\\n'");
  auto const path = (fake.folder / "saved.yaml").string();
  BOOST_TEST(!collect::save_values(fake.helm(), {.release = "coder", .name_space = "n"}, 3, path).has_value());
  BOOST_TEST(scratch::text_of(path) == "version: \"1.10\"\nport: 0123\n");
  BOOST_TEST(fake.calls() == "get values coder --revision 3 -o yaml -n n\n");
  fake.program("echo null");
  BOOST_TEST(!collect::save_values(fake.helm(), {}, 3, path).has_value());
  BOOST_TEST(scratch::text_of(path) == "{}\n");
  fake.program("echo 'Error: release: not found' >&2; exit 1");
  BOOST_TEST(collect::save_values(fake.helm(), {}, 3, path).value() ==
             "Helm can't tell the values of revision 3: release: not found");
}

BOOST_AUTO_TEST_CASE(a_long_key_with_many_below_it_does_not_fill_the_memory) {
  base::Json below(base::Json::Object{});
  for (int i = 0; i < 5'000; ++i) below.set("a" + std::to_string(i)) = 1;
  base::Json const values(base::Json::Object{{std::string(20'000, 'k'), below}});
  BOOST_CHECK_THROW(static_cast<void>(collect::flatten(values)), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
