#include "rehearsal/foresight.h"

#include <algorithm>
#include <cstdint>
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
constexpr std::int64_t most_revisions = 1'000'000'000;

}  // namespace

std::string place_for(std::string const& what, std::string const& about) {
  auto const home = clients::helm_cache_home();
  return home.empty() ? "" : home + "/coder/" + what + "/" + base::sha256_hex(about);
}

Foresight::Foresight(std::string const& about) {
  path_ = place_for("foresight", about);
  if (path_.empty()) return;
  path_ += ".json";
  auto const text = clients::read_file(path_, nullptr, most_bytes);
  auto const kept = text ? base::parse_json(*text) : std::nullopt;
  if (!kept) return;
  for (auto const& each : (*kept)["reads"].items())
    if (reads_.size() < most_reads) reads_.push_back({each["target"].str(), each["accept"].str()});
  base_ = static_cast<int>(std::clamp<std::int64_t>((*kept)["base"].int_or(0), 0, most_revisions));
}

void Foresight::keep(std::vector<Read> const& reads, int base) {
  if (path_.empty() || reads.empty() || (reads == reads_ && base == base_) || reads.size() > most_reads) return;
  Json::Array list;
  for (auto const& each : reads) list.push_back(Json::Object{{"target", each.target}, {"accept", each.accept}});
  std::error_code trouble;
  fs::create_directories(fs::path(path_).parent_path(), trouble);
  Json const kept = Json::Object{{"base", base}, {"reads", std::move(list)}};
  if (trouble || clients::write_file(path_, base::to_text(kept))) return;
  reads_ = reads;
  base_ = base;
}

}  // namespace rehearsal
