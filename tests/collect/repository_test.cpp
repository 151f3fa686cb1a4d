#include "collect/repository.h"

#include <boost/test/unit_test.hpp>

#include "collect/fake_helm.h"

using collect::is_from_repository;
using state::Unknown;

namespace {

struct Here : FakeHelm {
  state::Seen<state::Repository> look(std::string const& chart = "coder/coder") {
    return collect::repository(helm(), chart, {}, std::time(nullptr) + 100);
  }
  void add(std::string const& url = "https://helm.example.com") {
    scratch::write(folder / "repositories.yaml",
                   "repositories:\n- name: other\n  url: https://o\n- name: coder\n  url: " + url +
                       "\n  username: bob\n  password: hunter2\n");
  }
  void index(std::string const& text) { scratch::write(folder / "coder-index.yaml", text); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(repository, Here)

BOOST_AUTO_TEST_CASE(versions_come_newest_first_with_the_age_of_the_index) {
  add();
  index(
      "entries:\n  coder:\n  - {version: 1.21.7}\n  - {version: 1.21.10}\n  - {version: nonsense}\n  - {version: "
      "1.22}\n"
      "  coder-other: [{version: 9.0.0}]\n");
  auto const seen = std::get<state::Repository>(look());
  BOOST_TEST(seen.added);
  BOOST_TEST(seen.name == "coder");
  BOOST_TEST(seen.url == "https://helm.example.com");
  BOOST_TEST(seen.versions == (std::vector<std::string>{"1.22", "1.21.10", "1.21.7"}),
             boost::test_tools::per_element());
  BOOST_TEST((seen.index_age >= 100 && seen.index_age < 200));
  BOOST_TEST(calls().empty());
}

BOOST_AUTO_TEST_CASE(a_repository_that_was_never_added_is_seen_as_such) {
  BOOST_TEST(!std::get<state::Repository>(look()).added);  // no file at all
  scratch::write(folder / "repositories.yaml", "apiVersion: \"\"\nrepositories: []\n");
  BOOST_TEST(!std::get<state::Repository>(look()).added);
}

BOOST_AUTO_TEST_CASE(an_index_that_was_never_fetched_has_no_age) {
  add();
  BOOST_TEST(std::get<state::Repository>(look()).index_age == -1);
}

BOOST_AUTO_TEST_CASE(a_broken_file_is_unknown_with_the_reason) {
  scratch::write(folder / "repositories.yaml", "repositories: [\n");
  BOOST_TEST(std::get<Unknown>(look()).why.starts_with((folder / "repositories.yaml").string() + " can't be read"));
  add();
  index("entries: {coder: [\n");
  BOOST_TEST(std::get<Unknown>(look()).why.starts_with("the index of coder can't be read"));
}

BOOST_AUTO_TEST_CASE(a_large_index_is_left_to_helm) {
  add();
  index("# " + std::string(2'000'000, 'x'));
  program(R"(echo '[{"name":"coder/coder","version":"1.21.7"},{"name":"coder/coder-extra","version":"9.0.0"}]')");
  BOOST_TEST(std::get<state::Repository>(look()).versions == std::vector<std::string>{"1.21.7"},
             boost::test_tools::per_element());
  BOOST_TEST(calls() == "search repo coder/coder --versions --devel -o json\n");
}

BOOST_AUTO_TEST_CASE(without_an_outer_helm_the_paths_are_asked_for) {
  add();
  index("entries: {coder: [{version: 1.21.7}]}\n");
  scratch::Variable const no_config("HELM_REPOSITORY_CONFIG", {}), no_cache("HELM_REPOSITORY_CACHE", {});
  program("echo 'HELM_BIN=\"helm\"'; echo 'HELM_REPOSITORY_CACHE=\"" + folder.path() +
          "\"'; echo 'HELM_REPOSITORY_CONFIG=\"" + (folder / "repositories.yaml").string() + "\"'");
  BOOST_TEST(std::get<state::Repository>(look()).versions.size() == 1u);
  BOOST_TEST(calls() == "env\n");
}

BOOST_AUTO_TEST_CASE(credentials_never_get_here) {
  add("https://bob:hunter2@helm.example.com/charts?token=t0ken");
  auto const seen = std::get<state::Repository>(look());
  BOOST_TEST(seen.url == "https://helm.example.com/charts");
  BOOST_TEST(collect::without_credentials("https://host/a@b") == "https://host/a@b");
  BOOST_TEST(collect::without_credentials("https://a:b@c@host") == "https://host");
  BOOST_TEST(collect::without_credentials("oci://host") == "oci://host");
}

BOOST_AUTO_TEST_CASE(a_chart_from_elsewhere_needs_no_repository) {
  std::filesystem::create_directory(folder / "coder");
  for (auto const& chart : {std::string("oci://host/coder"), std::string("https://host/coder.tgz"),
                            std::string("./coder"), (folder / "coder").string(), std::string("coder")})
    BOOST_TEST(!std::get<state::Repository>(look(chart)).needed, chart);
  BOOST_TEST(is_from_repository("coder/coder", {}));
  BOOST_TEST(!is_from_repository("coder/coder", {"--repo", "https://host"}));
  BOOST_TEST(!is_from_repository("coder/coder", {"--repo=https://host"}));
}

BOOST_AUTO_TEST_SUITE_END()
