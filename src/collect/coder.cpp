#include "collect/coder.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/json.h"
#include "base/text.h"
#include "clients/folder.h"
#include "clients/web.h"
#include "collect/coder_answers.h"

namespace collect {
namespace {

using clients::Answer;
using state::Unknown;

constexpr std::size_t most_token = 4096;  // bytes
constexpr auto give_token = "Give the token of a site manager (coder tokens create helm-coder) in CODER_SESSION_TOKEN, or in a file with --coder-token-file.";
constexpr auto own_http_port = 8080;  // the chart's container port for plain HTTP

// The first two need no token.
constexpr std::array paths = {"/api", "/api/private/config/setup-mode", "/api/private/resource-pools", "/api/private/satellites",
                              "/api/v0/workspaces"};
constexpr std::size_t without_token = 2;

// Where to ask.
struct Way {
  std::string base;     // URL, in front of the paths
  std::string socket;   // empty: to the URL's host
  std::string address;  // "https://coder.example.com", "Service coderd"
  std::string who() const { return "Coder (" + address + ")"; }
};

// By whose pods it leads to, or by its name where it says nothing of pods.
bool is_own(base::Json const& service) {
  auto const& selector = service["spec"]["selector"];
  auto const& name = selector.members().empty() ? service["metadata"]["name"].str() : selector["coder.deployment"].str();
  return name == "coderd" || name == "cemanager";
}

// The port of the Service that leads to plain HTTP; 0: none.
std::int64_t http_port(base::Json const& service) {
  for (auto const& port : service["spec"]["ports"].items()) {
    auto const number = port["port"].int_or(0);
    auto const target = port["targetPort"].int_or(port["targetPort"].is_string() ? 0 : number);
    if (target == own_http_port && number > 0 && number < 65536) return number;
  }
  return 0;
}

state::Seen<Way> through_api_server(CoderQuestion const& question) {
  auto const place = "namespace " + question.name_space;
  auto const collection = "/api/v1/namespaces/" + clients::url_encoded(question.name_space) + "/services";
  if (!question.kubernetes) return Unknown{"Coder can't be asked: there is no connection to the cluster", ""};
  auto const answer = question.kubernetes->send("GET", collection, {}, "application/json", "application/json", question.limit);
  constexpr auto tell = "Give the address that people use with --coder-url.";
  if (!answer.ok()) return Unknown{"the Services of " + place + " can't be read: " + base::printable(clients::error_of(answer)), tell};
  auto const list = base::parse_json(answer.body);
  for (auto const& service : list ? (*list)["items"].items() : base::Json::Array{}) {
    auto const& name = service["metadata"]["name"].str();
    auto const port = is_own(service) ? http_port(service) : 0;
    if (port == 0 || name.empty()) continue;
    return Way{"http://localhost" + question.prefix + collection + "/" + clients::url_encoded(name) + ":" + std::to_string(port) + "/proxy",
               question.socket, "Service " + base::printable(name)};
  }
  return Unknown{"no Service of " + place + " leads to Coder over HTTP", tell};
}

// What the API server says, and not Coder.
Unknown api_servers_own(Answer const& answer, std::string const& name_space) {
  if (answer.status < 400) return {};
  auto const json = base::parse_json(answer.body);
  if (!json || (*json)["kind"].str() != "Status" || (*json)["apiVersion"].str() != "v1") return {};
  auto const words = base::printable(clients::error_of(answer));
  if (answer.status == 403)
    return {"you may not reach Coder through the API server: " + words,
            "Ask for the right to get services/proxy in namespace " + name_space + ", or give Coder's address with --coder-url."};
  return {"Coder can't be reached through the API server: " + words, "Run it again when Coder's pods are ready, or give its address with --coder-url."};
}

std::vector<Answer> ask(Way const& way, std::string const* token, std::chrono::milliseconds limit) {
  std::vector<clients::WebRequest> requests;
  for (auto const* path : paths) {
    if (!token && requests.size() == without_token) break;
    clients::WebRequest request{.url = way.base + path, .socket = way.socket, .limit = limit};
    request.headers.emplace_back("Accept", "application/json");
    if (token) request.headers.emplace_back("Session-Token", *token);
    requests.push_back(std::move(request));
  }
  return clients::get_all(requests);
}

state::Seen<state::Coder> read(std::vector<Answer> const& answers, Way const& way, CoderQuestion const& question) {
  bool const proxied = !way.socket.empty();
  if (proxied)
    if (auto unknown = api_servers_own(answers[0], question.name_space); answers::is_trouble(unknown)) return unknown;
  auto const who = way.who();
  state::Coder coder{.address = way.address, .url = question.url};
  coder.version = answers::version(answers[0]);
  coder.setup_mode = answers::setup_mode(answers[1]);
  if (coder.setup_mode == state::Told::yes) {
    Unknown const nothing{"Coder is not set up yet", "Open its address in a browser and set it up."};
    coder.providers = nothing, coder.satellites = nothing, coder.workspaces = nothing;
    return coder;
  }
  // What does not even say its version may be anybody. It may say it only to who has a token.
  if (coder.version.empty() && (answers.size() > without_token || answers[0].status != 401))
    if (auto unknown = answers::trouble(answers[0], who); answers::is_trouble(unknown)) return unknown;
  if (answers.size() == without_token) {
    auto const& why = std::get<Unknown>(question.token);
    coder.providers = why, coder.satellites = why, coder.workspaces = why;
    return coder;
  }
  if (answers[2].status == 401) return answers::trouble(answers[2], who);
  coder.providers = answers::providers(answers[2], who);
  coder.satellites = answers::satellites(answers[3], who);
  coder.workspaces = answers::workspaces(answers[4], who);
  return coder;
}

}  // namespace

state::Seen<std::string> coder_token(std::string const& file) {
  auto const where = "the file of --coder-token-file, " + base::printable(file) + ", ";
  std::string why, token;
  if (!file.empty()) {
    auto text = clients::read_file(file, &why, most_token);
    if (!text) return Unknown{"the file of --coder-token-file can't be used: " + base::printable(why), give_token};
    token = base::trim(*text);
  } else if (auto const* variable = std::getenv("CODER_SESSION_TOKEN")) {
    token = base::trim(variable);
  }
  if (token.empty()) return Unknown{file.empty() ? "no token for Coder's API was given" : where + "is empty", give_token};
  auto const fits = [](unsigned char c) { return c > ' ' && c < 127; };
  if (token.size() > most_token || !std::all_of(token.begin(), token.end(), fits))
    return Unknown{(file.empty() ? "CODER_SESSION_TOKEN " : where) + "holds no token for Coder's API: it is too long, or has blanks or other characters that no token has", give_token};
  return token;
}

state::Seen<state::Coder> coder(CoderQuestion const& question) try {
  auto const* token = state::seen(question.token);
  if (!token && question.url.empty()) return std::get<Unknown>(question.token);
  auto const way = question.url.empty() ? through_api_server(question) : state::Seen<Way>(Way{question.url, "", question.url});
  if (auto const* unknown = std::get_if<Unknown>(&way)) return *unknown;
  auto const& found = std::get<Way>(way);
  return read(ask(found, token, question.limit), found, question);
} catch (std::exception const& error) {
  return Unknown{std::string("Coder can't be asked: ") + error.what(), ""};
}

}  // namespace collect
