#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace clients {

// A folder of ours for short-lived files, mode 0700, gone with the object. Those that a killed run left are swept when the
// next is made. In XDG_RUNTIME_DIR, TMPDIR, /dev/shm or /tmp, whichever is there; its path is short enough for a Unix socket in it.
class Folder {
 public:
  Folder();  // throws std::runtime_error with a sentence for the person
  ~Folder();
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  std::string const& path() const { return path_; }

 private:
  struct Lock;
  std::string path_;
  std::unique_ptr<Lock> lock_;
};

// Writes a file of mode 0600: a new name, synced, then renamed, so that it is whole or not there. Nothing on success,
// else the reason.
std::optional<std::string> write_file(std::string const& path, std::string_view text);

// Puts a new text in the place of a person's file, whole or not at all, with its mode and, as far as that may be, its owner; a
// link stays one. The old file is kept beside it under the name that `backup` gets. Nothing is done if the file no longer
// holds `old`. Nothing on success, else the reason.
std::optional<std::string> replace_file(std::string const& path, std::string_view old, std::string_view text, std::string* backup);

std::optional<std::string> read_file(std::string const& path, std::string* why, std::size_t most = 64u << 20);

}  // namespace clients
