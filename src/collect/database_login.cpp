#include "collect/database_login.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/bytes.h"
#include "base/text.h"
#include "collect/database_values.h"

namespace collect {
namespace {

using clients::Postgres;
using state::Unknown;

bool is_set(char const* variable) {
  auto const* value = std::getenv(variable);
  return value && *value;
}

std::string by_url(std::string const& url) {
  return "PGPASSFILE=FILE helm coder preflight --database-url " + base::shell_quoted({url});
}

// --- Secrets ---------------------------------------------------------------------------------------------------------

struct Bytes {
  std::string bytes;
};

state::Seen<Bytes> read_secret(DatabaseQuestion const& question, DatabaseValues::Key const& wanted) {
  auto const what = "Secret " + base::printable(wanted.secret) + " in namespace " + question.name_space;
  if (!question.kubernetes) return Unknown{what + " can't be read: there is no connection to the cluster", {}};
  auto const path = "/api/v1/namespaces/" + clients::url_encoded(question.name_space) + "/secrets/" +
                    clients::url_encoded(wanted.secret);
  auto const answer =
      question.kubernetes->send("GET", path, {}, "application/json", "application/json", question.limit);
  if (answer.status == 404) return Unknown{what + " does not exist", {}};
  if (!answer.ok()) return Unknown{what + " can't be read: " + base::printable(clients::error_of(answer)), {}};
  auto const secret = base::parse_json(answer.body);
  auto const* value = secret ? (*secret)["data"].find(wanted.key) : nullptr;
  auto const bytes = value ? base::from_base64(value->str()) : std::nullopt;
  if (!bytes) return Unknown{what + " has no key \"" + base::printable(wanted.key) + "\"", {}};
  return Bytes{*bytes};
}

void look_at(std::string const& password, Login& login) {
  login.password_seen = true;
  login.password_ends_in_space = base::ends_in_blank(password);
}

// Without a Secret, or where it can't be read, PGPASSWORD and PGPASSFILE may stand in for it.
std::optional<Unknown> add_password(DatabaseQuestion const& question, DatabaseValues const& values, Login& login) {
  login.password_seen = values.password_secret.empty();
  if (login.password_seen) return {};
  auto const secret = read_secret(question, {values.password_secret, "password"});
  if (auto const* password = state::seen(secret)) {
    login.settings.emplace_back("password", password->bytes);
    look_at(password->bytes, login);
    return {};
  }
  if (is_set("PGPASSWORD") || is_set("PGPASSFILE")) return {};
  return Unknown{std::get<Unknown>(secret).why, login.tell};
}

std::optional<Unknown> add_file(DatabaseQuestion const& question, DatabaseValues::Key const& wanted,
                                char const* keyword, Login& login) {
  if (wanted.secret.empty() || wanted.key.empty()) {
    login.settings.emplace_back(keyword, no_file);
    return {};
  }
  auto const secret = read_secret(question, wanted);
  auto const* content = state::seen(secret);
  if (!content) return Unknown{std::get<Unknown>(secret).why, login.tell};
  login.files.push_back(std::make_unique<clients::MemoryFile>(content->bytes));  // a key is never on a disk
  login.settings.emplace_back(keyword, login.files.back()->path());
  return {};
}

// Where the release brings no authority of its own, Coder trusts those of its image: about those of this system.
void trust_the_system(Login& login) {
  for (auto const* bundle :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"})
    if (access(bundle, R_OK) == 0) {
      login.settings.emplace_back("sslrootcert", bundle);
      return;
    }
}

std::optional<Unknown> add_certificates(DatabaseQuestion const& question, DatabaseValues const& values, Login& login) {
  if (auto error = add_file(question, values.certificate, "sslcert", login)) return error;
  if (auto error = add_file(question, values.private_key, "sslkey", login)) return error;
  if (values.root_certificate.secret.empty() && values.ssl_mode.starts_with("verify-")) {
    trust_the_system(login);
    return {};
  }
  return add_file(question, values.root_certificate, "sslrootcert", login);
}

// --- kubectl port-forward --------------------------------------------------------------------------------------------

// The port in "Forwarding from 127.0.0.1:40123 -> 5432"; empty in any other line.
std::string forwarded_port(std::string const& line) {
  constexpr std::string_view begin = "Forwarding from 127.0.0.1:";
  if (!line.starts_with(begin)) return {};
  return line.substr(begin.size(), line.find_first_not_of("0123456789", begin.size()) - begin.size());
}

// Opens the way and points the login to it; the port is one that nobody uses, on loopback, for as long as we look.
std::optional<std::string> forward(DatabaseQuestion const& question, std::string const& target,
                                   std::string const& name_space, std::string const& port, Login& login) {
  std::string why;
  auto spawn = clients::kubectl_command(question.access,
                                              {"port-forward", target, ":" + port, "--address=127.0.0.1",
                                               "--namespace=" + name_space, "--pod-running-timeout=1s"},
                                              &why);
  if (!spawn) return why;
  spawn->yields = true;  // the rehearsal is under way, and this has its whole time
  login.forward = clients::Background::start(*spawn, &why);
  if (!login.forward) return why;
  // kubectl asks the cluster for what it knows before it begins.
  auto const deadline = std::chrono::steady_clock::now() + 2 * question.limit;
  auto const left = [&] {
    return std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  };
  while (auto const line = login.forward->read_line(std::max(left(), std::chrono::milliseconds(0)))) {
    auto const local = forwarded_port(*line);
    if (local.empty()) continue;
    login.settings.emplace_back("hostaddr", "127.0.0.1");
    login.settings.emplace_back("port", local);
    return {};
  }
  auto const errors = last_line(login.forward->errors());
  return errors.empty() ? "kubectl port-forward did not begin in time" : "kubectl port-forward: " + errors;
}

// --- the three ways --------------------------------------------------------------------------------------------------

// Whoever says how to log in may still want to know about the Secret that Coder logs in with.
void look_at_secret(DatabaseQuestion const& question, Login& login) {
  if (!question.values) return;
  auto const values = read_database_values(*question.values, question.chart_version);
  login.password_seen = values.built_in || values.password_secret.empty();
  if (login.password_seen) return;
  auto const secret = read_secret(question, {values.password_secret, "password"});
  if (auto const* password = state::seen(secret)) look_at(password->bytes, login);
}

state::Seen<Login> login_by_url(DatabaseQuestion const& question) {
  Login login;
  std::string why;
  auto settings = Postgres::read_url(question.url, &why);
  if (!settings) return Unknown{why, {}};
  login.settings = std::move(*settings);
  login.address = address_of(login.settings);
  look_at_secret(question, login);
  login.tell = "Make sure that the address in the database URL can be reached from here.";
  return login;
}

// It asks for no password and knows no TLS: as a Unix socket that only we can reach, so that nobody else on this machine gets
// in. Who has only the right that kubectl needs, or a server that does not take WebSockets, goes as kubectl does.
std::optional<std::string> reach_built_in(DatabaseQuestion const& question, Login& login) {
  constexpr auto declined = [](int status) { return status >= 400 && status < 500 && status != 404; };
  clients::Tunnel::Failure failure{400, ""};
  if (question.kubernetes)
    login.tunnel = clients::Tunnel::open(*question.kubernetes, {question.name_space, "timescale-0", 5432}, ".s.PGSQL.5432", 2 * question.limit, &failure);
  login.settings = built_in_settings(login.tunnel ? login.tunnel->folder() : "127.0.0.1");
  if (login.tunnel) {
    login.settings.insert(login.settings.end(), {{"hostaddr", ""}, {"port", "5432"}});  // not those of PGHOSTADDR and PGPORT
    return {};
  }
  if (!declined(failure.status)) return base::printable(failure.words);
  return forward(question, "pod/timescale-0", question.name_space, "5432", login);
}

state::Seen<Login> login_to_built_in(DatabaseQuestion const& question) {
  Login login;
  login.built_in = login.password_seen = true;
  login.address = "timescale-0:5432/coder";
  login.tell =
      "You need the right to create pods/portforward, and pod timescale-0 running; or open another way and run " +
      by_url("postgres://coder@HOST:PORT/coder");
  if (auto const why = reach_built_in(question, login)) return Unknown{"the built-in database can't be reached: " + *why, login.tell};
  return login;
}

std::optional<Unknown> open_way(DatabaseQuestion const& question, DatabaseValues const& values, Login& login) {
  auto const service = is_set("KUBERNETES_SERVICE_HOST") ? std::nullopt : service_of(values.host, question.name_space);
  if (!service || is_pod_itself(values.host)) {
    login.settings.emplace_back("hostaddr", "");  // a PGHOSTADDR is meant for another server
    login.settings.emplace_back("port", values.port);
    return {};
  }
  auto const why = forward(question, "svc/" + service->service, service->name_space, values.port, login);
  if (!why) return {};
  return Unknown{"Service " + base::printable(service->service) + " in namespace " +
                     base::printable(service->name_space) + " can't be reached: " + *why,
                 login.tell};
}

state::Seen<Login> login_by_values(DatabaseQuestion const& question, DatabaseValues const& values) {
  Login login;
  login.tell = by_url(values);
  login.address = base::printable(values.host + ":" + values.port + "/" + values.database);
  login.schema = std::string(base::trim(base::split(values.search_path, ',').front()));
  login.settings = settings_of(values);
  if (auto unknown = cannot_log_in(values, login.tell)) return *unknown;
  if (auto unknown = add_password(question, values, login)) return *unknown;
  if (auto unknown = add_certificates(question, values, login)) return *unknown;
  if (auto unknown = open_way(question, values, login)) return *unknown;
  return login;
}

}  // namespace

std::string address_of(Postgres::Settings const& settings) {
  std::string host, port = "5432", database;
  for (auto const& [key, value] : settings) {
    if (key == "host") host = value;
    if (key == "port") port = value;
    if (key == "dbname") database = value;
  }
  return host.empty() ? "" : base::printable(host + ":" + port + "/" + database);
}

Postgres::Settings settings_of(DatabaseValues const& values) {
  return {{"host", values.host},        {"user", values.user},     {"dbname", values.database},
          {"sslmode", values.ssl_mode}, {"gssencmode", "disable"}, {"target_session_attrs", "any"}};
}

// As the chart starts it: no TLS, and no password for this role.
Postgres::Settings built_in_settings(std::string const& host) {
  return {{"host", host}, {"user", "coder"}, {"dbname", "coder"}, {"sslmode", "disable"}, {"gssencmode", "disable"}, {"target_session_attrs", "any"}};
}

std::string by_url(DatabaseValues const& values) { return by_url(url_of(values)); }

// What the values say that no login can be made of.
std::optional<Unknown> cannot_log_in(DatabaseValues const& values, std::string const& tell) {
  if (values.host.empty() || values.user.empty() || values.database.empty())
    return Unknown{"the release's values have no postgres.host, postgres.user or postgres.database", tell};
  if (values.connector == "awsiamrds")
    return Unknown{"Coder logs in with a token of AWS IAM, which only its own role gets",
                   "PGPASSWORD=\"$(aws rds generate-db-auth-token --hostname HOST --port PORT --username USER)\" "
                   "helm coder preflight --database-url " +
                       base::shell_quoted({url_of(values) + "?sslmode=require"})};
  if (is_pod_itself(values.host))
    return Unknown{"postgres.host is " + base::printable(values.host) + ", which only Coder's own pod can reach", tell};
  return {};
}

std::string last_line(std::string const& text) {
  auto const lines = base::split(base::trim(text), '\n');
  return base::printable(base::trim(lines.back()));
}

state::Seen<Login> choose_login(DatabaseQuestion const& question) {
  if (!question.url.empty()) return login_by_url(question);
  if (!question.values) return Unknown{question.why_no_values, by_url("postgres://USER@HOST/DATABASE")};
  auto const values = read_database_values(*question.values, question.chart_version);
  if (values.satellite) return Unknown{"a satellite has no database of its own", {}};
  return values.built_in ? login_to_built_in(question) : login_by_values(question, values);
}

}  // namespace collect
