#include "rehearsal/judge.h"

#include <boost/test/unit_test.hpp>

using rehearsal::judge;
using rehearsal::parse_target;
using rehearsal::Recorded;
using rehearsal::without_values;
using state::Cause;
using state::Judgement;

namespace {

Recorded refused(int code, std::string reason, std::string message, std::string path = "/api/v1/namespaces/c/services/d") {
  Recorded write{.method = "PATCH", .target = parse_target(path)};
  write.reply = rehearsal::status_reply(code, reason, message);
  return write;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(verdicts)

BOOST_AUTO_TEST_CASE(repeated_values_are_cut_out_of_messages) {
  BOOST_TEST(without_values("spec.clusterIPs[0]: Invalid value: []string{\"None\"}: may not change once set") ==
             "spec.clusterIPs[0]: may not change once set");
  BOOST_TEST(without_values("spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{\"a: b\":\"c\"}}: field is immutable") ==
             "spec.selector: field is immutable");
  BOOST_TEST(without_values("x: Invalid value: \"a\\\": b\": must be short") == "x: must be short");
  BOOST_TEST(without_values("x: Unsupported value: \"q\": supported values: \"A\", \"B\"") == "x: Unsupported value: supported values: \"A\", \"B\"");
  BOOST_TEST(without_values("pod updates may not change fields\n core.PodSpec{Env: secret}") == "pod updates may not change fields");
  BOOST_TEST(without_values("plain") == "plain");
  BOOST_TEST(without_values("Invalid value: \"unfinished") == "Invalid value");
}

BOOST_AUTO_TEST_CASE(a_message_that_says_the_same_thing_for_ever_is_cut_in_a_moment) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "Invalid value: x: ";
  BOOST_TEST(without_values(text).empty());
  BOOST_TEST(without_values("a: Unsupported value: \"q\": no; b: Invalid value: \"r\": no") == "a: Unsupported value: no; b: no");
}

BOOST_AUTO_TEST_CASE(success_without_an_object_is_no_acceptance) {
  for (auto const* body : {"", "[]", "{}", "{\"kind\":\"Status\",\"metadata\":{}}", "{\"kind\":\"Service\",\"metadata\":7}", "<html>"}) {
    Recorded write{.method = "PATCH", .target = parse_target("/api/v1/namespaces/c/services/d")};
    write.reply = {200, "application/json", body, {}};
    write.after = base::parse_json(body).value_or(base::Json());
    BOOST_TEST((judge(write).judgement == Judgement::not_verified), body);
    BOOST_TEST(!judge(write).message.empty());
  }
}

BOOST_AUTO_TEST_CASE(causes_follow_code_reason_and_causes) {
  BOOST_TEST((judge(refused(422, "Invalid", "Service \"d\" is invalid: spec.clusterIPs[0]: Invalid value: \"\": may not change once set")).cause == Cause::immutable));
  BOOST_TEST((judge(refused(422, "Invalid", "Service \"d\" is invalid: spec.ports[0].port: Invalid value: 0: must be between 1 and 65535")).cause == Cause::invalid));
  BOOST_TEST((judge(refused(409, "AlreadyExists", "exists")).cause == Cause::exists));
  BOOST_TEST((judge(refused(404, "NotFound", "namespaces \"x\" not found")).cause == Cause::missing));
  BOOST_TEST((judge(refused(403, "Forbidden", "User \"u\" cannot patch")).cause == Cause::forbidden));
}

BOOST_AUTO_TEST_CASE(what_is_no_judgement_of_the_object_is_not_verified) {
  for (int code : {401, 408, 429, 502, 503, 504}) BOOST_TEST((judge(refused(code, "", "later")).judgement == Judgement::not_verified));
  auto const webhook = refused(400, "BadRequest", "admission webhook \"w\" does not support dry run");
  BOOST_TEST((judge(webhook).judgement == Judgement::not_verified));
  Recorded never_answered{.method = "PATCH", .target = parse_target("/api/v1/namespaces/c/services/d")};
  BOOST_TEST((judge(never_answered).judgement == Judgement::not_verified));
}

BOOST_AUTO_TEST_CASE(a_403_of_a_request_that_the_person_may_send_is_admissions) {
  auto quota = judge(refused(403, "Forbidden", "pods \"x\" is forbidden: exceeded quota: q, requested: pods=1"));
  rights_or_admission(quota, rehearsal::May::yes);
  BOOST_TEST((quota.cause == Cause::quota));
  auto security = judge(refused(403, "Forbidden", "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\": runAsNonRoot"));
  rights_or_admission(security, rehearsal::May::yes);
  BOOST_TEST((security.cause == Cause::pod_security));
  auto rights = judge(refused(403, "Forbidden", "User \"u\" cannot patch"));
  rights_or_admission(rights, rehearsal::May::no);
  BOOST_TEST((rights.cause == Cause::forbidden));
  rights_or_admission(rights, rehearsal::May::unknown);
  BOOST_TEST((rights.judgement == Judgement::not_verified));
}

BOOST_AUTO_TEST_CASE(nothing_of_a_secret_is_repeated) {
  auto const verdict = judge(refused(422, "Invalid", "Secret \"s\" is invalid: data[password]: Invalid value: \"hunter2\": hunter2 is bad",
                                     "/api/v1/namespaces/c/secrets/s"));
  BOOST_TEST(verdict.message.find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

#include "rehearsal/conflicts.h"

BOOST_AUTO_TEST_SUITE(conflicts)

BOOST_AUTO_TEST_CASE(conflicts_with_helm_itself_are_left_out_and_those_of_others_stay) {
  auto const with = [](std::string causes) {
    return rehearsal::Reply{409, "application/json", R"({"kind":"Status","code":409,"details":{"causes":[)" + causes + "]}}", {}};
  };
  std::string const own = R"({"reason":"FieldManagerConflict","message":"conflict with \"helm\" using apps/v1","field":".spec.template"})";
  std::string const other = R"({"reason":"FieldManagerConflict","message":"conflict with \"kubectl\" using apps/v1","field":".spec.replicas"})";
  BOOST_TEST(rehearsal::without_own_conflicts(with(own)).status == 0);
  auto const left = rehearsal::without_own_conflicts(with(own + "," + other));
  BOOST_TEST(left.status == 409);
  BOOST_TEST(base::parse_json(left.body).value()["message"].str() == "Apply failed with 1 conflict: conflict with \"kubectl\" using apps/v1: .spec.replicas");
}

BOOST_AUTO_TEST_CASE(conflicts_over_the_marks_of_ownership_are_left_out_where_adoption_is_assumed) {
  rehearsal::Reply const conflict{409, "application/json", R"({"kind":"Status","code":409,"details":{"causes":[
    {"reason":"FieldManagerConflict","message":"conflict with \"kubectl\" using v1","field":".metadata.labels.app.kubernetes.io/managed-by"},
    {"reason":"FieldManagerConflict","message":"conflict with \"kubectl\" using v1","field":".data.a"}]}})", {}};
  BOOST_TEST(base::parse_json(rehearsal::without_ownership_conflicts(conflict).body).value()["details"]["causes"].items().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
