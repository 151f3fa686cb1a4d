#include "collect/database_pod.h"

#include <algorithm>

#include "base/semver.h"
#include "base/text.h"
#include "clients/pod.h"
#include "clients/psql.h"
#include "collect/database_facts.h"
#include "collect/database_login.h"

namespace collect {
namespace {

using base::Json;
using clients::Postgres;
using state::Unknown;

constexpr auto start_limit = std::chrono::seconds(60);  // an image may have to be pulled
constexpr auto files = "/run/helm-coder/";

// The first process of a container hears no signal that it does not ask for, and would be waited for.
constexpr auto idle = "trap 'exit 0' TERM; sleep \"$1\" & wait";

// libpq takes no private key that others may read, and a Secret's file can't be such a file for who is not root. Where the
// release brings no authority of its own, Coder trusts those of its image.
constexpr auto script = R"(umask 077
if [ -r /run/helm-coder/private-key/it ]; then cat /run/helm-coder/private-key/it >/run/helm-coder/private/key; fi
if [ -z "${PGSSLROOTCERT-}" ]; then
  for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    if [ -r "$bundle" ]; then export PGSSLROOTCERT="$bundle"; break; fi
  done
fi
case "${PGPASSWORD-}" in *[[:space:]]) blank=yes ;; *) blank=no ;; esac
exec psql --set=blank="$blank" "$@")";

// What the pod is to be, and how its psql logs in.
struct Visit {
  Postgres::Settings settings;
  DatabaseValues values;  // which Secrets it mounts
  std::string schema, address, tell;
  bool built_in = false;
};

state::Seen<Visit> visit_of(DatabaseQuestion const& question) {
  Visit visit;
  if (question.values) visit.values = read_database_values(*question.values, question.chart_version);
  if (!question.url.empty()) {
    std::string why;
    auto settings = Postgres::read_url(question.url, &why);
    if (!settings) return Unknown{why, {}};
    visit.settings = std::move(*settings);
    visit.address = address_of(visit.settings);
    return visit;
  }
  if (!question.values) return Unknown{question.why_no_values, {}};
  auto const& values = visit.values;
  if (values.satellite) return Unknown{"a satellite has no database of its own", {}};
  visit.built_in = values.built_in;
  visit.tell = "See to it that a pod in namespace " + question.name_space + " can reach it: a NetworkPolicy or a firewall may be in the way.";
  if (values.built_in) {
    visit.settings = built_in_settings("timescale");
    visit.address = "timescale-0:5432/coder";
    return visit;
  }
  if (auto unknown = cannot_log_in(values, by_url(values))) return *unknown;
  visit.settings = settings_of(values);
  visit.settings.emplace_back("port", values.port);
  visit.address = base::printable(values.host + ":" + values.port + "/" + values.database);
  visit.schema = std::string(base::trim(base::split(values.search_path, ',').front()));
  return visit;
}

// --- the pod ---------------------------------------------------------------------------------------------------------

struct Mounts {
  Json::Array volumes, mounts;

  void add(std::string const& name, Json source) {
    source.set("name") = name;
    volumes.push_back(std::move(source));
    mounts.push_back(Json::Object{{"name", name}, {"mountPath", files + name}});
  }
  // The path at which it will be; empty without one.
  std::string add(std::string const& name, DatabaseValues::Key const& key) {
    if (key.secret.empty() || key.key.empty()) return "";
    Json const item = Json::Object{{"key", key.key}, {"path", "it"}};
    add(name, Json::Object{{"secret", Json::Object{{"secretName", key.secret}, {"items", Json::Array{item}}}}});
    return files + name + "/it";
  }
};

// libpq's files: those that the release mounts into Coder's own pods, and none of the image's.
std::vector<std::pair<std::string, std::string>> certificates(Visit const& visit, Mounts& mounts) {
  auto const& values = visit.values;
  auto const or_none = [](std::string path) { return path.empty() ? no_file : path; };
  auto const certificate = or_none(mounts.add("certificate", values.certificate));
  auto key = or_none(mounts.add("private-key", values.private_key));
  if (key != no_file) {
    mounts.add("private", Json::Object{{"emptyDir", Json::Object{{"medium", "Memory"}}}});
    key = files + std::string("private/key");
  }
  auto root = mounts.add("root", values.root_certificate);
  auto const verifies = std::any_of(visit.settings.begin(), visit.settings.end(),
                                    [](auto const& each) { return each.first == "sslmode" && each.second.starts_with("verify-"); });
  if (root.empty() && !verifies) root = no_file;
  return {{"PGSSLCERT", certificate}, {"PGSSLKEY", key}, {"PGSSLROOTCERT", root}};
}

