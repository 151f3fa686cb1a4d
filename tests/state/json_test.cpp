#include <boost/test/unit_test.hpp>

#include "state/state.h"

namespace {

state::State full() {
  state::State s;
  s.request.adopt = {"Service/d", "all"};
  s.now = 1'700'000'000;
  s.helm = state::Helm{"/usr/bin/helm", "3.21.4"};
  s.cluster = state::Unknown{"the API server does not answer", "kubectl cluster-info"};
  state::Release release{.name = "coder", .name_space = "coder"};
  release.revisions.push_back({.number = 1, .status = "deployed", .chart = "coder", .chart_version = "1.20.0"});
  s.release = release;
  s.values = state::Values{{{"postgres.default.enable", "false"}}};
  state::Coder coder{.address = "Service coderd", .version = "1.21.7", .setup_mode = state::Told::no};
  coder.providers = state::Providers{{{.name = "built-in", .status = "ready", .built_in = true, .networking_v2 = state::Told::yes, .ssh = state::Told::no}}};
  coder.satellites = state::Satellites{{"sydney"}};
  coder.workspaces = state::Unknown{"the token may not list them", ""};
  s.coder = coder;
  s.family = state::Family{.providers = {{"wp", "sydney", "1.20.0", "", {"ServiceAccount/coder"}}}, .satellites = {}, .unsure = "you may not list them"};
  state::Rehearsal rehearsal{.ending = state::Ending::finished, .complete = true};
  state::Verdict verdict{.judgement = state::Judgement::rejected, .cause = state::Cause::immutable, .status = 422};
  verdict.fields.push_back({"spec.clusterIPs[0]", "FieldValueInvalid", "may not change once set"});
  rehearsal.writes.push_back({"PATCH", "v1", {"Service", "", "coder", "d"}, false, verdict});
  state::Changes changes{.compared = true, .more = 2, .unsure = "it is written 2 times"};
  changes.fields = {{"data[nginx.conf]", 12, "a\nb", ""}, {"spec.replicas", 0, "1", "3"}};
  rehearsal.writes.push_back({"PATCH", "v1", {"ConfigMap", "", "coder", "c"}, false, {}, changes});
  state::DriftedField const replicas{"spec.replicas", 0, "1", "5", "1", "kubectl", "2026-11-20T14:03:00Z"};
  rehearsal.drifts.push_back({{"Deployment", "apps", "coder", "coderd"}, {replicas}, 1, "not all could be read"});
  rehearsal.rerendering = {.compared = true, .unsteady = {{{"Secret", "", "coder", "s"}, false, true, true, {"data.password"}, 1}}};
  rehearsal.shortages = {{"coder", "compute", "requests.cpu", "3", "2", "4", {"2 pods of Deployment/web"}, "it may fit"}};
  rehearsal.rollbacks = {{.from = "after the first rejection", .tried = true}};
  rehearsal.rollbacks[0].aftermath = {{{"Service", "", "coder", "d"}, state::Fate::deleted, state::Fate::created}};
  rehearsal.seconds = 0.5;
  s.rehearsal = rehearsal;
  return s;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(snapshot)

BOOST_AUTO_TEST_CASE(a_snapshot_reads_back_as_what_was_written) {
  auto const before = full();
  std::string why;
  auto const text = base::to_text(to_json(before));
  auto const after = state::from_json(base::parse_json(text).value(), &why);
  BOOST_REQUIRE_MESSAGE(after, why);
  auto expected = before;  // parts that were never seen come back as Unknown with no words of their own
  BOOST_TEST((*after == expected), base::to_text(to_json(*after)));
}

BOOST_AUTO_TEST_CASE(what_is_no_snapshot_is_refused_with_a_reason) {
  std::string why;
  BOOST_TEST(!state::from_json(base::parse_json("{}").value(), &why));
  BOOST_TEST(why.find("helm coder snapshot") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(ill_typed_parts_are_unknown_or_ignored_never_a_crash) {
  std::string why;
  auto const odd = base::parse_json(
      R"({"format":"helm-coder-snapshot/1","release":{"revisions":[7,{"number":"x"}]},"helm":3,"now":1e99,"rehearsal":{"ending":"?"}})");
  auto const state = state::from_json(odd.value(), &why);
  BOOST_REQUIRE(state);
  BOOST_TEST(state::seen(state->helm) == nullptr);
  BOOST_TEST(state::seen(state->release)->revisions.size() == 2u);
  BOOST_TEST((state::seen(state->rehearsal)->ending == state::Ending::other));
}

BOOST_AUTO_TEST_SUITE_END()
