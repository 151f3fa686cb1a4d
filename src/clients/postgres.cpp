#include "clients/postgres.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "base/text.h"
#include "clients/postgres_error.h"
#include "clients/resolve.h"

namespace clients {
namespace {

using Clock = std::chrono::steady_clock;
using Kind = Postgres::Failure::Kind;

std::string* find(Postgres::Settings& settings, std::string_view key) {
  for (auto& [name, value] : settings)
    if (name == key) return &value;
  return nullptr;
}

std::string value_of(Postgres::Settings const& settings, std::string_view key, char const* variable) {
  for (auto const& [name, value] : settings)
    if (name == key && !value.empty()) return value;
  auto const* value = std::getenv(variable);
  return value ? value : "";
}

void set(Postgres::Settings& settings, std::string_view key, std::string value) {
  if (auto* there = find(settings, key))
    *there = std::move(value);
  else
    settings.emplace_back(key, std::move(value));
}

std::chrono::milliseconds left(Clock::time_point deadline) {
  return std::max(std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()), std::chrono::milliseconds(0));
}

// False when the time is over. A signal or an error of the socket counts as ready: libpq finds out.
bool wait_for(PGconn* connection, short events, Clock::time_point deadline) {
  pollfd one{PQsocket(connection), events, 0};
  return poll(&one, 1, static_cast<int>(left(deadline).count())) != 0 && Clock::now() < deadline;
}

// libpq would look names up itself, without a limit. So every name becomes as many entries as it has addresses; the
// names stay beside them, for the certificate and the password file. False and a reason if not one host is left.
bool resolve_hosts(Postgres::Settings& settings, Clock::time_point deadline, std::string* why) {
  auto const* given = find(settings, "hostaddr");
  if (given ? !given->empty() : std::getenv("PGHOSTADDR") != nullptr) return true;
  auto const host = value_of(settings, "host", "PGHOST");
  if (host.empty()) return true;  // libpq's default, a Unix socket
  auto const hosts = base::split(host, ',');
  auto const ports = base::split(value_of(settings, "port", "PGPORT"), ',');
  std::vector<std::string> names, addresses, their_ports;
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    auto found = hosts[i].starts_with("/") ? std::vector<std::string>{""} : resolve(hosts[i], left(deadline), why);
    for (auto& address : found) {
      names.push_back(hosts[i]);
      addresses.push_back(std::move(address));
      their_ports.push_back(ports.size() == 1 ? ports[0] : i < ports.size() ? ports[i] : "");
    }
  }
  if (names.empty()) {
    *why = base::printable(host) + ": " + *why;
    return false;
  }
  set(settings, "host", base::join(names, ","));
  set(settings, "hostaddr", base::join(addresses, ","));
  set(settings, "port", base::join(their_ports, ","));
  return true;
}

