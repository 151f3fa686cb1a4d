#include "actions/perform_watch.h"

#include <boost/test/unit_test.hpp>

#include "actions/fake_cluster.h"

namespace {

base::Json json(char const* text) { return base::parse_json(text).value(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(the_watch)

BOOST_AUTO_TEST_CASE(tells_what_a_workload_waits_for) {
  using actions::waits_for;
  BOOST_TEST(waits_for(json(R"({"kind":"Service"})")).empty());
  BOOST_TEST(waits_for(json(R"({"kind":"Deployment","metadata":{"generation":2},"status":{"observedGeneration":1}})")) == "not begun");
  BOOST_TEST(waits_for(json(R"({"kind":"Deployment","spec":{"replicas":2},"status":{"updatedReplicas":1,"readyReplicas":2}})")) == "1 of 2 new");
  BOOST_TEST(waits_for(json(R"({"kind":"StatefulSet","spec":{"replicas":1},"status":{"updatedReplicas":1}})")) == "0 of 1 ready");
  BOOST_TEST(waits_for(json(R"({"kind":"DaemonSet","status":{"desiredNumberScheduled":1,"updatedNumberScheduled":1,"numberReady":1}})")).empty());
}

BOOST_AUTO_TEST_CASE(clears_its_line_when_it_ends) {
  std::vector<std::string> told;
  { actions::Watch(std::make_unique<FakeCluster>(), {}, [&](std::string const& text) { told.push_back(text); }); }
  BOOST_REQUIRE(!told.empty());
  BOOST_TEST(told.back().empty());
}

BOOST_AUTO_TEST_SUITE_END()
