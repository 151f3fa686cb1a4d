#include "checks/healthy.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "cli/parse.h"

namespace {

struct Shape {
  std::vector<std::string> command, flags;
};

// Every command of others that a check may print, and the flags that it may have there.
std::vector<Shape> const shapes = {
    {{"helm", "repo", "add"}, {}},
    {{"helm", "repo", "update"}, {}},
    {{"helm", "search", "repo"}, {"--versions"}},
    {{"helm", "list"}, {"-A"}},
    {{"kubectl", "wait"}, {"--for=delete", "--timeout=5m", "-n"}},
};

bool is_known(std::vector<std::string> const& argv) {
  if (argv.size() > 2 && argv[0] == "helm" && argv[1] == "coder") return is_taken({argv.begin() + 2, argv.end()});
  return std::any_of(shapes.begin(), shapes.end(), [&](Shape const& shape) {
    if (argv.size() < shape.command.size() || !std::equal(shape.command.begin(), shape.command.end(), argv.begin())) return false;
    return std::all_of(argv.begin(), argv.end(), [&](std::string const& word) {
      return !word.empty() && (word[0] != '-' || std::count(shape.flags.begin(), shape.flags.end(), word) == 1);
    });
  });
}

void keeps_the_rules(report::Finding const& finding) {
  BOOST_TEST(!finding.message.empty());
  if (auto const* advice = std::get_if<report::Advice>(&finding.remedy)) {
    BOOST_TEST(advice->sentence.ends_with('.'), "no sentence: " << advice->sentence);
  } else {
    auto const& argv = std::get<report::Command>(finding.remedy).argv;
    BOOST_TEST(is_known(argv), "not a command that we know: " << base::shell_quoted(argv));
  }
}

}  // namespace

bool is_taken(std::vector<std::string> const& words) {
  auto const parsed = cli::parse(words, settings::Settings{});
  auto const* misuse = std::get_if<cli::Misuse>(&parsed.command);
  BOOST_TEST(!misuse, base::shell_quoted(words) << ": " << (misuse ? misuse->sentence : ""));
  return !misuse;
}

state::State upgrade(std::string const& from, std::string const& to) {
  state::State s;
  s.now = 1'700'000'000;
  s.request.version = to;
  s.request.name_space = "coder";
  s.request.database_snapshot = "taken";
  s.helm = state::Helm{"/usr/bin/helm", "3.21.4"};
  s.kubectl = state::Kubectl{"/usr/bin/kubectl"};
  s.cluster = state::Cluster{"1.20.2"};
  s.repository = state::Repository{.name = "coder",
                                   .added = true,
                                   .url = "https://charts.example.com",
                                   .index_age = 7200,
                                   .versions = {to, "1.21.0", "1.20.0"}};
  s.target = state::Target{.name = "coder", .version = to, .keys = {"coderd", "coderd.replicas", "coderd.image"}};
  state::Release release{.name = "coder", .name_space = "coder", .base = 1, .apply_method = "csa"};
  release.revisions = {{.number = 1, .status = "deployed", .chart = "coder", .chart_version = from, .updated = s.now - 86400}};
  s.release = release;
  s.values = state::Values{};
  s.database = state::Database{.address = "db:5432/coder", .name = "coder", .password_seen = true, .server_version = "13.4",
                               .version_number = 130004, .role = "coder", .superuser = true, .may_create = true,
                               .schema = "public", .may_create_tables = true, .has_coder = true, .contrib = true,
                               .encrypted = true, .connections = 97, .connections_used = 12, .bytes = 1 << 30};
  state::Coder coder{.address = "https://coder.example.com", .url = "https://coder.example.com", .version = from, .setup_mode = state::Told::no};
  coder.providers = state::Providers{{{.name = "built-in", .status = "ready", .name_space = "coder", .access_url = "https://coder.example.com",
                                       .built_in = true, .networking_v2 = state::Told::yes, .ssh = state::Told::no}}};
  coder.satellites = state::Satellites{};
  coder.workspaces = state::Workspaces{.count = 7};
  s.coder = coder;
  s.family = state::Family{};
  state::Rehearsal rehearsal{.ending = state::Ending::finished, .complete = true};
  rehearsal.writes = {{"PATCH", "apps/v1", {"Deployment", "apps", "coder", "coderd"}, false,
                       {.judgement = state::Judgement::accepted, .status = 200}}};
  rehearsal.entries = {{{"Service", "", "coder", "coderd"}, "203.0.113.7", true, true}};
  rehearsal.rollbacks = {{.from = "before any object is written", .tried = true, .works = true}};
  rehearsal.rerendering.compared = true;
  rehearsal.surroundings_seen = rehearsal.references_seen = rehearsal.claims_seen = rehearsal.storage_seen = true;
  rehearsal.images = {{.object = rehearsal.writes[0].object, .image = "docker.io/coderenvs/coder-service:" + from}};
  rehearsal.record_bytes = 40'000;
  s.rehearsal = rehearsal;
  return s;
}