// Nothing, and why, if something of the login can't be said to a pod.
std::optional<Json> environment(Visit const& visit, std::chrono::milliseconds limit, Mounts& mounts, std::string* why) {
  Json all = Json::Array{};
  auto const add = [&](std::string const& name, std::string const& value) {
    if (!value.empty()) all.add(Json::Object{{"name", name}, {"value", value}});
  };
  for (auto const& [keyword, value] : visit.settings) {
    auto const variable = Postgres::variable_of(keyword);
    bool const of_this_machine = keyword == "password" || keyword == "passfile" || keyword == "service" || keyword.starts_with("sslcert") || keyword.starts_with("sslkey") || keyword.starts_with("sslroot") || keyword.starts_with("sslcrl");
    if (variable.empty() || of_this_machine) {
      *why = "the database URL says \"" + keyword + "\", which no pod can be told" +
             (keyword == "password" ? ": others could read it there; it gets its password from the Secret that postgres.passwordSecret names" : "");
      return {};
    }
    add(variable, value);
  }
  for (auto const& [name, value] : certificates(visit, mounts)) add(name, value);
  add("LC_ALL", "C"), add("PGCLIENTENCODING", "UTF8"), add("PGAPPNAME", "helm coder");
  add("PGCONNECT_TIMEOUT", std::to_string(std::chrono::ceil<std::chrono::seconds>(limit).count()));
  if (auto const& secret = visit.values.password_secret; !visit.built_in && !secret.empty()) {
    Json const reference = Json::Object{{"name", secret}, {"key", "password"}};
    all.add(Json::Object{{"name", "PGPASSWORD"}, {"valueFrom", Json::Object{{"secretKeyRef", reference}}}});
  }
  return all;
}

// Where Coder's own pods may run, and what they pull with.
Json placed_like_coder(DatabaseQuestion const& question) {
  Json more = Json::Object{};
  if (!question.values) return more;
  auto const& values = *question.values;
  auto const version = base::parse_version(question.chart_version).value_or(base::Version{1, 26, 0, {}});
  auto const& old = values["serviceTolerations"];
  auto const& tolerations = version < base::Version{1, 27, 0, {}} && old.is_array() ? old : values["services"]["tolerations"];
  if (tolerations.is_array()) more.set("tolerations") = tolerations;
  if (auto const& selector = values["services"]["nodeSelector"]; selector.is_object()) more.set("nodeSelector") = selector;
  if (auto const& secret = values["coderd"]["imagePullSecret"].str(); !secret.empty())
    more.set("imagePullSecrets") = Json::Array{Json::Object{{"name", secret}}};
  return more;
}

std::optional<clients::Pod::Plan> plan_of(DatabaseQuestion const& question, Visit const& visit, std::string* why) {
  Mounts mounts;
  auto variables = environment(visit, question.limit, mounts, why);
  if (!variables) return {};
  clients::Pod::Plan plan{.name = clients::Pod::new_name("psql"), .name_space = question.name_space, .containers = {}, .more = placed_like_coder(question)};
  Json container = Json::Object{{"name", "psql"},
                                {"image", question.pod->image},
                                {"command", Json::Array{"sh", "-c", idle, "sh", std::to_string(plan.lifetime.count())}},
                                {"env", std::move(*variables)},
                                {"volumeMounts", std::move(mounts.mounts)}};
  plan.containers = Json::Array{std::move(container)};
  plan.more.set("volumes") = std::move(mounts.volumes);
  return plan;
}

std::string in_words(DatabaseQuestion const& question, Visit const& visit, clients::Pod::Plan const& plan) {
  auto const& secret = visit.values.password_secret;
  auto const with = visit.built_in || secret.empty() ? "" : ", with the password in Secret " + base::printable(secret);
  return "Coder's database is to be looked at from a pod:\n"
         "  pod    " + plan.name + " in namespace " + base::printable(plan.name_space) + ", deleted when it has answered (" + std::to_string(plan.lifetime.count() / 60) + " minutes at most)\n"
         "  image  " + base::printable(question.pod->image) + "\n"
         "  does   log in to " + (visit.address.empty() ? "the database" : visit.address) + with + ", and ask about its version, rights, size and sessions; it writes nothing\n"
         "Create it?";
}

// --- asking ----------------------------------------------------------------------------------------------------------

