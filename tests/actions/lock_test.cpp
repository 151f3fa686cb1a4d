#include "actions/perform_lock.h"

#include <boost/test/unit_test.hpp>

#include "actions/fake_cluster.h"

namespace {

using namespace actions;

std::string const lease = "/apis/coordination.k8s.io/v1/namespaces/ns/leases/helm-coder-coder";
std::string const map = "/api/v1/namespaces/ns/configmaps/helm-coder-coder";

struct World {
  FakeCluster cluster;
  std::int64_t now = 1'700'000'000;
  std::string why;
  std::optional<Holder> holder;

  std::unique_ptr<Lock> acquire(std::string const& who) {
    return Lock::acquire(cluster, {"ns", "coder", who, "/backups/" + who}, [this] { return now; }, &why, &holder);
  }
  void forbid(std::string const& path) {
    cluster.answers["POST " + collection_of(path)] = -403;
    cluster.answers["GET " + path] = -403;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_lock)

BOOST_AUTO_TEST_CASE(is_a_lease_that_says_who_holds_it_and_goes_at_the_end) {
  World world;
  {
    auto const lock = world.acquire("ada");
    BOOST_REQUIRE_MESSAGE(lock, world.why);
    auto const& object = world.cluster.at(lease);
    BOOST_TEST(object["spec"]["holderIdentity"].str() == "ada");
    BOOST_TEST(object["spec"]["renewTime"].str() == "2023-11-14T22:13:20.000000Z");
    BOOST_TEST(object["metadata"]["annotations"]["helm-coder/journal"].str() == "/backups/ada");
  }
  BOOST_TEST(!world.cluster.has(lease));
}

BOOST_AUTO_TEST_CASE(is_refused_while_another_holds_it) {
  World world;
  auto const first = world.acquire("ada");
  world.now += 7;
  BOOST_TEST(!world.acquire("bob"));
  BOOST_TEST(world.why == "another helm coder works on the release: ada, seen 7 s ago");
  BOOST_TEST(world.holder->journal == "/backups/ada");
}

BOOST_AUTO_TEST_CASE(is_taken_over_once_it_was_not_renewed_and_the_first_holder_learns_it) {
  World world;
  auto const first = world.acquire("ada");
  world.now += Lock::seconds;
  auto const second = world.acquire("bob");
  BOOST_REQUIRE_MESSAGE(second, world.why);
  BOOST_TEST(!first->still_ours(&world.why));
  BOOST_TEST(world.why == "the lock of the release was taken over by bob");
  BOOST_TEST(second->still_ours(&world.why));
}

BOOST_AUTO_TEST_CASE(who_lost_it_does_not_delete_it) {
  World world;
  auto first = world.acquire("ada");
  world.now += Lock::seconds;
  auto const second = world.acquire("bob");
  first->still_ours(&world.why);
  first.reset();
  BOOST_TEST(world.cluster.has(lease));
}

BOOST_AUTO_TEST_CASE(is_a_config_map_where_leases_are_forbidden) {
  World world;
  world.forbid(lease);
  auto const lock = world.acquire("ada");
  BOOST_REQUIRE_MESSAGE(lock, world.why);
  BOOST_TEST(world.cluster.at(map)["data"]["holderIdentity"].str() == "ada");
  world.now += 5;
  BOOST_TEST(lock->still_ours(&world.why));
  BOOST_TEST(!world.acquire("bob"));
}

BOOST_AUTO_TEST_CASE(who_may_write_leases_sees_the_config_map_of_another) {
  World world;
  world.forbid(lease);
  auto const lock = world.acquire("ada");
  world.cluster.answers.clear();
  BOOST_TEST(!world.acquire("bob"));
}

BOOST_AUTO_TEST_CASE(says_why_where_nothing_may_be_written) {
  World world;
  world.forbid(lease);
  world.forbid(map);
  BOOST_TEST(!world.acquire("ada"));
  BOOST_TEST(world.why.find("a Lease or a ConfigMap") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(outlives_an_api_server_that_does_not_answer_for_a_while) {
  World world;
  auto const lock = world.acquire("ada");
  world.cluster.answers["PUT " + lease] = -500;
  world.now += Lock::seconds - 1;
  BOOST_TEST(lock->still_ours(&world.why));
  world.now += 1;
  BOOST_TEST(!lock->still_ours(&world.why));
}

BOOST_AUTO_TEST_CASE(goes_by_the_clock_of_the_api_server) {
  World world;
  world.cluster.date = "Tue, 14 Nov 2023 22:13:20 GMT";
  auto const first = world.acquire("ada");
  world.now += 3600;  // this machine's clock is wrong
  BOOST_TEST(!world.acquire("bob"));
}

BOOST_AUTO_TEST_CASE(is_renewed_while_it_is_held) {
  World world;
  FakeCluster other;
  { world.acquire("ada")->keep_renewing(other); }
  BOOST_TEST(other.asked.empty());
  BOOST_TEST(!world.cluster.has(lease));
}

BOOST_AUTO_TEST_SUITE_END()
