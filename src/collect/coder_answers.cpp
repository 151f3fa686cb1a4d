#include "collect/coder_answers.h"

#include "base/json.h"
#include "base/secrecy.h"
#include "base/semver.h"
#include "base/text.h"
#include "clients/web.h"

namespace collect::answers {
namespace {

using base::Json;
using state::Told;
using state::Unknown;

constexpr std::size_t most_listed = 500;
constexpr std::size_t most_examples = 5;
constexpr std::size_t most_text = 300;  // characters of a text of Coder's
constexpr auto new_token = "Make a new one as a site manager, with `coder tokens create helm-coder`.";

// A text of somebody else's, fit for a report.
std::string text_of(Json const& json) {
  auto text = base::printable(json.str());
  if (base::carries_a_secret(text)) return "(hidden)";
  if (text.size() <= most_text) return text;
  text.resize(most_text);
  return base::valid_utf8(text) + "…";
}

Told told(Json const& json) { return !json.is_bool() ? Told::not_said : json.bool_or(false) ? Told::yes : Told::no; }

Unknown no_shape(std::string const& who, char const* what) {
  return {who + " answers about " + what + " in a way that this program does not know", ""};
}

// An answer as JSON, or why it is none.
state::Seen<Json> document(clients::Answer const& answer, std::string const& who, char const* what) {
  if (answer.status == 404) return Unknown{who + " does not tell of " + what + " (404)", ""};
  if (auto unknown = trouble(answer, who); is_trouble(unknown)) return unknown;
  auto json = base::parse_json(answer.body);
  if (!json) return no_shape(who, what);
  return std::move(*json);
}

std::string words_of(clients::Answer const& answer) {
  auto const json = base::parse_json(answer.body);
  auto const words = json ? text_of((*json)["error"]["msg"]) : "";
  return words.empty() ? std::to_string(answer.status) : std::to_string(answer.status) + ", " + words;
}

// 1.16 has all members in one object, later ones some of them under "config".
state::Provider provider(Json const& entry) {
  auto const& config = entry["config"];
  auto const either = [&](char const* key) -> Json const& { return entry.has(key) ? entry[key] : config[key]; };
  state::Provider provider{.name = text_of(entry["name"]),
                           .status = text_of(entry["status"]),
                           .trouble = text_of(entry["error_message"]),
                           .name_space = text_of(either("default_namespace")),
                           .access_url = clients::origin_of(entry["envproxy_access_url"].str())};
  if (provider.trouble.empty()) provider.trouble = text_of(entry["cordon_reason"]);
  provider.built_in = (entry.has("built_in") ? entry["built_in"] : entry["local"]).bool_or(false);
  provider.networking_v2 = told(either(entry.has("enable_net_v2") || config.has("enable_net_v2") ? "enable_net_v2" : "enable_netv2"));
  provider.ssh = told(either("ssh_enabled"));
  return provider;
}

bool must_rebuild(Json const& workspace, std::string& why) {
  for (auto const& message : workspace["rebuild_messages"].items()) {
    if (!message["required"].bool_or(false)) continue;
    if (why.empty()) why = text_of(message["text"]);
    return true;
  }
  return false;
}

}  // namespace

Unknown trouble(clients::Answer const& answer, std::string const& who) {
  if (answer.status == 0) return {who + " can't be asked: " + answer.body, "Run it from where Coder answers; without --coder-url it is asked through the API server."};
  if (answer.status >= 300 && answer.status < 400) {
    auto const to = clients::origin_of(answer.header("location"));
    return {who + " sends us elsewhere" + (to.empty() ? "" : ", to " + base::printable(to)) + ", where the token does not go",
            "Give the address that people use with --coder-url."};
  }
  if (answer.status == 401) return {who + " does not take the token: it is wrong, or has expired", new_token};
  if (answer.status == 403) return {who + " does not let the owner of the token see this (" + words_of(answer) + ")", new_token};
  if (answer.status >= 400) return {who + " answers with an error (" + words_of(answer) + ")", "Run it again when Coder answers."};
  return {};
}

std::string version(clients::Answer const& answer) {
  auto const version = base::parse_version(answer.header("coder-version"));
  return version ? base::to_text(*version) : "";
}

Told setup_mode(clients::Answer const& answer) {
  auto const json = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  return json ? told((*json)["setup_mode"]) : Told::not_said;
}

// A bare list in 1.16, else an object with a list for each kind of provider.
state::Seen<state::Providers> providers(clients::Answer const& answer, std::string const& who) {
  constexpr auto what = "workspace providers";
  auto const seen = document(answer, who, what);
  auto const* json = state::seen(seen);
  if (!json) return std::get<Unknown>(seen);
  std::vector<Json const*> lists;
  if (json->is_array()) lists.push_back(json);
  else if ((*json)["kubernetes"].is_array())
    for (auto const& [kind, list] : json->members()) lists.push_back(&list);
  if (lists.empty()) return no_shape(who, what);
  state::Providers providers;
  for (auto const* list : lists)
    for (auto const& entry : list->items()) {
      providers.all.push_back(provider(entry));
      // Cut short, a list would say that all of it was seen.
      if (providers.all.back().name.empty() || providers.all.size() > most_listed) return no_shape(who, what);
    }
  return providers;
}

state::Seen<state::Satellites> satellites(clients::Answer const& answer, std::string const& who) {
  constexpr auto what = "satellites";
  auto const seen = document(answer, who, what);
  auto const* json = state::seen(seen);
  if (!json) return std::get<Unknown>(seen);
  auto const& list = (*json)["data"];
  if (!list.is_array() || list.items().size() > most_listed) return no_shape(who, what);
  state::Satellites satellites;
  for (auto const& entry : list.items()) satellites.names.push_back(text_of(entry["name"]));
  return satellites;
}

state::Seen<state::Workspaces> workspaces(clients::Answer const& answer, std::string const& who) {
  constexpr auto what = "workspaces";
  auto const seen = document(answer, who, what);
  auto const* json = state::seen(seen);
  if (!json) return std::get<Unknown>(seen);
  if (!json->is_array()) return no_shape(who, what);
  state::Workspaces workspaces;
  for (auto const& entry : json->items()) {
    // One that says nothing of it at all may have to be rebuilt.
    if (!entry["rebuild_messages"].is_array() && !(entry.has("rebuild_messages") && entry["rebuild_messages"].is_null())) return no_shape(who, what);
    ++workspaces.count;
    if (!must_rebuild(entry, workspaces.why)) continue;
    ++workspaces.to_rebuild;
    if (workspaces.examples.size() < most_examples) workspaces.examples.push_back(text_of(entry["name"]));
  }
  return workspaces;
}

}  // namespace collect::answers
