#include <boost/test/unit_test.hpp>

#include <map>

#include "clients/folder.h"
#include "clients/record.h"
#include "clients/server.h"
#include "collect/family.h"

namespace {

using base::Json;

Json owned(std::string const& name_space, std::string const& release) {
  return Json::Object{{"metadata", Json::Object{{"name", "coder"}, {"namespace", name_space},
                                                {"annotations", Json::Object{{"meta.helm.sh/release-name", release}, {"meta.helm.sh/release-namespace", name_space}}}}}};
}

std::string list(std::vector<Json> items) { return Server::http(200, base::to_text(Json::Object{{"metadata", Json::Object{}}, {"items", Json::Array(items.begin(), items.end())}})); }

// A cluster with releases in namespaces of their own.
struct World {
  explicit World(bool all_namespaces = true)
      : server(folder.path() + "/s", [this, all_namespaces](auto const& request) { return answer(request, all_namespaces); }), api(folder.path() + "/s", "") {}

  void add(std::string const& name_space, std::string const& release, std::string const& chart, std::string const& version, std::string const& manifest, Json config = Json::Object{}) {
    Json record(Json::Object{{"metadata", Json::Object{{"name", clients::record_name(release, 1)}, {"namespace", name_space},
                                                       {"labels", Json::Object{{"owner", "helm"}, {"name", release}, {"status", "deployed"}, {"version", "1"}}}}},
                             {"kind", "Secret"}, {"data", Json::Object{}}});
    clients::encode_record(record, Json::Object{{"name", release}, {"info", Json::Object{{"status", "deployed"}}}, {"manifest", manifest}, {"config", config},
                                                {"chart", Json::Object{{"metadata", Json::Object{{"name", chart}, {"version", version}}}}}});
    records[name_space] = record;
    (chart == "coder" ? deployments : accounts).push_back(owned(name_space, release));
  }

  std::string answer(std::string const& request, bool all_namespaces) {
    ++asked;
    auto const path = request.substr(4, request.find(' ', 4) - 4);
    if (!all_namespaces && path.find("/namespaces/") == path.npos) return Server::http(403, R"({"kind":"Status","reason":"Forbidden","message":"no"})");
    bool const here = path.find("/namespaces/coder/") != path.npos;
    if (path.find("/serviceaccounts?") != path.npos) return list(here ? std::vector<Json>() : accounts);
    if (path.find("/deployments?") != path.npos) return list(here ? std::vector<Json>() : deployments);
    for (auto const& [name_space, record] : records) {
      if (path.find("/namespaces/" + name_space + "/secrets") == path.npos) continue;
      return path.find("/secrets?") != path.npos ? list({record}) : Server::http(200, base::to_text(record));
    }
    return list({});
  }

  state::Family look() {
    state::Request request;
    request.name_space = "coder";
    auto const seen = collect::family(api, request, "workspace-provider");
    BOOST_REQUIRE(state::seen(seen));
    return std::get<state::Family>(seen);
  }

  clients::Folder folder;
  std::map<std::string, Json> records;
  std::vector<Json> accounts, deployments;
  int asked = 0;
  Server server;
  clients::Kubernetes api;
};

std::string account(std::string const& name, bool kept) {
  return "---\n# Source: x\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: " + name + "\n" + (kept ? "  annotations:\n    helm.sh/resource-policy: keep\n" : "");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(family)

BOOST_AUTO_TEST_CASE(a_provider_is_told_with_what_its_uninstallation_would_take_along) {
  World world;
  world.add("sydney", "wp", "workspace-provider", "1.20.0", account("coder", false) + account("wp-environments", false),
            Json::Object{{"cemanager", Json::Object{{"accessURL", "https://coder.example.com/"}}}});
  world.add("oslo", "wp", "workspace-provider", "1.21.7", account("coder", true));
  auto const found = world.look();
  BOOST_REQUIRE_EQUAL(found.providers.size(), 2u);
  BOOST_TEST((found.providers[0] == state::Kin{.release = "wp", .name_space = "oslo", .version = "1.21.7"}));
  BOOST_TEST(found.providers[1].version == "1.20.0");
  BOOST_TEST(found.providers[1].primary_url == "https://coder.example.com");
  BOOST_TEST((found.providers[1].taken == std::vector<std::string>{"ServiceAccount/coder", "ServiceAccount/wp-environments"}));
  BOOST_TEST(found.unsure == "");
}

BOOST_AUTO_TEST_CASE(a_satellite_is_a_release_of_coders_chart_that_says_so) {
  World world;
  Json satellite(Json::Object{{"coderd", Json::Object{{"satellite", Json::Object{{"enable", true}, {"primaryURL", "https://coder.example.com/x"}}}}}});
  world.add("oslo", "coder-satellite", "coder", "1.26.1", "", satellite);
  world.add("other", "coder", "coder", "1.26.1", "");
  world.add("coder", "coder", "coder", "1.26.1", "");
  auto const found = world.look();
  BOOST_REQUIRE_EQUAL(found.satellites.size(), 1u);
  BOOST_TEST((found.satellites[0] == state::Kin{.release = "coder-satellite", .name_space = "oslo", .version = "1.26.1", .primary_url = "https://coder.example.com"}));
  BOOST_TEST(found.providers.empty());
}

BOOST_AUTO_TEST_CASE(who_may_not_list_all_namespaces_is_told_so) {
  World world(false);
  world.add("sydney", "wp", "workspace-provider", "1.20.0", "");
  auto const found = world.look();
  BOOST_TEST(found.providers.empty());
  BOOST_TEST(found.unsure == "you may not list deployments in all namespaces");
}

BOOST_AUTO_TEST_CASE(a_record_that_can_not_be_read_is_told) {
  World world;
  world.add("sydney", "wp", "workspace-provider", "1.20.0", "");
  world.records["sydney"].set("data").set("release") = "odd";
  BOOST_TEST(world.look().unsure == "the records of release wp in namespace sydney can't be read");
}

BOOST_AUTO_TEST_CASE(what_an_uninstalled_provider_had_to_keep_is_no_release) {
  World world;
  world.accounts.push_back(owned("sydney", "wp"));
  BOOST_TEST((world.look() == state::Family{}));
}

BOOST_AUTO_TEST_CASE(names_that_nothing_can_have_are_not_asked_for) {
  World world;
  for (auto const* odd : {"..", "a/b", "x?y", "\x1b[2J", "UPPER"}) world.accounts.push_back(owned(odd, "wp")), world.accounts.push_back(owned("sydney", odd));
  auto const asked = world.asked;
  BOOST_TEST((world.look() == state::Family{}));
  BOOST_TEST(world.asked == asked + 2);  // the two lists
}

BOOST_AUTO_TEST_CASE(an_account_that_helm_does_not_own_belongs_to_no_release) {
  World world;
  world.accounts.push_back(Json::Object{{"metadata", Json::Object{{"name", "coder"}, {"namespace", "sydney"}}}});
  auto const found = world.look();
  BOOST_TEST((found == state::Family{}));
}

BOOST_AUTO_TEST_SUITE_END()
