#include "clients/folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <initializer_list>
#include <stdexcept>
#include <vector>

#include "clients/child.h"

namespace clients {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "helm-coder-";
constexpr std::size_t longest_base = 70;  // a Unix socket's path has 107 bytes
constexpr std::time_t settling = 60;      // seconds in which a new folder may not be locked yet

std::string reason_of_errno() { return std::strerror(errno); }

// /dev/shm is in memory, which keeps what is secret off the disk, and is faster.
std::string base_folder() {
  for (char const* path : std::initializer_list<char const*>{std::getenv("XDG_RUNTIME_DIR"), std::getenv("TMPDIR"), "/dev/shm"}) {
    struct stat info {};
    if (path && *path == '/' && std::strlen(path) <= longest_base && stat(path, &info) == 0 && S_ISDIR(info.st_mode) &&
        access(path, W_OK | X_OK) == 0)
      return path;
  }
  return "/tmp";
}

// The lock says that the owner lives: it holds across PID namespaces and goes with the process, however that ends.
Fd lock_folder(std::string const& path) {
  Fd fd(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!fd || flock(fd.get(), LOCK_EX | LOCK_NB) != 0) return {};
  return fd;
}

bool is_leftover(fs::directory_entry const& entry) {
  struct stat info {};
  return entry.path().filename().string().starts_with(prefix) && lstat(entry.path().c_str(), &info) == 0 &&
         S_ISDIR(info.st_mode) && (info.st_mode & 07777) == 0700 && info.st_uid == geteuid() &&
         info.st_mtime + settling < std::time(nullptr);
}

void sweep(std::string const& base) {
  std::error_code error;
  for (fs::directory_iterator each(base, fs::directory_options::skip_permission_denied, error), end;
       !error && each != end; each.increment(error)) {
    if (!is_leftover(*each)) continue;
    if (auto const lock = lock_folder(each->path())) {
      std::error_code ignored;
      fs::remove_all(each->path(), ignored);
    }
  }
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    auto const size = write(fd, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return fsync(fd) == 0;
}

// So that the new name outlives a power cut too. Some file systems can't; then it is as good as it gets.
void sync_folder_of(std::string const& path) {
  auto const parent = fs::path(path).parent_path();
  Fd const fd(open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd) fsync(fd.get());
}

// A file of mode 0600 that is written beside another one, to take its place when it is whole. Else it goes with this.
class Part {
 public:
  explicit Part(std::string const& path) : name_(path + ".part-XXXXXX"), fd_(mkostemp(name_.data(), O_CLOEXEC)) {}
  ~Part() {
    if (fd_ && !placed_) unlink(name_.c_str());
  }
  Part(Part const&) = delete;
  Part& operator=(Part const&) = delete;

  explicit operator bool() const { return static_cast<bool>(fd_); }
  int fd() const { return fd_.get(); }
  std::string const& name() const { return name_; }

  bool take_the_place_of(std::string const& path) {
    placed_ = rename(name_.c_str(), path.c_str()) == 0;
    if (placed_) sync_folder_of(path);
    return placed_;
  }

 private:
  std::string name_;
  Fd fd_;
  bool placed_ = false;
};

// A copy beside the file, under a name that is free.
std::optional<std::string> keep_copy(fs::path const& path, std::string* backup) {
  std::error_code error;
  for (int i = 0; i < 100; ++i) {
    auto const name = path.string() + ".bak" + (i == 0 ? "" : "-" + std::to_string(i));
    if (fs::copy_file(path, name, error)) {
      *backup = name;
      return {};
    }
    if (error != std::errc::file_exists) return "can't keep a copy as " + name + ": " + error.message();
  }
  return "there are " + path.string() + ".bak to .bak-99 already; move them away";
}

}  // namespace

struct Folder::Lock {
  Fd fd;
};

Folder::Folder() {
  auto const base = base_folder();
  sweep(base);
  path_ = base + "/" + std::string(prefix) + "XXXXXX";
  if (!mkdtemp(path_.data()))
    throw std::runtime_error("can't make a folder in " + base + ": " + reason_of_errno() + ".");
  lock_ = std::make_unique<Lock>(Lock{lock_folder(path_)});
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::optional<std::string> write_file(std::string const& path, std::string_view text) {
  Part part(path);
  if (!part || !write_all(part.fd(), text) || !part.take_the_place_of(path)) return "can't write " + path + ": " + reason_of_errno();
  return {};
}

std::optional<std::string> replace_file(std::string const& path, std::string_view old, std::string_view text, std::string* backup) {
  std::error_code error;
  auto const real = fs::canonical(path, error);
  struct stat info {};
  if (error || stat(real.c_str(), &info) != 0) return "can't find " + path + ": " + (error ? error.message() : reason_of_errno());
  if (!S_ISREG(info.st_mode)) return path + " is no regular file";
  Part part(real.string());
  if (!part) return "can't write beside " + real.string() + ": " + reason_of_errno();
  if (fchown(part.fd(), info.st_uid, info.st_gid) != 0) errno = 0;  // it stays ours then
  if (fchmod(part.fd(), info.st_mode & 07777) != 0 || !write_all(part.fd(), text)) return "can't write " + part.name() + ": " + reason_of_errno();
  if (read_file(real.string(), nullptr) != old) return path + " has changed in the meantime; nothing was written";
  if (auto why = keep_copy(real, backup)) return why;
  if (!part.take_the_place_of(real.string())) return "can't write " + path + ": " + reason_of_errno();
  return {};
}

std::optional<std::string> read_file(std::string const& path, std::string* why, std::size_t most) {
  auto const fail = [&](std::string const& reason) -> std::optional<std::string> {
    if (why) *why = "can't read " + path + ": " + reason;
    return {};
  };
  Fd const fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));  // a FIFO must not hold us
  if (!fd) return fail(reason_of_errno());
  std::string text;
  std::vector<char> bytes(64 * 1024);
  for (;;) {
    auto const size = read(fd.get(), bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return fail(reason_of_errno());
    if (size == 0) return text;
    text.append(bytes.data(), static_cast<std::size_t>(size));
    if (text.size() > most) return fail("more than " + std::to_string(most) + " bytes");
  }
}

}  // namespace clients
