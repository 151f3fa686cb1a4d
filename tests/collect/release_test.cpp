#include "collect/release.h"

#include <boost/test/unit_test.hpp>

#include "base/bytes.h"
#include "clients/record.h"
#include "clients/server.h"
#include "clients/scratch.h"

using base::Json;
using collect::base_of;
using state::Revision;
using state::Unknown;

namespace {

// An API server that holds some of Helm's records.
struct Here {
  scratch::Folder folder;
  scratch::Variable driver{"HELM_DRIVER", {}};
  std::string socket = (folder / "s").string();
  std::vector<std::pair<int, std::string>> records;  // revision and status
  std::vector<std::string> elsewhere;
  int list_status = 200;
  std::string resource = "secrets";
  Server server{socket, [this](auto& asked) { return answer(asked); }};
  clients::Kubernetes api{socket, ""};
  state::Request request{.release = "coder", .name_space = "home"};

  collect::FoundRelease look() { return collect::release(api, request); }
  std::string why() { return std::get<Unknown>(look().seen).why; }

  std::string answer(std::string const& text) {
    auto const path = text.substr(4, text.find(' ', 4) - 4);
    auto const in_home = "/api/v1/namespaces/home/" + resource;
    if (list_status != 200)
      return Server::http(list_status, R"({"kind":"Status","reason":"Forbidden","message":"no, says the server"})");
    if (path == in_home + "?labelSelector=owner%3Dhelm%2Cname%3Dcoder") return Server::http(200, list());
    if (path == "/api/v1/" + resource + "?labelSelector=owner%3Dhelm%2Cname%3Dcoder")
      return Server::http(200, everywhere());
    for (auto const& [revision, status] : records)
      if (path == in_home + "/sh.helm.release.v1.coder.v" + std::to_string(revision))
        return Server::http(200, record(revision, status));
    return Server::http(404, R"({"kind":"Status","reason":"NotFound","message":"not found"})");
  }
  std::string list() {
    Json items(Json::Array{});
    for (auto const& [revision, status] : records) {
      Json item;
      auto& metadata = item.set("metadata");
      metadata.set("name") = clients::record_name("coder", revision);
      metadata.set("creationTimestamp") = "2026-01-31T12:00:0" + std::to_string(revision) + "Z";
      metadata.set("labels") =
          Json::Object{{"version", std::to_string(revision)}, {"status", status}, {"modifiedAt", "7"}};
      items.add(item);
    }
    items.add(Json::Object{{"metadata", Json::Object{{"name", "another"}}}});
    return base::to_text(Json::Object{{"items", items}});
  }
  std::string everywhere() {
    Json items(Json::Array{});
    for (auto const& name : elsewhere) items.add(Json::Object{{"metadata", Json::Object{{"namespace", name}}}});
    return base::to_text(Json::Object{{"items", items}});
  }
  std::string record(int revision, std::string const& status) {
    if (status == "broken") return R"({"kind":"Secret","data":{"release":"%%%"}})";
    Json release;
    release.set("info") =
        Json::Object{{"status", status}, {"description", "did it"}, {"last_deployed", "2026-01-31T12:00:30Z"}};
    release.set("chart").set("metadata") =
        Json::Object{{"name", "coder"}, {"version", "1.2" + std::to_string(revision) + ".0"}};
    release.set("config").set("a") = revision;
    Json object;
    object.set("kind") = resource == "secrets" ? "Secret" : "ConfigMap";
    object.set("metadata") = Json::Object{{"resourceVersion", "77"}, {"uid", "u-1"}};
    clients::encode_record(object, release);
    return base::to_text(object);
  }
};

Revision with_status(int number, std::string const& status) { return {.number = number, .status = status}; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(release, Here)

BOOST_AUTO_TEST_CASE(revisions_come_ascending_with_their_charts) {
  records = {{3, "deployed"}, {1, "superseded"}, {2, "failed"}};
  auto const found = look();
  auto const& seen = std::get<state::Release>(found.seen);
  BOOST_TEST(seen.revisions.size() == 3u);
  BOOST_TEST(seen.revisions[1].number == 2);
  BOOST_TEST(seen.revisions[1].status == "failed");
  BOOST_TEST(seen.revisions[1].chart_version == "1.22.0");
  BOOST_TEST(seen.revisions[2].description == "did it");
  BOOST_TEST(seen.revisions[2].updated == 1769860830);
  BOOST_TEST(seen.base == 3);
  BOOST_TEST(seen.apply_method == "csa");
  BOOST_TEST(found.base->release["config"]["a"].int_or(0) == 3);
  BOOST_TEST(found.base->resource_version == "77");
  BOOST_TEST(found.base->uid == "u-1");
}

BOOST_AUTO_TEST_CASE(only_the_last_records_are_read_and_the_base) {
  records = {{1, "deployed"}, {2, "failed"}, {3, "failed"}};
  auto const found = collect::release(api, request, 1);
  auto const& seen = std::get<state::Release>(found.seen);
  BOOST_TEST(seen.revisions[0].chart_version == "1.21.0");
  BOOST_TEST(seen.revisions[1].chart_version == "");
  BOOST_TEST(seen.revisions[1].updated == 1769860802);  // from the metadata, not from the label that Helm copies
  BOOST_TEST(found.base->revision == 1);
  BOOST_TEST(server.requests().size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_base_that_was_foreseen_is_read_beside_the_list_and_once) {
  records = {{1, "superseded"}, {2, "deployed"}};
  auto const found = collect::release(api, request, 1, 2);
  BOOST_TEST(found.base->release["config"]["a"].int_or(0) == 2);
  BOOST_TEST(std::get<state::Release>(found.seen).revisions[1].chart_version == "1.22.0");
  BOOST_TEST(server.requests().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_foreseen_base_that_is_none_is_not_taken_for_it) {
  records = {{1, "superseded"}, {2, "deployed"}};
  for (int const wrong : {1, 7}) {
    auto const found = collect::release(api, request, 1, wrong);
    BOOST_TEST(std::get<state::Release>(found.seen).base == 2);
    BOOST_TEST(found.base->revision == 2);
    BOOST_TEST(found.base->release["config"]["a"].int_or(0) == 2);
  }
}

BOOST_AUTO_TEST_CASE(details_come_later_for_those_that_were_not_read) {
  records = {{1, "superseded"}, {2, "deployed"}, {3, "failed"}};
  auto found = collect::release(api, request, 1);
  auto& seen = std::get<state::Release>(found.seen);
  BOOST_TEST(seen.revisions[0].chart_version == "");
  auto const before = server.requests().size();
  collect::add_details(api, seen, {"coder", "home"});
  BOOST_TEST(seen.revisions[0].chart_version == "1.21.0");
  BOOST_TEST(server.requests().size() == before + 1);
}

BOOST_AUTO_TEST_CASE(a_record_that_does_not_decode_says_so) {
  records = {{1, "deployed"}, {2, "broken"}};
  auto const seen = std::get<state::Release>(look().seen);
  BOOST_TEST(!seen.revisions[1].readable);
  BOOST_TEST(seen.revisions[1].description == "data.release is no base64");
  BOOST_TEST(seen.base == 1);
}

BOOST_AUTO_TEST_CASE(config_maps_are_read_where_helm_keeps_them_there) {
  scratch::Variable const config_maps("HELM_DRIVER", "configmap");
  resource = "configmaps";
  records = {{1, "deployed"}};
  auto const found = look();
  BOOST_TEST(std::get<state::Release>(found.seen).driver == "configmap");
  BOOST_TEST(found.base.has_value());
}

BOOST_AUTO_TEST_CASE(records_outside_the_cluster_are_unknown) {
  scratch::Variable const sql("HELM_DRIVER", "sql");
  BOOST_TEST(why() == "HELM_DRIVER=sql keeps the records outside the cluster, where they can't be rehearsed");
  BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(a_release_that_is_not_here_may_be_elsewhere) {
  elsewhere = {"b", "a", "b"};
  auto const seen = std::get<state::Release>(look().seen);
  BOOST_TEST(seen.revisions.empty());
  BOOST_TEST(seen.base == 0);
  BOOST_TEST(seen.elsewhere == (std::vector<std::string>{"a", "b"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_missing_right_is_named) {
  list_status = 403;
  BOOST_TEST(why() == "you may not list secrets in namespace home: no, says the server");
  list_status = 500;
  BOOST_TEST(why() == "the release's records can't be read: no, says the server");
}

BOOST_AUTO_TEST_CASE(the_base_is_the_one_that_helm_takes) {
  BOOST_TEST(base_of({}) == 0);
  BOOST_TEST(base_of({with_status(1, "superseded"), with_status(2, "deployed"), with_status(3, "failed")}) == 2);
  BOOST_TEST(base_of({with_status(1, "deployed"), with_status(2, "deployed")}) == 2);
  BOOST_TEST(base_of({with_status(1, "failed"), with_status(2, "failed")}) == 2);
  BOOST_TEST(base_of({with_status(1, "failed"), with_status(2, "superseded")}) == 2);
  BOOST_TEST(base_of({with_status(1, "deployed"), with_status(2, "pending-upgrade")}) == 1);
  BOOST_TEST(base_of({with_status(1, "pending-install")}) == 1);
  BOOST_TEST(base_of({with_status(1, "superseded"), with_status(2, "uninstalled")}) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
