#include "rehearsal/upstream.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

using namespace rehearsal;

namespace {

// Counts what it is asked; objects named "gone" are not there.
class CountingUpstream : public Upstream {
 public:
  asio::awaitable<Reply> ask(Ask ask) override {
    ++asked[ask.target];
    bool const gone = ask.target.ends_with("gone");
    co_return gone ? status_reply(404, "NotFound", "not found") : Reply{200, "application/json", "{}", {}};
  }
  std::map<std::string, int> asked;
};

struct Fixture {
  Reply get(std::string target) {
    auto reply = asio::co_spawn(context, upstream.ask({"GET", std::move(target), "", "", ""}), asio::use_future);
    run();
    return reply.get();
  }
  void run() {
    context.restart();
    context.run();
  }
  asio::io_context context{1};
  CountingUpstream behind;
  RememberingUpstream upstream{behind};
};

constexpr char const* service = "/api/v1/namespaces/c/services/d";
constexpr char const* gone = "/api/v1/namespaces/c/services/gone";
constexpr char const* record = "/api/v1/namespaces/c/secrets/sh.helm.release.v1.coder.v1";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(upstream, Fixture)

BOOST_AUTO_TEST_CASE(discovery_is_asked_for_once_and_objects_each_time) {
  for (int i = 0; i < 2; ++i) get("/apis/apps/v1"), get(service);
  BOOST_TEST(behind.asked["/apis/apps/v1"] == 1);
  BOOST_TEST(behind.asked[service] == 2);
}

BOOST_AUTO_TEST_CASE(while_objects_are_remembered_each_is_read_once_there_or_not) {
  upstream.remember_objects();
  for (int i = 0; i < 2; ++i) get(service), get(gone), get(record);
  BOOST_TEST(behind.asked[service] == 1);
  BOOST_TEST(behind.asked[gone] == 1);
  BOOST_TEST(behind.asked[record] == 2);
  upstream.forget_objects();
  get(service);
  BOOST_TEST(behind.asked[service] == 2);
}

BOOST_AUTO_TEST_CASE(what_was_foreseen_is_there_when_it_is_asked_for) {
  upstream.remember_objects();
  asio::co_spawn(context, upstream.foresee({{service}, {gone}, {record}, {service}}), asio::use_future);
  run();
  for (auto const* each : {service, gone, record}) BOOST_TEST(behind.asked[each] == 1);
  BOOST_TEST(get(service).ok());
  BOOST_TEST(get(gone).status == 404);
  BOOST_TEST(get(record).ok());
  for (auto const* each : {service, gone, record}) BOOST_TEST(behind.asked[each] == 1);
}

BOOST_AUTO_TEST_CASE(what_is_no_read_of_an_allowed_shape_is_not_foreseen) {
  asio::co_spawn(context, upstream.foresee({{"/api/v1/namespaces/c/services/d/proxy/x"}, {"/api/v1/namespaces/c/pods?watch=true"}, {""}, {"/metrics"}}),
                 asio::use_future);
  run();
  BOOST_TEST(behind.asked.empty());
}

BOOST_AUTO_TEST_CASE(what_could_have_been_foreseen_is_told_without_records) {
  upstream.remember_objects();
  for (int i = 0; i < 2; ++i) get("/version?timeout=32s"), get(service), get(record), get("/api/v1/namespaces/c/secrets?labelSelector=owner%3Dhelm");
  BOOST_TEST(upstream.reads().size() == 3u);
  BOOST_TEST(upstream.reads()[0].target == "/version");
  BOOST_TEST(behind.asked["/version"] == 1);
}

BOOST_AUTO_TEST_SUITE_END()
