#include "clients/helm.h"

#include <boost/test/unit_test.hpp>

#include "scratch.h"

using clients::Ended;
using clients::Helm;

namespace {

Ended failed(std::string err) {
  Ended ended{.how = Ended::How::exited, .code = 1};
  ended.err = std::move(err);
  return ended;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(helm)

BOOST_AUTO_TEST_CASE(the_helm_that_an_outer_helm_names_comes_first) {
  scratch::Folder const folder;
  auto const path = scratch::script(folder / "my helm", "echo v3.10.1");
  scratch::Variable const bin("HELM_BIN", path);
  BOOST_TEST(Helm::find(nullptr).value().path() == path);
  BOOST_TEST(Helm::find(nullptr)->version(nullptr).value() == "3.10.1");
}

BOOST_AUTO_TEST_CASE(a_bare_name_is_looked_up_in_the_path) {
  scratch::Folder const folder;
  scratch::script(folder / "helm", "echo v4.2.4+g123");
  scratch::Variable const bin("HELM_BIN", "helm"), path("PATH", folder.path() + ":/usr/bin:/bin");
  BOOST_TEST(Helm::find(nullptr).value().path() == (folder / "helm").string());
  BOOST_TEST(Helm::find(nullptr)->version(nullptr).value() == "4.2.4");
}

BOOST_AUTO_TEST_CASE(a_relative_path_that_leads_nowhere_falls_back_to_the_path) {
  scratch::Folder const folder;
  scratch::script(folder / "helm", "echo v3.21.4");
  scratch::Variable const bin("HELM_BIN", "./nowhere/helm"), path("PATH", folder.path());
  BOOST_TEST(Helm::find(nullptr).value().path() == (folder / "helm").string());
}

BOOST_AUTO_TEST_CASE(no_helm_at_all_is_said) {
  scratch::Folder const folder;
  scratch::Variable const bin("HELM_BIN", {}), path("PATH", folder.path());
  std::string why;
  BOOST_TEST(!Helm::find(&why).has_value());
  BOOST_TEST(why == "no such program: helm");
}

BOOST_AUTO_TEST_CASE(plugins_and_debug_lines_are_off) {
  scratch::Folder const folder;
  auto const path = scratch::script(folder / "helm", "echo $HELM_NO_PLUGINS $HELM_DEBUG $HELM_NAMESPACE $*");
  scratch::Variable const bin("HELM_BIN", path), debug("HELM_DEBUG", "true"), space("HELM_NAMESPACE", "coder");
  BOOST_TEST(Helm::find(nullptr)->run({"list", "-o", "json"}).out == "1 false coder list -o json\n");
}

BOOST_AUTO_TEST_CASE(it_is_asked_for_the_namespace_that_it_would_take) {
  scratch::Folder const folder;
  scratch::Variable const bin("HELM_BIN", scratch::script(folder / "helm", "[ \"$*\" = 'env HELM_NAMESPACE' ] && echo platform"));
  BOOST_TEST(Helm::find(nullptr)->name_space().value() == "platform");
  scratch::script(folder / "helm", "exit 0");
  BOOST_TEST(!Helm::find(nullptr)->name_space().has_value());
  scratch::script(folder / "helm", "echo platform; exit 1");
  BOOST_TEST(!Helm::find(nullptr)->name_space().has_value());
}

BOOST_AUTO_TEST_CASE(a_version_that_is_none_is_told) {
  scratch::Folder const folder;
  scratch::Variable const bin("HELM_BIN", scratch::script(folder / "helm", "echo hello"));
  std::string why;
  BOOST_TEST(!Helm::find(nullptr)->version(&why).has_value());
  BOOST_TEST(why == "`helm version` printed no version");
}

BOOST_AUTO_TEST_CASE(the_last_error_line_is_what_helm_said) {
  BOOST_TEST(error_of(failed("level=WARN msg=x\nError: one\nError: UPGRADE FAILED: two\n")) == "UPGRADE FAILED: two");
  BOOST_TEST(error_of(failed("Error: first line\n  second line\n\nUsage:\n  helm x\n")) == "first line\n  second line");
  BOOST_TEST(error_of(failed("E0101 x.go] noise\nerror: context \"a\" does not exist\n")) ==
             "context \"a\" does not exist");
  BOOST_TEST(error_of(failed("something\nelse\n")) == "else");
  BOOST_TEST(error_of(failed("")) == "it ended with code 1 and said nothing");
  BOOST_TEST(error_of(Ended{.how = Ended::How::timed_out}) == "it did not end in time");
}

BOOST_AUTO_TEST_CASE(escape_sequences_in_what_helm_said_are_not_obeyed) {
  BOOST_TEST(error_of(failed("Error: \x1b[2Jgone\n")) == "\\x1b[2Jgone");
}

BOOST_AUTO_TEST_SUITE_END()
