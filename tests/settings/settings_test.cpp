#include "settings/settings.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <tuple>

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
    for (auto const* name : {"HELM_CONFIG_HOME", "HELM_CODER_CONFIG", "HELM_CODER_IGNORE", "HELM_CODER_TIMEOUT", "HELM_NAMESPACE", "HELM_DEBUG",
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
  file("# ours\nignore = HC302 until 2026-12-31: the Service is made anew by hand, see #42\n\ntimeout = 10m # a blank behind it\n"
       "  ignore=quota until 2027-01-01 : a=b: c\r\n");
  auto const all = settings::load();
  BOOST_TEST(all.problem == "");
  BOOST_REQUIRE(all.ignored.size() == 2u);
  auto const& [first, second] = std::tie(all.ignored[0], all.ignored[1]);
  BOOST_TEST((first.check == "HC302" && first.until == "2026-12-31" && first.line == 2 && first.file == folder + "/helm-coder.conf"));
  BOOST_TEST(first.reason == "the Service is made anew by hand, see #42");
  BOOST_TEST((second.check == "quota" && second.until == "2027-01-01" && second.reason == "a=b: c" && second.line == 5));
  BOOST_TEST(all.timeout == "10m");
}

BOOST_AUTO_TEST_CASE(the_file_sets_limits_and_names_folders_from_its_own) {
  file("checks = ours\nchecks = /etc/checks\nchecks = ~/mine\ncheck-time-limit = 30s\nindex-age = 7d\ncertificate-renewal = 14d\nrecord-size = 90%\nconnections-per-replica = 20\n");
  auto const all = settings::load();
  BOOST_TEST(all.problem == "");
  BOOST_TEST(all.check_folders == (std::vector<std::string>{folder + "/ours", "/etc/checks", std::getenv("HOME") + std::string("/mine")}), boost::test_tools::per_element());
  BOOST_TEST((all.check_seconds == 30 && all.index_seconds == 7 * 86400 && all.certificate_seconds == 14 * 86400 && all.record_percent == 90 && all.connections_per_replica == 20));
}

BOOST_AUTO_TEST_CASE(a_file_may_be_named_by_the_caller_or_by_the_environment_and_must_be_there_then) {
  std::ofstream(folder + "/ours.conf") << "timeout = 11m\n";
  file("timeout = 10m\n");
  BOOST_TEST(settings::load(folder + "/ours.conf").timeout == "11m");
  setenv("HELM_CODER_CONFIG", (folder + "/ours.conf").c_str(), 1);
  BOOST_TEST(settings::load().timeout == "11m");
  setenv("HELM_CODER_CONFIG", "/nonexistent.conf", 1);
  BOOST_TEST(settings::load().problem == "the configuration file /nonexistent.conf can't be read: No such file or directory");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_in_the_file_is_told_with_its_line) {
  constexpr auto usage = "; write ignore = CODE until 2026-12-31: the reason";
  std::pair<char const*, std::string> const rows[] = {
      {"ignore = HC311", std::string("ignore has to say until when") + usage},
      {"ignore = HC311: it is ours", std::string("ignore has to say until when") + usage},
      {"ignore = HC311 until 2026-12-31", std::string("ignore has to say why") + usage},
      {"ignore = HC311 until 2026-12-31: # ours", std::string("ignore has to say why") + usage},
      {"ignore = HC311 until tomorrow: it is ours", std::string("\"tomorrow\" is no date") + usage},
      {"ignore = HC311 until 2026-02-30: it is ours", std::string("\"2026-02-30\" is no date") + usage},
      {"ignore = HC311 HC312 until 2026-12-31: ours", std::string("\"HC311 HC312 until 2026-12-31: ours\" names no check") + usage},
      {"ignroe = HC311", "unknown key \"ignroe\"; did you mean ignore?"},
      {"certificates = 3", "unknown key \"certificates\"; the file may hold ignore, timeout, checks, check-time-limit, index-age, certificate-renewal, record-size, connections-per-replica"},
      {"[checks]", "there are no sections; take \"[checks]\" out"},
      {"what is this", "\"what is this\" is not of the form KEY = VALUE"},
      {"timeout = 10", "the time-out \"10\" is no duration; write timeout = 10m"},
      {"timeout = 7d", "the time-out \"7d\" is no duration; write timeout = 10m"},
      {"certificate-renewal = 0d", "certificate-renewal \"0d\" is no duration; write certificate-renewal = 14d"},
      {"index-age = soon", "index-age \"soon\" is no duration; write index-age = 7d"},
      {"record-size = 120%", "record-size \"120%\" is no number from 1 to 100; write record-size = 90%"},
      {"connections-per-replica = 0", "connections-per-replica \"0\" is no number from 1 to 10000; write connections-per-replica = 30"},
      {"checks =", "checks has to name a folder"}};
  for (auto const& [line, sentence] : rows) {
    file(std::string("# ours\n") + line + "\n");
    auto const all = settings::load();
    BOOST_TEST(all.problem == folder + "/helm-coder.conf:2: " + sentence);
    BOOST_TEST(all.ignored.empty());
  }
  file("timeout = 1m\n\ntimeout = 2m\n");
  BOOST_TEST(settings::load().problem == folder + "/helm-coder.conf:3: timeout is set in line 1 already");
}

BOOST_AUTO_TEST_CASE(the_environment_wins_over_the_file_and_adds_to_what_is_ignored) {
  file("ignore = HC302 until 2026-12-31: ours\ntimeout = 10m\n");
  setenv("HELM_CODER_TIMEOUT", "20m", 1);
  setenv("HELM_CODER_IGNORE", "HC101, HC306", 1);
  auto const all = settings::load();
  BOOST_TEST(all.timeout == "20m");
  std::vector<std::string> checks;
  for (auto const& each : all.ignored) checks.push_back(each.check);
  BOOST_TEST(checks == (std::vector<std::string>{"HC101", "HC306", "HC302"}), boost::test_tools::per_element());
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
