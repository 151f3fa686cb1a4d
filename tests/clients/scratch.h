#pragma once

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

namespace scratch {

// A folder of the test's own, gone with it.
class Folder {
 public:
  Folder() {
    std::string path = (std::filesystem::temp_directory_path() / "helm-coder-test-XXXXXX").string();
    if (mkdtemp(path.data())) path_ = path;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

inline void write(std::filesystem::path const& path, std::string const& text) { std::ofstream(path) << text; }

// A program in POSIX sh.
inline std::string script(std::filesystem::path const& path, std::string const& body) {
  write(path, "#!/bin/sh\n" + body + "\n");
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path.string();
}

inline std::string text_of(std::filesystem::path const& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Sets a variable, or unsets it, until the end of the scope.
class Variable {
 public:
  Variable(char const* name, std::optional<std::string> const& value) : name_(name) {
    if (char const* now = std::getenv(name)) before_ = now;
    assign(value);
  }
  ~Variable() { assign(before_); }
  Variable(Variable const&) = delete;

 private:
  void assign(std::optional<std::string> const& value) {
    if (value) {
      setenv(name_, value->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  char const* name_;
  std::optional<std::string> before_;
};

// Waits for something that another process does. False after ten seconds.
template <class Condition>
bool until(Condition condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace scratch