Unknown unknown_of(Postgres::Failure const& failure, Visit const& visit, std::string const& name_space) {
  using Kind = Postgres::Failure::Kind;
  auto const at = "the database" + (visit.address.empty() ? "" : " at " + visit.address);
  auto const pod = "a pod in namespace " + name_space;
  switch (failure.kind) {
    case Kind::untrusted: return {"no TLS connection to " + at + " came about from " + pod + ": " + failure.words, visit.tell};
    case Kind::not_from_here: return {at + " refuses connections from " + pod + ": " + failure.words, visit.tell};
    case Kind::password_needed: return {at + " asks for a password, and the release's values name no Secret with one", visit.tell};
    case Kind::unwilling:
    case Kind::refused: return {at + " lets nobody in now: " + failure.words, "Run it again when it does."};
    case Kind::not_asked:
      return {"the pod that asks the database could not be asked: " + failure.words,
              "That takes the right to create pods/exec in namespace " + name_space + ", and an image with sh and psql 11 or newer (--database-pod-image)."};
    case Kind::unreachable: break;
  }
  return {at + " can't be reached from " + pod + ": " + failure.words, visit.tell};
}

state::Seen<state::Database> ask(DatabaseQuestion const& question, Visit const& visit, std::string const& pod) {
  std::string why;
  std::vector<std::string> arguments{"exec", "--stdin", "--namespace=" + question.name_space, "--container=psql", pod, "--", "sh", "-c", script, "sh"};
  for (auto& flag : clients::Psql::flags()) arguments.push_back(std::move(flag));
  auto const spawn = clients::kubectl_command(question.access, std::move(arguments), &why);
  if (!spawn) return Unknown{why, {}};
  Postgres::Failure failure;
  auto const psql = clients::Psql::start(*spawn, question.limit, &failure);
  state::Database seen{.address = visit.address, .built_in = visit.built_in, .password_seen = visit.built_in || visit.values.password_secret.empty()};
  if (!psql) {
    if (failure.kind != Postgres::Failure::Kind::refused) return unknown_of(failure, visit, question.name_space);
    seen.refused = failure.words;
    return seen;
  }
  if (!seen.password_seen) seen.password_seen = true, seen.password_ends_in_space = psql->variable("blank") == "yes";
  return look_through(*psql, visit.schema, question.long_transaction, std::move(seen));
}

state::Seen<state::Database> ask_from(clients::Pod::Plan const& plan, DatabaseQuestion const& question, Visit const& visit) {
  std::string why;
  auto const proxy = clients::Proxy::start(question.access, false, &why);
  if (!proxy) return Unknown{"the cluster can't be reached: " + why, {}};
  clients::Kubernetes api(*proxy);
  auto const pod = clients::Pod::create(api, plan, &why);
  if (!pod) return Unknown{"the pod that asks the database could not be created: " + why, "Somebody with the rights to create and delete pods in namespace " + plan.name_space + " can do it."};
  auto const trouble = pod->wait_until_running(start_limit);
  bool const other_image = trouble && trouble->step == clients::Step::pull;
  auto seen = trouble ? Unknown{"the pod that asks the database did not start: " + trouble->why, other_image ? "--database-pod-image names another image with psql." : ""}
                      : ask(question, visit, plan.name);
  auto const left = pod->remove();
  if (left && question.pod->tell) question.pod->tell("pod " + plan.name + " in namespace " + plan.name_space + " could not be deleted: " + *left);
  return seen;
}

}  // namespace

std::string database_image(Json const& values, Json const& chart) {
  auto const version = base::parse_version(chart["metadata"]["version"].str()).value_or(base::Version{1, 26, 0, {}});
  auto const& defaults = chart["values"];
  // Up to 1.26 the old name wins; what somebody set goes before what the chart says.
  std::vector<std::string> images{values["postgres"]["default"]["image"].str(), defaults["postgres"]["default"]["image"].str()};
  if (version < base::Version{1, 27, 0, {}}) {
    images.insert(images.begin(), values["timescale"]["image"].str());
    images.push_back(defaults["timescale"]["image"].str());
  }
  for (auto const& image : images)
    if (!image.empty()) return image;
  auto const& app = chart["metadata"]["appVersion"].str();
  return "docker.io/coderenvs/timescale:" + (app.empty() ? chart["metadata"]["version"].str() : app);
}

state::Seen<state::Database> database_from_pod(DatabaseQuestion const& question) {
  auto const visit = visit_of(question);
  if (auto const* unknown = std::get_if<Unknown>(&visit)) return *unknown;
  if (question.pod->image.empty()) return Unknown{"no image with psql is known", "Name one with --database-pod-image."};
  std::string why;
  auto const plan = plan_of(question, std::get<Visit>(visit), &why);
  if (!plan) return Unknown{why, {}};
  if (!question.pod->agree(in_words(question, std::get<Visit>(visit), *plan)))
    return Unknown{"nobody agreed to the pod that asks the database", "Answer yes to the question, or give --yes."};
  return ask_from(*plan, question, std::get<Visit>(visit));
}

}  // namespace collect
