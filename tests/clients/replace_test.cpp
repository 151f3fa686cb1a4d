#include <sys/stat.h>

#include <filesystem>

#include <boost/test/unit_test.hpp>

#include "clients/folder.h"

namespace {

namespace fs = std::filesystem;

struct Place {
  clients::Folder folder;
  std::string path = folder.path() + "/values.yaml";

  Place() {
    BOOST_TEST(!clients::write_file(path, "old"));
    chmod(path.c_str(), 0640);
  }
  std::string text(std::string const& name) const { return clients::read_file(folder.path() + "/" + name, nullptr).value_or("(none)"); }
  std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator())); }
  std::string replace(std::string const& old = "old") {
    std::string backup;
    auto const why = clients::replace_file(path, old, "new", &backup);
    return why ? *why : fs::path(backup).filename().string();
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(replacing)

BOOST_FIXTURE_TEST_CASE(the_old_file_is_kept_beside_the_new_one_with_its_mode, Place) {
  BOOST_TEST(replace() == "values.yaml.bak");
  BOOST_TEST(text("values.yaml") == "new");
  BOOST_TEST(text("values.yaml.bak") == "old");
  BOOST_TEST((fs::status(path).permissions() == fs::perms(0640)));
  BOOST_TEST(replace("new") == "values.yaml.bak-1");
  BOOST_TEST(text("values.yaml.bak") == "old");
  BOOST_TEST(files() == 3u);
}

BOOST_FIXTURE_TEST_CASE(a_link_stays_one, Place) {
  fs::rename(path, folder.path() + "/real.yaml");
  fs::create_symlink("real.yaml", path);
  BOOST_TEST(replace() == "real.yaml.bak");
  BOOST_TEST(fs::is_symlink(path));
  BOOST_TEST(text("real.yaml") == "new");
}

BOOST_FIXTURE_TEST_CASE(what_someone_else_has_changed_meanwhile_stays, Place) {
  BOOST_TEST(replace("older").ends_with("has changed in the meantime; nothing was written"));
  BOOST_TEST(text("values.yaml") == "old");
  BOOST_TEST(files() == 1u);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_file_is_refused, Place) {
  path = folder.path();
  BOOST_TEST(replace().ends_with("is no regular file"));
  path = folder.path() + "/none";
  BOOST_TEST(replace().find("can't find") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
