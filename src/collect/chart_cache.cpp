#include "collect/chart_cache.h"

#include <filesystem>
#include <fstream>
#include <string_view>

#include "base/bytes.h"
#include "clients/folder.h"
#include "clients/helm.h"

namespace collect {
namespace {

namespace fs = std::filesystem;

// Where the archive would be; empty where `digest` is none, or there is no place for it.
std::string place_of(std::string const& digest) {
  auto const home = clients::helm_cache_home();
  bool const good = digest.size() == 64 && digest.find_first_not_of("0123456789abcdef") == std::string::npos;
  return good && !home.empty() ? home + "/coder/charts/" + digest + ".tgz" : "";
}

std::optional<std::string> archive_with(std::string const& digest, std::string const& path) {
  auto bytes = path.empty() ? std::nullopt : clients::read_file(path, nullptr);
  if (bytes && base::sha256_hex(*bytes) != digest) bytes.reset();
  return bytes;
}

}  // namespace

bool take_cached_chart(std::string const& digest, std::string const& to) {
  auto const bytes = archive_with(digest, place_of(digest));
  return bytes && std::ofstream(to, std::ios::binary).write(bytes->data(), std::ssize(*bytes)).flush().good();
}

void cache_chart(std::string const& archive, std::string const& digest) {
  auto const place = place_of(digest);
  auto const bytes = place.empty() ? std::nullopt : archive_with(digest, archive);
  if (!bytes) return;
  std::error_code trouble;
  fs::create_directories(fs::path(place).parent_path(), trouble);
  if (!trouble) static_cast<void>(clients::write_file(place, *bytes));
}

}  // namespace collect
