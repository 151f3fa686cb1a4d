#include "collect/target.h"

#include <boost/test/unit_test.hpp>

#include "base/bytes.h"
#include "clients/folder.h"
#include "clients/process.h"
#include "collect/chart_files.h"
#include "collect/fake_helm.h"

using collect::Pulled;
using state::Unknown;

namespace {

struct Here : FakeHelm {
  std::string chart = (folder / "src/coder").string();
  state::Request request;
  std::vector<std::string> flags;
  state::Seen<state::Repository> repository =
      state::Repository{.name = "coder", .added = true, .index_age = 1, .versions = {"1.21.7", "1.21.0"}};

  Here() {
    std::filesystem::create_directories(chart + "/templates");
    scratch::write(chart + "/Chart.yaml",
                   "name: coder\nversion: 1.21.7\nappVersion: 1.21\nkubeVersion: '>= 1.19.0-0'\n");
    scratch::write(chart + "/values.yaml", "coderd: {image: x, tls: {}}\nlist: [1]\n");
    program("case $1 in pull) cp " + archive() + " \"$4\"/;; esac");
  }
  std::string archive() {
    auto const path = (folder / "coder-1.21.7.tgz").string();
    clients::run({.argv = {"tar", "--format=ustar", "-czf", path, "-C", (folder / "src").string(), "coder"}});
    return path;
  }
  state::Seen<Pulled> look() { return collect::target(helm(), request, flags, repository, folder.path()); }
  std::string why() { return std::get<Unknown>(look()).why; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(target, Here)

BOOST_AUTO_TEST_CASE(a_chart_of_a_repository_is_pulled_once) {
  request.version = "1.21";
  flags = {"--username", "bob"};
  auto const pulled = std::get<Pulled>(look());
  BOOST_TEST(pulled.chart == (folder / "chart/coder-1.21.7.tgz").string());
  BOOST_TEST(pulled.choice == "1.21.7, the newest of 1.21");
  BOOST_TEST(pulled.target.name == "coder");
  BOOST_TEST(pulled.target.version == "1.21.7");
  BOOST_TEST(pulled.target.app_version == "1.21");
  BOOST_TEST(pulled.target.kube_version == ">= 1.19.0-0");
  BOOST_TEST(pulled.target.digest == base::sha256_hex(scratch::text_of(pulled.chart)));
  BOOST_TEST(pulled.target.keys == (std::vector<std::string>{"coderd", "coderd.image", "coderd.tls", "list"}),
             boost::test_tools::per_element());
  BOOST_TEST(calls() == "pull coder/coder -d " + (folder / "chart").string() + " --username bob --version 1.21.7\n");
}

BOOST_AUTO_TEST_CASE(a_file_whose_name_this_locale_can_not_write_is_another_file) {
  std::filesystem::remove(chart + "/values.yaml");
  scratch::write(chart + "/Ärger.md", "x\n");
  auto const path = (folder / "odd.tgz").string();
  // The first entry, and its name in a header of its own, as Go writes it.
  clients::run({.argv = {"tar", "--format=pax", "-czf", path, "-C", (folder / "src").string(), "coder/Ärger.md", "coder"}});
  std::string why;
  BOOST_TEST(collect::read_chart(path, &why).has_value(), why);
}

BOOST_AUTO_TEST_CASE(a_long_key_with_many_below_it_does_not_fill_the_memory) {
  constexpr std::size_t depth = 20;  // a key may have a thousand characters
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += std::string(i, ' ') + std::string(1'000, 'k') + ":\n";
  for (int i = 0; i < 5'000; ++i) text += std::string(depth, ' ') + "a" + std::to_string(i) + ": 1\n";
  scratch::write(chart + "/values.yaml", text);
  request.chart = chart;
  BOOST_TEST(why().ends_with("has more keys in its values.yaml, or longer ones, than can be looked at"), why());
}

BOOST_AUTO_TEST_CASE(an_archive_that_was_pulled_before_is_found_by_the_digest_of_the_index) {
  scratch::Variable const cache_home("HELM_CACHE_HOME", (folder / "cache").string());
  request.version = "1.21.7";
  auto const digest = base::sha256_hex(scratch::text_of(archive()));
  std::get<state::Repository>(repository).digests["1.21.7"] = digest;
  auto const bytes = scratch::text_of(std::get<Pulled>(look()).chart);
  program("exit 1");
  auto const again = std::get<Pulled>(look());
  BOOST_TEST(again.chart == (folder / "chart/coder-1.21.7.tgz").string());
  BOOST_TEST(scratch::text_of(again.chart) == bytes);
  flags = {"--verify"};
  BOOST_TEST(why().starts_with("Helm can't fetch coder/coder 1.21.7"));
  flags.clear();
  scratch::write(folder / ("cache/coder/charts/" + digest + ".tgz"), "another one");
  BOOST_TEST(why().starts_with("Helm can't fetch coder/coder 1.21.7"));
}

BOOST_AUTO_TEST_CASE(an_archive_that_is_not_what_the_index_says_is_not_kept) {
  scratch::Variable const cache_home("HELM_CACHE_HOME", (folder / "cache").string());
  request.version = "1.21.7";
  std::get<state::Repository>(repository).digests["1.21.7"] = std::string(64, 'a');
  std::get<Pulled>(look());
  BOOST_TEST(!std::filesystem::exists(folder / "cache"));
}

BOOST_AUTO_TEST_CASE(a_folder_stays_where_it_is) {
  request.chart = chart;
  auto const pulled = std::get<Pulled>(look());
  BOOST_TEST(pulled.chart == chart);
  BOOST_TEST(pulled.target.digest.empty());
  BOOST_TEST(pulled.choice == "1.21.7");
  BOOST_TEST(calls().empty());
}

BOOST_AUTO_TEST_CASE(an_archive_stays_where_it_is) {
  request.chart = archive();
  BOOST_TEST(std::get<Pulled>(look()).target.digest == base::sha256_hex(scratch::text_of(request.chart)));
}

BOOST_AUTO_TEST_CASE(a_local_chart_of_another_version_is_refused) {
  request.chart = chart;
  request.version = "1.22.0";
  BOOST_TEST(why() == chart + " is version 1.21.7, not 1.22.0");
}

BOOST_AUTO_TEST_CASE(an_oci_reference_is_left_to_helm) {
  repository = state::Repository{.needed = false};
  request.chart = "oci://host/coder";
  request.version = "~1.21";
  BOOST_TEST(std::get<Pulled>(look()).choice == "1.21.7");
  BOOST_TEST(calls() == "pull oci://host/coder -d " + (folder / "chart").string() + " --version ~1.21\n");
}

BOOST_AUTO_TEST_CASE(what_stands_in_the_way_is_said) {
  request.version = "1.21.9";
  BOOST_TEST(why() == "coder/coder: there is no version 1.21.9; the nearest is 1.21.7");
  repository = state::Repository{.name = "coder", .added = true};
  BOOST_TEST(why() == "the index of the repository coder was never fetched");
  repository = state::Repository{.name = "coder"};
  BOOST_TEST(why() == "Helm does not know the repository coder");
  request.chart = "./nowhere";
  BOOST_TEST(why() == "there is no chart at ./nowhere");
  repository = Unknown{"no idea", ""};
  BOOST_TEST(why() == "no idea");
}

BOOST_AUTO_TEST_CASE(what_helm_says_is_the_reason) {
  program("echo 'Error: Get \"https://host\": no such host' >&2; exit 1");
  BOOST_TEST(why() == "Helm can't fetch coder/coder 1.21.7: Get \"https://host\": no such host");
}

BOOST_AUTO_TEST_CASE(what_is_no_chart_is_refused) {
  scratch::write(folder / "no.tgz", "hello");
  request.chart = (folder / "no.tgz").string();
  BOOST_TEST(why() == request.chart + " is no chart archive, or a part of one");
  std::filesystem::remove(chart + "/Chart.yaml");
  request.chart = chart;
  BOOST_TEST(why().find("Chart.yaml: No such file") != std::string::npos);
  scratch::write(chart + "/Chart.yaml", "a: [");
  BOOST_TEST(why().starts_with("Chart.yaml of " + chart + " can't be read"));
  scratch::write(chart + "/Chart.yaml", "a: b");
  BOOST_TEST(why().find("names no chart") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_broken_archive_is_refused) {
  auto const refused = [&](std::string const& tar) {
    scratch::write(folder / "broken.tgz", base::to_gzip(tar));
    request.chart = (folder / "broken.tgz").string();
    return why() == request.chart + " is no chart archive, or a part of one";
  };
  BOOST_TEST(refused(""));
  BOOST_TEST(refused(std::string(5'000, 'x')));
  BOOST_TEST(refused(std::string(5'000, '\0')));
  std::string longer_than_it_is(512, '\0');
  longer_than_it_is.replace(0, 16, "coder/Chart.yaml").replace(124, 11, "77777777777").replace(156, 1, "0");
  BOOST_TEST(refused(longer_than_it_is));
  auto const whole = clients::read_file(archive(), nullptr).value();
  scratch::write(folder / "half.tgz", whole.substr(0, whole.size() / 2));
  request.chart = (folder / "half.tgz").string();
  BOOST_TEST(why() == request.chart + " is no chart archive, or a part of one");
}

BOOST_AUTO_TEST_CASE(a_file_of_a_subchart_is_not_taken_for_the_charts_own) {
  std::filesystem::create_directories(chart + "/charts/a");
  scratch::write(chart + "/charts/a/Chart.yaml", "name: a\nversion: 9.9.9\n");
  request.chart = archive();
  BOOST_TEST(std::get<Pulled>(look()).target.version == "1.21.7");
}

BOOST_AUTO_TEST_SUITE_END()
