#include "actions/perform_backup.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include <sys/stat.h>

#include "clients/clock.h"
#include "clients/folder.h"

namespace actions {
namespace {

std::string variable(char const* name) {
  auto const* value = std::getenv(name);
  return value ? value : "";
}

// True if it was made, false if it was there.
bool make(std::string const& path) {
  if (mkdir(path.c_str(), 0700) == 0) return true;
  if (errno != EEXIST) throw std::runtime_error("can't make the folder " + path + ": " + std::strerror(errno));
  return false;
}

void make_all(std::filesystem::path const& path) {
  if (path.has_parent_path() && !std::filesystem::is_directory(path.parent_path())) make_all(path.parent_path());
  make(path.string());
}

}  // namespace

std::string Backup::home() {
  auto data = variable("HELM_DATA_HOME");
  if (data.empty() && !variable("XDG_DATA_HOME").empty()) data = variable("XDG_DATA_HOME") + "/helm";
  if (data.empty()) data = variable("HOME") + "/.local/share/helm";
  return data + "/coder/backups";
}

Backup::Backup(std::string const& home, std::string const& name_space, std::string const& release, std::int64_t now) {
  make_all(home);
  auto time = clients::format_time(now);
  std::erase_if(time, [](char c) { return c == ':' || c == '-'; });
  auto const base = home + "/" + name_space + "-" + release + "-" + time;
  folder_ = base;
  for (int i = 2; !make(folder_); ++i) folder_ = base + "-" + std::to_string(i);
  make(folder_ + "/objects");
}

void Backup::save(std::string const& file, std::string_view content) const {
  if (auto const why = clients::write_file(folder_ + "/" + file, content)) throw std::runtime_error(*why);
}

void Backup::save_object(std::string const& file, base::Json const& object) const { save(file, base::to_pretty_text(object)); }

std::optional<base::Json> Backup::load(std::string const& file) const {
  auto const text = clients::read_file(folder_ + "/" + file, nullptr);
  return text ? base::parse_json(*text) : std::nullopt;
}

void Backup::discard() const {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace actions
