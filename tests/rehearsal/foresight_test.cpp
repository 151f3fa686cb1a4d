#include "rehearsal/foresight.h"

#include <filesystem>

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"

using rehearsal::Foresight;
using rehearsal::Read;

namespace {

struct Fixture {
  scratch::Folder folder;
  scratch::Variable cache{"HELM_CACHE_HOME", folder.path()};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(foresight, Fixture)

BOOST_AUTO_TEST_CASE(what_was_read_is_known_the_next_time_for_this_release_only) {
  std::vector<Read> const reads = {{"/version"}, {"/openapi/v2", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"}};
  Foresight("a").keep(reads, 7);
  BOOST_TEST((Foresight("a").reads() == reads));
  BOOST_TEST(Foresight("a").base() == 7);
  BOOST_TEST(Foresight("b").reads().empty());
  BOOST_TEST(Foresight("b").base() == 0);
}

BOOST_AUTO_TEST_CASE(a_broken_file_is_nothing_foreseen) {
  Foresight("a").keep({{"/version"}}, 1);
  for (auto const& file : std::filesystem::directory_iterator(folder / "coder/foresight")) scratch::write(file.path(), "[{\"target\":");
  BOOST_TEST(Foresight("a").reads().empty());
}

BOOST_AUTO_TEST_CASE(another_base_is_kept_though_the_reads_are_the_same) {
  for (int base : {1, 2}) Foresight("a").keep({{"/version"}}, base);
  BOOST_TEST(Foresight("a").base() == 2);
}

BOOST_AUTO_TEST_CASE(a_base_that_is_no_revision_is_not_foreseen) {
  Foresight("a").keep({{"/version"}}, 1);
  for (auto const& file : std::filesystem::directory_iterator(folder / "coder/foresight")) scratch::write(file.path(), R"({"base":-3,"reads":[]})");
  BOOST_TEST(Foresight("a").base() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
