#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "clients/child.h"

namespace clients {
namespace {

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    auto const size = write(fd, content.data(), content.size());
    if (size < 0 && errno != EINTR) return false;
    content.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  }
  return true;
}

[[noreturn]] void no_memory() {
  throw std::runtime_error(std::string("no file can be made in memory: ") + std::strerror(errno));
}

}  // namespace

int above_streams(int fd) {
  if (fd < 0 || fd > 2) return fd;
  int const moved = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  close(fd);
  return moved;
}

int make_memory_file(std::string_view content) {
  int const fd = memfd_create("helm-coder", MFD_CLOEXEC);
  if (fd >= 0) fchmod(fd, 0600);  // libpq wants nobody else to be able to read a key
  if (fd >= 0 && !write_all(fd, content)) {
    close(fd);
    return -1;
  }
  if (fd >= 0) lseek(fd, 0, SEEK_SET);
  return fd;
}

MemoryFile::MemoryFile(std::string_view content) : fd_(make_memory_file(content)) {
  if (fd_ < 0) no_memory();
}

MemoryFile::~MemoryFile() { close(fd_); }

void MemoryFile::append(std::string_view content) {
  lseek(fd_, 0, SEEK_END);
  if (!write_all(fd_, content)) no_memory();
}

LateFile::LateFile() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) no_memory();
  read_ = above_streams(ends[0]);
  write_ = above_streams(ends[1]);
}

LateFile::~LateFile() {
  if (write_ >= 0) close(write_);
  close(read_);
}

bool LateFile::fill(std::string_view content) {
  if (write_ < 0) return false;
  constexpr std::size_t default_size = 64u << 10;
  bool const fits = content.size() <= default_size || fcntl(write_, F_SETPIPE_SZ, static_cast<int>(content.size())) >= 0;
  bool const filled = fits && write_all(write_, content);  // our own reading end is open: the pipe never breaks
  close(write_);
  write_ = -1;
  return filled;
}

}  // namespace clients