state::State healthy() { return upgrade("1.21.0", "1.21.7"); }

report::Outcome outcome_of(std::string_view check, state::State const& state) {
  auto const* found = checks::find(check);
  BOOST_REQUIRE_MESSAGE(found, "there is no check " << check);
  auto outcome = found->run(state);
  for (auto const& finding : outcome.findings) keeps_the_rules(finding);
  return outcome;
}

bool passes(std::string_view check, state::State const& state) {
  auto const outcome = outcome_of(check, state);
  return outcome.findings.empty() && outcome.unverified.empty();
}

report::Finding finding_of(std::string_view check, state::State const& state) {
  auto const outcome = outcome_of(check, state);
  BOOST_REQUIRE_EQUAL(outcome.findings.size(), 1u);
  return outcome.findings.front();
}

report::Unverified unverified_of(std::string_view check, state::State const& state) {
  auto const outcome = outcome_of(check, state);
  BOOST_REQUIRE(outcome.findings.empty());
  BOOST_REQUIRE_EQUAL(outcome.unverified.size(), 1u);
  return outcome.unverified.front();
}

std::string remedy_of(report::Finding const& finding) {
  if (auto const* advice = std::get_if<report::Advice>(&finding.remedy)) return advice->sentence;
  return base::shell_quoted(std::get<report::Command>(finding.remedy).argv);
}

state::State with_database(std::function<void(state::Database&)> const& change) {
  auto state = healthy();
  change(std::get<state::Database>(state.database));
  return state;
}

void unverified_without_a_login(std::string_view check) {
  auto state = with_database([](auto& database) { database.refused = "wrong password"; });
  BOOST_TEST(unverified_of(check, state).why == "the login was refused");
  state.database = state::Unknown{"it can't be reached from here", ""};
  BOOST_TEST(unverified_of(check, state).why == "it can't be reached from here");
}

state::State with_coder(std::function<void(state::Coder&)> const& change) {
  auto state = healthy();
  change(std::get<state::Coder>(state.coder));
  return state;
}

void unverified_without_coder(std::string_view check) {
  auto state = healthy();
  state.coder = state::Unknown{"no token was given", "Give one."};
  BOOST_TEST(unverified_of(check, state).why == "no token was given");
}

state::State with_lost_route(bool of_release, bool before, std::string const& instead) {
  auto state = healthy();
  state::Route route{.object = {"Ingress", "networking.k8s.io", "coder", "web"}, .host = "coder.example.com", .service = "cemanager", .port = "8080"};
  route.before = before, route.of_release = of_release, route.instead = instead;
  route.why = "there is no Service cemanager";
  rehearsal_of(state).lost_routes = {route};
  return state;
}

state::State with_certificate(std::function<void(state::Certificate&)> const& change) {
  auto state = healthy();
  state::Certificate each{.name_space = "coder", .secret = "tls", .users = {"Ingress/web"}, .subject = "CN = coder.example.com"};
  each.not_before = state.now - 86'400, each.not_after = state.now + 90 * 86'400;
  each.names = {"coder.example.com"};
  change(each);
  rehearsal_of(state).certificates = {each};
  return state;
}

state::Rehearsal& rehearsal_of(state::State& state) { return std::get<state::Rehearsal>(state.rehearsal); }
state::Release& release_of(state::State& state) { return std::get<state::Release>(state.release); }

state::Write rejected(std::string const& kind, std::string const& group, std::string const& name, state::Cause cause,
                      std::string const& message, std::vector<state::FieldError> fields) {
  state::Verdict verdict{.judgement = state::Judgement::rejected, .cause = cause, .message = message};
  verdict.fields = std::move(fields);
  return {"PATCH", group.empty() ? "v1" : group + "/v1", {kind, group, "coder", name}, false, verdict};
}

void stop_at_rendering(state::State& state) {
  state.rehearsal = state::Rehearsal{.ending = state::Ending::render, .error = "execution error at (coder/templates/legacy.tpl:2:4)"};
}
