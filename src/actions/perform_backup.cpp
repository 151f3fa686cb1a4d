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

void make_folder(std::string const& path) {
  if (mkdir(path.c_str(), 0700) != 0) throw std::runtime_error("can't make the folder " + path + " for the backup: " + std::strerror(errno));
}

}  // namespace

std::string Backup::home() {
  auto data = variable("HELM_DATA_HOME");
  if (data.empty() && !variable("XDG_DATA_HOME").empty()) data = variable("XDG_DATA_HOME") + "/helm";
  if (data.empty()) data = variable("HOME") + "/.local/share/helm";
  return data + "/coder/backups";
}

std::string Backup::folder_for(std::string const& home, std::string const& name_space, std::string const& release, std::int64_t now) {
  auto time = clients::format_time(now);
  std::erase_if(time, [](char c) { return c == ':' || c == '-'; });
  auto const first = home + "/" + name_space + "-" + release + "-" + time;
  auto folder = first;
  std::error_code error;
  for (int i = 2; std::filesystem::exists(folder, error); ++i) folder = first + "-" + std::to_string(i);
  return folder;
}

void Backup::make_parents(std::string const& path) {
  std::error_code error;
  if (path.empty() || std::filesystem::is_directory(path, error)) return;
  make_parents(std::filesystem::path(path).parent_path().string());
  make_folder(path);
  made_.push_back(path);
}

void Backup::make() {
  try {
    make_parents(std::filesystem::path(folder_).parent_path().string());
    make_folder(folder_);
    made_.push_back(folder_);
    make_folder(folder_ + "/objects");
  } catch (std::runtime_error const&) {
    discard();
    throw;
  }
}

void Backup::save(std::string const& file, std::string_view content) const {
  if (auto const why = clients::write_file(folder_ + "/" + file, content)) throw std::runtime_error(*why);
}

void Backup::save_object(std::string const& file, base::Json const& object) const { save(file, base::to_pretty_text(object)); }

std::optional<base::Json> Backup::load(std::string const& file) const {
  auto const text = clients::read_file(folder_ + "/" + file, nullptr);
  return text ? base::parse_json(*text) : std::nullopt;
}

void Backup::discard() {
  std::error_code ignored;
  if (!made_.empty() && made_.back() == folder_) std::filesystem::remove_all(folder_, ignored);
  for (auto made = made_.rbegin(); made != made_.rend(); ++made) std::filesystem::remove(*made, ignored);  // only if it is empty
  made_.clear();
}

}  // namespace actions