PGconn* begin_connecting(Postgres::Settings const& settings) {
  std::vector<char const*> keys, values;
  for (auto const& [key, value] : settings) {
    if (value.empty()) continue;
    keys.push_back(key.c_str());
    values.push_back(value.c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  auto* connection = PQconnectStartParams(keys.data(), values.data(), 0);
  if (!connection) throw std::runtime_error("out of memory");
  // Only so do the SQLSTATE and the name of the server's routine come out of libpq for a login that fails.
  PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
  PQsetNoticeProcessor(
      connection, [](void*, char const*) {}, nullptr);
  return connection;
}

// True once logged in; else `timed_out`, or `tls` if it was the TLS handshake that failed.
bool finish_connecting(PGconn* connection, Clock::time_point deadline, bool* tls, bool* timed_out) {
  auto next = PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (next == PGRES_POLLING_READING || next == PGRES_POLLING_WRITING) {
    if (!wait_for(connection, next == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline)) {
      *timed_out = true;
      return false;
    }
    *tls = PQstatus(connection) == CONNECTION_SSL_STARTUP;
    next = PQconnectPoll(connection);
  }
  return next == PGRES_POLLING_OK;
}

Postgres::Failure failure_of(PGconn* connection, bool tls) {
  auto const error = read_login_error(PQerrorMessage(connection));
  Postgres::Failure failure{Kind::unreachable, error.words, error.sqlstate};
  if (!error.sqlstate.empty())
    failure.kind = kind_of(error);
  else if (PQconnectionNeedsPassword(connection))
    failure.kind = Kind::password_needed;
  else if (tls)
    failure.kind = Kind::untrusted;
  return failure;
}

std::string without(std::string text, std::string const& secret) {
  if (secret.size() < 3) return text;
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
    text.replace(at, secret.size(), "…");
  return text;
}

std::string seconds(std::chrono::milliseconds limit) {
  return base::rough_duration(static_cast<long>(std::chrono::ceil<std::chrono::seconds>(limit).count()));
}

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::vector<Postgres::Row> rows_of(PGresult const* result) {
  std::vector<Postgres::Row> rows;
  for (int row = 0; row < PQntuples(result); ++row) {
    auto& cells = rows.emplace_back();
    for (int column = 0; column < PQnfields(result); ++column) cells.emplace_back(PQgetvalue(result, row, column));
  }
  return rows;
}

}  // namespace

struct Postgres::Parts {
  PGconn* connection;
  std::chrono::milliseconds limit;
  std::string schema;
  bool lost = false;  // an answer did not come in time: nothing more can be asked
  Parts(PGconn* connected, std::chrono::milliseconds most) : connection(connected), limit(most) {}
  Parts(Parts const&) = delete;
  Parts& operator=(Parts const&) = delete;
  ~Parts() { PQfinish(connection); }

  // libpq's words about what could not be sent. False, for the caller to return.
  bool said(std::string* why) const {
    *why = base::printable(base::trim(PQerrorMessage(connection)));
    return false;
  }

  // The rows of all statements that were sent.
  std::optional<std::vector<Row>> answer(std::string* why) {
    auto const deadline = Clock::now() + limit;
    std::vector<Row> rows;
    std::string error;
    for (;;) {
      while (PQisBusy(connection)) {
        if (!wait_for(connection, POLLIN, deadline)) {
          lost = true;
          *why = "no answer to a query within " + seconds(limit);
          return {};
        }
        if (!PQconsumeInput(connection)) {
          lost = true;
          break;  // PQgetResult says why
        }
      }
      Result const result(PQgetResult(connection), PQclear);
      if (!result) break;
      auto const status = PQresultStatus(result.get());
      // The first error is the cause; a connection that it ends adds another.
      if (error.empty() && status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        error = PQresultErrorMessage(result.get());
      for (auto& row : rows_of(result.get())) rows.push_back(std::move(row));
    }
    if (error.empty()) return rows;
    *why = base::printable(base::trim(error));
    return {};
  }

  bool begin(std::string* why) {
    auto const sql = base::join(Session::beginning(limit), "; ");
    if (!PQsendQuery(connection, sql.c_str())) return said(why);
    auto const rows = answer(why);
    if (rows && rows->size() == 1 && !rows->front().empty()) schema = rows->front().front();
    return rows.has_value();
  }
};

std::optional<Postgres::Settings> Postgres::read_url(std::string const& url, std::string* why) {
  return read_postgres_url(url, why);
}

std::string Postgres::variable_of(std::string const& keyword) {
  std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> const options(PQconndefaults(), PQconninfoFree);
  for (auto const* option = options.get(); option && option->keyword; ++option)
    if (option->keyword == keyword) return option->envvar ? option->envvar : "";
  return "";
}

std::unique_ptr<Postgres> Postgres::connect(Settings settings, std::chrono::milliseconds limit, Failure* failure) {
  auto const deadline = Clock::now() + limit;
  if (!resolve_hosts(settings, deadline, &failure->words)) return nullptr;
  set(settings, "client_encoding", "UTF8");
  set(settings, "fallback_application_name", "helm coder");
  std::unique_ptr<Parts> parts(new Parts(begin_connecting(settings), limit));
  bool tls = false, timed_out = false;
  if (!finish_connecting(parts->connection, deadline, &tls, &timed_out)) {
    if (timed_out)
      *failure = {Kind::unreachable, "no answer within " + seconds(limit), {}};
    else
      *failure = failure_of(parts->connection, tls);
  } else if (PQsetErrorVerbosity(parts->connection, PQERRORS_TERSE); !parts->begin(&failure->words)) {
    failure->kind = Kind::unwilling;
  } else {
    return std::unique_ptr<Postgres>(new Postgres(std::move(parts)));
  }
  failure->words = without(failure->words, PQpass(parts->connection));
  return nullptr;
}

Postgres::Postgres(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Postgres::~Postgres() = default;

std::optional<std::vector<Postgres::Row>> Postgres::query(std::string const& sql, Row const& parameters,
                                                          std::string* why) {
  auto* connection = parts_->connection;
  if (parts_->lost) {
    *why = "the connection to the database was lost";
    return {};
  }
  if (PQtransactionStatus(connection) != PQTRANS_INTRANS) {  // an error before this one ended it
    if (PQsendQuery(connection, "ROLLBACK") && !parts_->answer(why)) return {};
    if (!parts_->begin(why)) return {};
  }
  std::vector<char const*> values;
  for (auto const& parameter : parameters) values.push_back(parameter.c_str());
  if (!PQsendQueryParams(connection, sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(), nullptr,
                         nullptr, 0)) {
    parts_->said(why);
    return {};
  }
  return parts_->answer(why);
}

int Postgres::server_version() const { return PQserverVersion(parts_->connection); }
bool Postgres::encrypted() const { return PQsslInUse(parts_->connection) || PQgssEncInUse(parts_->connection); }
std::string Postgres::database() const { return PQdb(parts_->connection); }
std::string Postgres::address() const {
  return std::string(PQhost(parts_->connection)) + ":" + PQport(parts_->connection) + "/" + database();
}
std::string const& Postgres::schema() const { return parts_->schema; }

}  // namespace clients
