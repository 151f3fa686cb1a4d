#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace actions {

// A folder of mode 0700 under Helm's data home, with what may have to be put back. It holds secrets.
class Backup {
 public:
  // $HELM_DATA_HOME/coder/backups, or where Helm would have its data home.
  static std::string home();

  // HOME/NAMESPACE-RELEASE-TIME, where nothing has this name yet.
  static std::string folder_for(std::string const& home, std::string const& name_space, std::string const& release, std::int64_t now);

  explicit Backup(std::string folder) : folder_(std::move(folder)) {}
  std::string const& folder() const { return folder_; }

  // These throw std::runtime_error with a sentence for the person.
  void make();
  void save(std::string const& file, std::string_view content) const;  // "values.yaml", "objects/x.json"
  void save_object(std::string const& file, base::Json const& object) const;
  std::optional<base::Json> load(std::string const& file) const;  // nothing where there is none that can be read
  void discard();  // when nothing was done: it goes, and with it whatever make() had to make

 private:
  void make_parents(std::string const& path);
  std::string folder_;
  std::vector<std::string> made_;
};

}  // namespace actions
