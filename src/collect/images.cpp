#include "collect/images.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "clients/process.h"
#include "collect/database_login.h"

namespace collect {
namespace {

using state::Judgement;

constexpr auto patience = std::chrono::seconds(30);  // with one image
constexpr std::size_t at_once = 8;

struct Tool {
  char const* name;
  std::vector<std::string> words;  // before the image
  char const* scheme;
};
std::vector<Tool> const& tools() {
  static std::vector<Tool> const all = {{"skopeo", {"inspect", "--raw"}, "docker://"}, {"crane", {"manifest"}, ""}, {"docker", {"manifest", "inspect"}, ""}};
  return all;
}

struct Found {
  Judgement judgement = Judgement::not_verified;
  std::string message;
};

// None of the tools has an exit code for it. MANIFEST_UNKNOWN and NAME_UNKNOWN are codes of the OCI distribution
// specification, which all of them print.
bool is_unknown_there(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return c == '_' ? ' ' : static_cast<char>(std::tolower(c)); });
  static constexpr std::array codes = {"manifest unknown", "name unknown", "no such manifest"};
  return std::any_of(codes.begin(), codes.end(), [&](auto const* code) { return text.find(code) != std::string::npos; });
}

Found read(clients::Ended const& ended, Tool const& tool) {
  if (ended.ok()) return {Judgement::accepted, {}};
  if (ended.how == clients::Ended::How::timed_out) return {Judgement::not_verified, std::string(tool.name) + " got no answer within 30 seconds"};
  auto const said = ended.how == clients::Ended::How::not_started ? ended.reason : base::valid_utf8(last_line(ended.err).substr(0, 300));
  return {is_unknown_there(ended.err) ? Judgement::rejected : Judgement::not_verified, std::string(tool.name) + ": " + said};
}

std::map<std::string, Found> ask(std::vector<std::string> const& images, Tool const& tool, std::chrono::seconds limit) {
  std::map<std::string, Found> found;
  auto const deadline = std::chrono::steady_clock::now() + limit;
  for (std::size_t begin = 0; begin < images.size(); begin += at_once) {
    auto const end = std::min(images.size(), begin + at_once);
    if (begin > 0 && std::chrono::steady_clock::now() >= deadline) {
      for (auto i = begin; i < images.size(); ++i) found[images[i]] = {Judgement::not_verified, "there was no time left for it: the others took " + base::rough_duration(limit.count())};
      break;
    }
    std::vector<clients::Started> running;
    for (auto i = begin; i < end; ++i) {
      clients::Spawn spawn{.argv = {tool.name}};
      spawn.argv.insert(spawn.argv.end(), tool.words.begin(), tool.words.end());
      spawn.argv.push_back(tool.scheme + images[i]);
      spawn.limit = patience;
      running.emplace_back(std::move(spawn));
    }
    for (auto i = begin; i < end; ++i) found[images[i]] = read(running[i - begin].finish(), tool);
  }
  return found;
}

}  // namespace

void look_up(std::vector<state::Image>& images, std::chrono::seconds limit) {
  auto const& all = tools();
  auto const tool = std::find_if(all.begin(), all.end(), [](Tool const& each) { return clients::find_program(each.name).has_value(); });
  std::vector<std::string> wanted;
  for (auto& each : images) {
    if (!each.is_new) continue;
    if (tool == all.end()) each.message = "none of skopeo, crane and docker is in PATH to look it up with";
    else if (each.image.starts_with("-")) each.message = "its name is none that can be looked up";
    else if (std::find(wanted.begin(), wanted.end(), each.image) == wanted.end()) wanted.push_back(each.image);
  }
  if (wanted.empty()) return;
  auto const found = ask(wanted, *tool, limit);
  for (auto& each : images)
    if (auto const at = found.find(each.image); at != found.end() && each.is_new) each.found = at->second.judgement, each.message = at->second.message;
}

}  // namespace collect
