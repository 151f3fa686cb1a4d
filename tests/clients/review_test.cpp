#include "clients/review.h"

#include <boost/test/unit_test.hpp>

#include "base/json.h"

using clients::allowed_by;

BOOST_AUTO_TEST_SUITE(review)

BOOST_AUTO_TEST_CASE(a_right_is_asked_for_as_an_access_review_that_is_a_dry_run) {
  auto const request = clients::review_of({"delete", "apps", "deployments", "home", "d"});
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.target == "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews?dryRun=All");
  auto const body = base::parse_json(request.body).value();
  BOOST_TEST(body["kind"].str() == "SelfSubjectAccessReview");
  BOOST_TEST(base::to_text(body["spec"]["resourceAttributes"]) == R"({"verb":"delete","group":"apps","resource":"deployments","namespace":"home","name":"d"})");
}

BOOST_AUTO_TEST_CASE(only_a_plain_answer_is_one) {
  BOOST_TEST(allowed_by({201, {}, R"({"status":{"allowed":true}})"}).value());
  BOOST_TEST(!allowed_by({201, {}, R"({"status":{"allowed":false}})"}).value());
  BOOST_TEST(!allowed_by({201, {}, R"({"status":{"allowed":"yes"}})"}).has_value());
  BOOST_TEST(!allowed_by({201, {}, R"({"status":{}})"}).has_value());
  BOOST_TEST(!allowed_by({201, {}, "true"}).has_value());
  BOOST_TEST(!allowed_by({403, {}, R"({"status":{"allowed":true}})"}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
