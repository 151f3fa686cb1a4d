#include "actions/plan_upgrade.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace actions;
using base::Json;

Json json(char const* text) { return base::parse_json(text).value(); }

Object object(std::string kind, std::string name) {
  std::string const group = kind == "Deployment" || kind == "StatefulSet" ? "apps" : "";
  return {{kind, group, "coder", name}, "/api/v1/namespaces/coder/" + kind + "/" + name, "uid-" + name};
}

state::Request request() {
  state::Request request;
  request.name_space = "coder";
  return request;
}

Upgrade upgrade() {
  return {.from = "1.21.0", .to = "1.21.7", .folder = "/backups/one", .last_revision = 3, .helm = {"upgrade", "coder", "coder.tgz", "--atomic"},
          .written = {object("Deployment", "coderd")}, .deleted = {}, .remedies = {}, .manifest = {}, .kept_by_chart = {}};
}

std::vector<std::string> names(Plan const& plan) {
  std::vector<std::string> all;
  for (auto const& step : plan) all.push_back(step.name);
  return all;
}

template <class T>
T const* first(Plan const& plan, std::size_t skip = 0) {
  for (auto const& step : plan)
    if (auto const* work = std::get_if<T>(&step.work); work && skip-- == 0) return work;
  return nullptr;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plan_of_an_upgrade)

BOOST_AUTO_TEST_CASE(without_remedies_it_saves_runs_helm_and_looks) {
  auto const plan = plan_upgrade(upgrade(), request());
  std::vector<std::string> const expected = {"save what will be touched", "upgrade 1.21.0 → 1.21.7", "look that it is as planned"};
  BOOST_TEST(names(plan) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_adopted_object_is_kept_until_helm_has_ended_well) {
  auto with = upgrade();
  with.remedies.push_back({How::adopt, object("ServiceAccount", "coder"), json(R"({"metadata":{"labels":{"app":"x"}}})"), {}, {}});
  auto const plan = plan_upgrade(with, request());
  std::vector<std::string> const expected = {"save what will be touched", "adopt ServiceAccount/coder", "upgrade 1.21.0 → 1.21.7",
                                             "let go of ServiceAccount/coder", "look that it is as planned"};
  BOOST_TEST(names(plan) == expected, boost::test_tools::per_element());
  auto const* adopted = first<Mark>(plan);
  auto const* released = first<Mark>(plan, 1);
  BOOST_TEST((adopted->now.annotations.at("helm.sh/resource-policy") == "keep"));
  BOOST_TEST((adopted->before.annotations.at("meta.helm.sh/release-name") == std::nullopt));
  BOOST_TEST((released->now == Marks{{}, {{"helm.sh/resource-policy", std::nullopt}}}));
}

BOOST_AUTO_TEST_CASE(a_protection_that_was_there_before_stays) {
  auto with = upgrade();
  auto const kept = json(R"({"metadata":{"annotations":{"helm.sh/resource-policy":"keep"}}})");
  with.remedies.push_back({How::protect, object("Ingress", "web-ingress"), kept, {}, {}});
  BOOST_TEST(first<Mark>(plan_upgrade(with, request()), 1) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_protection_that_the_chart_wants_stays) {
  auto with = upgrade();
  with.remedies.push_back({How::adopt, object("Secret", "key"), json(R"({"metadata":{}})"), {}, {}});
  with.kept_by_chart.insert("coder/Secret/key");
  BOOST_TEST(first<Mark>(plan_upgrade(with, request()), 1) == nullptr);
}

BOOST_AUTO_TEST_CASE(what_is_protected_is_not_expected_to_be_gone) {
  auto with = upgrade();
  with.deleted = {object("Ingress", "web-ingress"), object("Service", "envproxy")};
  with.remedies.push_back({How::protect, object("Ingress", "web-ingress"), json(R"({"metadata":{}})"), {}, {}});
  auto const plan = plan_upgrade(with, request());
  auto const* verify = first<Verify>(plan);
  BOOST_TEST(verify->gone.size() == 1u);
  BOOST_TEST(verify->there.front().id.name == "web-ingress");
}

BOOST_AUTO_TEST_CASE(what_interrupts_the_service_comes_after_what_does_not) {
  auto with = upgrade();
  with.remedies.push_back({How::recreate, object("Deployment", "coderd"), {}, {}, {object("ReplicaSet", "coderd-1")}});
  with.remedies.push_back({How::adopt, object("ServiceAccount", "coder"), json("{}"), {}, {}});
  auto const plan = plan_upgrade(with, request());
  BOOST_TEST(plan[1].name == "adopt ServiceAccount/coder");
  BOOST_TEST(plan[2].name == "recreate Deployment/coderd");
  BOOST_TEST(plan[2].what.find("ReplicaSet/coderd-1") != std::string::npos);
  BOOST_TEST(first<Remake>(plan)->propagation == "Background");
}

BOOST_AUTO_TEST_CASE(a_stateful_set_leaves_its_pods_running) {
  auto with = upgrade();
  with.remedies.push_back({How::recreate, object("StatefulSet", "timescale"), {}, {}, {object("Pod", "timescale-0")}});
  auto const plan = plan_upgrade(with, request());
  BOOST_TEST(first<Remake>(plan)->propagation == "Orphan");
  BOOST_TEST(plan[1].by_hand.front().argv.back() == "--cascade=orphan");
}

BOOST_AUTO_TEST_CASE(values_that_were_given_one_by_one_are_not_printed) {
  auto const shown = by_helm({"upgrade", "coder", "--set", "postgres.password=x", "--set-file", "a=/b", "--set-string", "c=d", "-f", "v.yaml"}).argv;
  std::vector<std::string> const expected = {"helm", "upgrade", "coder", "--set", "postgres.password=(masked)", "--set-file", "a=/b",
                                             "--set-string", "c=(masked)", "-f", "v.yaml"};
  BOOST_TEST(shown == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_plan_reads_back_as_what_was_written) {
  auto with = upgrade();
  with.remedies.push_back({How::adopt, object("ServiceAccount", "coder"), json("{}"), {}, {}});
  with.remedies.push_back({How::recreate, object("Service", "d"), json("{}"), json(R"({"spec":{"clusterIP":"10.0.0.1"}})"), {}});
  with.deleted = {object("Ingress", "web")};
  auto const plan = plan_upgrade(with, request());
  std::string why;
  auto const again = plan_from_json(base::parse_json(base::to_text(to_json(plan))).value(), &why);
  BOOST_REQUIRE_MESSAGE(again, why);
  BOOST_REQUIRE(again->size() == plan.size());
  for (std::size_t i = 0; i < plan.size(); ++i) BOOST_TEST((again->at(i).work == plan[i].work), plan[i].name);
  BOOST_TEST(base::to_text(to_json(*again)) == base::to_text(to_json(plan)));
}

BOOST_AUTO_TEST_CASE(what_is_no_plan_is_refused) {
  std::string why;
  BOOST_TEST(!plan_from_json(json("{}"), &why));
  BOOST_TEST(!plan_from_json(json(R"([{"kind":"drop everything"}])"), &why));
  BOOST_TEST(why == "step 1 is of no known kind");
}

BOOST_AUTO_TEST_SUITE_END()
