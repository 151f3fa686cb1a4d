#include "settings/settings.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

namespace {

// A configuration folder and an environment of its own, undone at the end.
struct Home {
  std::string folder = (std::filesystem::temp_directory_path() / ("helm-coder-settings." + std::to_string(getpid()))).string();
  Home() {
    std::filesystem::create_directories(folder);
    clear();
    setenv("HELM_CONFIG_HOME", folder.c_str(), 1);
  }
  ~Home() {
    clear();
    std::filesystem::remove_all(folder);
  }
  void file(std::string const& text) const { std::ofstream(folder + "/helm-coder.conf") << text; }
  static void clear() {
    for (auto const* name : {"HELM_CONFIG_HOME", "HELM_CODER_IGNORE", "HELM_CODER_TIMEOUT", "HELM_NAMESPACE", "HELM_DEBUG",
                             "HELM_KUBECONTEXT", "HELM_CODER_DATABASE_URL"})
      unsetenv(name);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(settings_suite, Home)

BOOST_AUTO_TEST_CASE(nothing_set_is_all_defaults) {
  auto const all = settings::load();
  BOOST_TEST(all.problem == "");
  BOOST_TEST(all.ignored.empty());
  BOOST_TEST(all.timeout == "");
}

BOOST_AUTO_TEST_CASE(the_file_says_what_to_ignore_and_how_long_to_wait) {
  file("# ours\nignore = HC302\nignore = immutable-fields\ntimeout = 10m\n");
  auto const all = settings::load();
  BOOST_TEST(all.problem == "");
  BOOST_TEST(all.ignored == (std::vector<std::string>{"HC302", "immutable-fields"}), boost::test_tools::per_element());
  BOOST_TEST(all.timeout == "10m");
}

BOOST_AUTO_TEST_CASE(the_environment_wins_over_the_file_and_adds_to_what_is_ignored) {
  file("ignore = HC302\ntimeout = 10m\n");
  setenv("HELM_CODER_TIMEOUT", "20m", 1);
  setenv("HELM_CODER_IGNORE", "HC101, HC306", 1);
  auto const all = settings::load();
  BOOST_TEST(all.timeout == "20m");
  BOOST_TEST(all.ignored == (std::vector<std::string>{"HC101", "HC306", "HC302"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_empty_variable_is_one_that_is_not_set) {
  file("timeout = 10m\n");
  setenv("HELM_CODER_TIMEOUT", "", 1);
  setenv("HELM_KUBECONTEXT", "", 1);
  BOOST_TEST(settings::load().timeout == "10m");
}

BOOST_AUTO_TEST_CASE(what_an_outer_helm_swallowed_arrives) {
  setenv("HELM_NAMESPACE", "platform", 1);
  setenv("HELM_KUBECONTEXT", "lab", 1);
  setenv("HELM_DEBUG", "true", 1);
  auto const all = settings::load();
  BOOST_TEST(all.name_space == "platform");
  BOOST_TEST(all.kube_context == "lab");
  BOOST_TEST(all.debug);
}

BOOST_AUTO_TEST_CASE(a_file_that_can_not_be_used_says_which_and_why) {
  file("ignroe = HC302\n");
  auto const all = settings::load();
  BOOST_TEST(all.problem.find(folder + "/helm-coder.conf") == 0u);
  BOOST_TEST(all.problem.find("ignroe") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_folder_in_place_of_the_file_is_a_problem_not_a_crash) {
  std::filesystem::create_directories(folder + "/helm-coder.conf");
  BOOST_TEST(settings::load().problem != "");
}

BOOST_AUTO_TEST_SUITE_END()
