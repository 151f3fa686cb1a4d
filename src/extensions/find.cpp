#include <algorithm>
#include <filesystem>

#include <unistd.h>

#include "base/text.h"
#include "extensions/extensions.h"

namespace extensions {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most = 100;

void add(std::string const& folder, bool asked, Found& found) {
  std::error_code trouble;
  fs::directory_iterator each(folder, trouble), end;
  if (trouble) {
    if (asked || trouble != std::errc::no_such_file_or_directory)
      found.troubles.push_back({base::printable(folder), "", "it can't be read: " + trouble.message(), report::Advice{"Name a folder that holds checks, or leave --checks out."}});
    return;
  }
  std::vector<std::string> here;
  for (; each != end && here.size() < most; each.increment(trouble)) {
    auto const path = fs::absolute(each->path(), trouble);
    auto const name = path.filename().string();
    if (!name.starts_with('.') && fs::is_regular_file(path, trouble) && access(path.c_str(), X_OK) == 0) here.push_back(path.string());
  }
  std::sort(here.begin(), here.end());
  found.executables.insert(found.executables.end(), here.begin(), here.end());
}

}  // namespace

Found find(std::vector<std::string> const& usual, std::vector<std::string> const& asked) {
  Found found;
  for (auto const& folder : usual) add(folder, false, found);
  for (auto const& folder : asked) add(folder, true, found);
  return found;
}

}  // namespace extensions
