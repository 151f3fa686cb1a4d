#include "base/secrecy.h"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(secrecy)

BOOST_AUTO_TEST_CASE(a_name_that_speaks_of_a_secret_is_known_however_it_is_written) {
  for (auto const* name : {"password", "DB_PASSWORD", "adminPasswd", "apiToken", "client-secret", "LICENSE", "AWS_ACCESS_KEY_ID",
                           "signingKey", "tls.key", "PG_DSN", "Authorization", "ssh-private", "PW", "db_pass"})
    BOOST_TEST(base::names_a_secret(name), name);
}

BOOST_AUTO_TEST_CASE(other_names_are_not) {
  for (auto const* name : {"image", "replicas", "monkey", "keyboard", "passthrough", "compass", "privileged", "DB_HOST", "", "..."})
    BOOST_TEST(!base::names_a_secret(name), name);
}

BOOST_AUTO_TEST_CASE(a_text_that_carries_a_secret_is_known_by_its_look) {
  for (auto const* text : {"postgres://coder:hunter2@db/coder", "see https://u:p@h and more", "-----BEGIN RSA PRIVATE KEY-----",
                           "--db-password=hunter2", "password: hunter2", R"({"apiToken": "x"})", R"({\"password\":\"x\"})",
                           "host=db password = hunter2", "Authorization: Basic eDp5"})
    BOOST_TEST(base::carries_a_secret(text), text);
}

BOOST_AUTO_TEST_CASE(other_texts_are_shown) {
  for (auto const* text : {"coderenvs/coder-service:1.21.7", "https://example.com:8443/a@b", "postgres://coder@db:5432/coder",
                           "the password is elsewhere", "", "a=b", "=:", "10.0.0.1:80"})
    BOOST_TEST(!base::carries_a_secret(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
