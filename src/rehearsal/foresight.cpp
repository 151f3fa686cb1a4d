#include "rehearsal/foresight.h"

#include <filesystem>

#include "base/bytes.h"
#include "base/json.h"
#include "clients/folder.h"
#include "clients/helm.h"

namespace rehearsal {
namespace {

namespace fs = std::filesystem;
using base::Json;

constexpr std::size_t most_reads = 2'000;
constexpr std::size_t most_bytes = 1u << 20;

}  // namespace

Foresight::Foresight(std::string const& about) {
  auto const home = clients::helm_cache_home();
  if (home.empty()) return;
  path_ = home + "/coder/foresight/" + base::sha256_hex(about) + ".json";
  auto const text = clients::read_file(path_, nullptr, most_bytes);
  auto const list = text ? base::parse_json(*text) : std::nullopt;
  if (!list) return;
  for (auto const& each : list->items())
    if (reads_.size() < most_reads) reads_.push_back({each["target"].str(), each["accept"].str()});
}

void Foresight::keep(std::vector<Read> const& reads) {
  if (path_.empty() || reads.empty() || reads == reads_ || reads.size() > most_reads) return;
  Json::Array list;
  for (auto const& each : reads) list.push_back(Json::Object{{"target", each.target}, {"accept", each.accept}});
  std::error_code trouble;
  fs::create_directories(fs::path(path_).parent_path(), trouble);
  if (trouble || clients::write_file(path_, base::to_text(list))) return;
  reads_ = reads;
}

}  // namespace rehearsal
