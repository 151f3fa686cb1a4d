#include "clients/folder.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <csignal>

#include "scratch.h"

namespace fs = std::filesystem;

namespace {

unsigned mode_of(std::string const& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 ? info.st_mode & 07777u : 0;
}

void make_old(fs::path const& path) {
  fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(1));
}

struct Here {
  scratch::Folder base;
  scratch::Variable runtime{"XDG_RUNTIME_DIR", base.path()};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(folder, Here)

BOOST_AUTO_TEST_CASE(a_folder_is_for_its_owner_only_and_gone_with_the_object) {
  std::string path;
  {
    clients::Folder const folder;
    path = folder.path();
    BOOST_TEST(mode_of(path) == 0700u);
    BOOST_TEST(path.starts_with(base.path()));
    scratch::write(path + "/file", "x");
  }
  BOOST_TEST(!fs::exists(path));
}

BOOST_AUTO_TEST_CASE(a_folder_whose_owner_was_killed_is_swept) {
  int pipe_ends[2];
  BOOST_REQUIRE(pipe(pipe_ends) == 0);
  auto const owner = fork();
  if (owner == 0) {
    clients::Folder const folder;
    [[maybe_unused]] auto const size = write(pipe_ends[1], folder.path().data(), folder.path().size());
    pause();
  }
  char text[4096] = {};
  BOOST_REQUIRE(read(pipe_ends[0], text, sizeof text - 1) > 0);
  close(pipe_ends[0]), close(pipe_ends[1]);
  make_old(text);
  { clients::Folder const while_it_lives; }
  BOOST_TEST(fs::exists(text));
  kill(owner, SIGKILL);
  waitpid(owner, nullptr, 0);
  { clients::Folder const afterwards; }
  BOOST_TEST(!fs::exists(text));
}

BOOST_AUTO_TEST_CASE(what_is_not_ours_is_not_swept) {
  fs::create_directory(base / "other-folder");
  fs::create_directory(base / "helm-coder-shared");  // ours are 0700
  fs::permissions(base / "helm-coder-shared", fs::perms(0755));
  fs::create_directory_symlink("/", base / "helm-coder-link");
  make_old(base / "helm-coder-shared");
  { clients::Folder const folder; }
  BOOST_TEST(fs::exists(base / "other-folder"));
  BOOST_TEST(fs::exists(base / "helm-coder-shared"));
  BOOST_TEST(fs::is_symlink(base / "helm-coder-link"));
}

BOOST_AUTO_TEST_CASE(a_base_that_is_too_long_for_a_socket_is_passed_over_for_one_in_memory) {
  auto const deep = base.path() + "/" + std::string(80, 'x');
  fs::create_directory(deep);
  scratch::Variable const runtime_too_long("XDG_RUNTIME_DIR", deep), no_tmp("TMPDIR", {});
  clients::Folder const folder;
  auto const in_memory = access("/dev/shm", W_OK | X_OK) == 0;
  BOOST_TEST(folder.path().starts_with(in_memory ? "/dev/shm/helm-coder-" : "/tmp/helm-coder-"));
}

BOOST_AUTO_TEST_CASE(a_file_is_written_whole_for_its_owner_only) {
  auto const path = (base / "values.yaml").string();
  BOOST_TEST(!clients::write_file(path, "old").has_value());
  BOOST_TEST(!clients::write_file(path, std::string("new\0", 4)).has_value());
  BOOST_TEST(mode_of(path) == 0600u);
  BOOST_TEST(clients::read_file(path, nullptr).value() == std::string("new\0", 4));
  BOOST_TEST(std::distance(fs::directory_iterator(base.path()), fs::directory_iterator()) == 1);
}

BOOST_AUTO_TEST_CASE(a_failure_names_the_file_and_the_reason) {
  auto const reason = clients::write_file((base / "none/values.yaml").string(), "x");
  BOOST_TEST(reason.value_or("") ==
             "can't write " + (base / "none/values.yaml").string() + ": No such file or directory");
  std::string why;
  BOOST_TEST(!clients::read_file((base / "none").string(), &why).has_value());
  BOOST_TEST(why == "can't read " + (base / "none").string() + ": No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_named_and_leaves_nothing) {
  // A file size limit fails a write in the same place; a real full disk needs a mount of its own.
  auto const child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    rlimit const limit{10'000, 10'000};
    setrlimit(RLIMIT_FSIZE, &limit);
    auto const reason = clients::write_file((base / "big").string(), std::string(100'000, 'x'));
    _exit(reason && reason->find("File too large") != std::string::npos ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  BOOST_TEST(status == 0);
  BOOST_TEST(fs::is_empty(base.path()));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_too_large_is_refused) {
  scratch::write(base / "big", std::string(2'000, 'x'));
  std::string why;
  BOOST_TEST(!clients::read_file((base / "big").string(), &why, 1'000).has_value());
  BOOST_TEST(why.find("more than 1000 bytes") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
