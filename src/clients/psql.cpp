#include "clients/psql.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "clients/psql_error.h"

namespace clients {
namespace {

constexpr std::size_t most_answer = 16u << 20;

// The argument of a psql command: in quotes, with C's escapes.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c == '\\' || c == '\'') out += std::string("\\") + c;
    else out += c;
  }
  return out + "'";
}

// $1 as a variable that psql quotes as the connection wants it. psql has parameters of its own only since 16.
std::string with_variables(std::string sql, std::size_t count) {
  for (auto i = count; i > 0; --i) {
    auto const parameter = "$" + std::to_string(i);
    for (auto at = sql.find(parameter); at != sql.npos; at = sql.find(parameter, at)) sql.replace(at, parameter.size(), ":'p" + std::to_string(i) + "'");
  }
  return sql;
}

std::string seconds(std::chrono::milliseconds limit) {
  return base::rough_duration(static_cast<long>(std::chrono::ceil<std::chrono::seconds>(limit).count()));
}

}  // namespace

struct Psql::Parts {
  std::unique_ptr<Background> psql;
  std::chrono::milliseconds limit;
  std::string mark;  // no text of the database's holds it: it is new for each session, and the server never sees it
  std::string schema, host, port, database;
  int version = 0;
  bool tls = false;
  bool broken = false;     // an error ended the transaction
  bool lost = false;       // an answer did not come: nothing more can be asked
  bool timed_out = false;  // because of the time
  bool too_old = false;    // to say how a query ended

  // What psql prints for `text` and for `told`, what it is to tell in the end. Nothing when no answer comes.
  std::optional<std::pair<std::string, std::string>> ask(std::string const& text, std::string const& told, std::chrono::milliseconds most) {
    // An \echo puts blanks between its arguments.
    auto const deadline = std::chrono::steady_clock::now() + most;
    auto const sent = psql->write(text + "\n\\echo " + quoted(mark) + " " + told + " " + quoted(mark + ".") + "\n", most);
    auto answer = sent ? psql->read_until(" " + mark + ".\n", most, most_answer) : std::nullopt;
    auto const at = answer ? answer->find(mark + " ") : std::string::npos;
    if (at == std::string::npos) {
      lost = true;
      timed_out = std::chrono::steady_clock::now() >= deadline;
      return {};
    }
    return std::pair{answer->substr(0, at), answer->substr(at + mark.size() + 1)};
  }

  std::string told(std::string const& variable) {
    auto const answer = ask("", ":" + variable, limit);
    return answer ? answer->second : "";
  }

  // The cells come one after the other, each with a NUL behind it, which no text of the server's holds.
  std::optional<std::vector<Row>> run(std::string const& sql, std::string* why) {
    auto const answer = ask(sql + "\n;", ":ROW_COUNT :ERROR :LAST_ERROR_MESSAGE", limit);
    if (!answer) {
      *why = timed_out ? "no answer to a query within " + seconds(limit) : read_psql_error(psql->errors()).words;
      return {};
    }
    auto const& tail = answer->second;
    auto const count = tail.find(' '), end = std::min(tail.find(' ', count + 1), tail.size());
    auto const error = tail.substr(count + 1, end - count - 1);
    if (error != "false") {
      broken = true;
      too_old = error != "true";
      *why = !too_old ? "ERROR:  " + base::printable(base::trim(tail.substr(end))) : "the psql there is older than 11";
      return {};
    }
    auto const rows = static_cast<std::size_t>(base::whole_number(tail.substr(0, count)).value_or(0));
    auto cells = base::split(answer->first, '\0');
    cells.pop_back();  // what is behind the last NUL
    std::vector<Row> all;
    auto const columns = rows > 0 ? cells.size() / rows : 0;
    for (std::size_t i = 0; columns > 0 && i + columns <= cells.size(); i += columns)
      all.emplace_back(cells.begin() + static_cast<std::ptrdiff_t>(i), cells.begin() + static_cast<std::ptrdiff_t>(i + columns));
    return all;
  }

  bool begin(std::string* why) {
    broken = false;
    for (auto const& statement : beginning(limit)) {
      auto const rows = run(statement, why);
      if (!rows) return false;
      if (rows->size() == 1 && statement.starts_with("SELECT")) schema = rows->front().front();
    }
    return true;
  }

  // False, with what went wrong, if there is no login.
  bool log_in(Failure* failure) {
    auto const hello = ask("", ":SERVER_VERSION_NUM :HOST :PORT :DBNAME", 2 * limit);
    if (!hello) {
      if (timed_out) *failure = {Failure::Kind::unreachable, "no answer within " + seconds(2 * limit), {}};
      else *failure = read_psql_error(psql->errors());
      return false;
    }
    version = static_cast<int>(base::whole_number(hello->second.substr(0, hello->second.find(' '))).value_or(0));
    host = told("HOST"), port = told("PORT"), database = told("DBNAME");
    // psql 18 makes a table of it.
    auto const about = ask("\\conninfo", ".", limit);
    tls = about && (about->first.find("SSL connection (") != std::string::npos || about->first.find(std::string("SSL Connection\0true", 19)) != std::string::npos);
    bool const begun = begin(&failure->words);
    failure->kind = too_old ? Failure::Kind::not_asked : Failure::Kind::unwilling;
    return begun;
  }
};

std::vector<std::string> Psql::flags() {
  return {"--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--field-separator-zero", "--record-separator-zero", "--no-password"};
}

std::unique_ptr<Psql> Psql::start(Spawn spawn, std::chrono::milliseconds limit, Failure* failure) {
  spawn.listens = true;
  auto parts = std::make_unique<Parts>();
  parts->limit = limit;
  parts->mark = base::random_hex(16);
  parts->psql = Background::start(spawn, &failure->words);
  if (!parts->psql || !parts->log_in(failure)) return nullptr;
  return std::unique_ptr<Psql>(new Psql(std::move(parts)));
}

Psql::Psql(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Psql::~Psql() = default;

std::optional<std::vector<Psql::Row>> Psql::query(std::string const& sql, Row const& parameters, std::string* why) {
  if (parts_->lost) {
    *why = "the connection to the database was lost";
    return {};
  }
  if (parts_->broken && (!parts_->run("ROLLBACK", why) || !parts_->begin(why))) return {};
  std::string set;
  for (std::size_t i = 0; i < parameters.size(); ++i) set += "\\set p" + std::to_string(i + 1) + " " + quoted(parameters[i]) + "\n";
  return parts_->run(set + with_variables(sql, parameters.size()), why);
}

int Psql::server_version() const { return parts_->version; }
bool Psql::encrypted() const { return parts_->tls; }
std::string Psql::address() const { return parts_->host + ":" + parts_->port + "/" + parts_->database; }
std::string Psql::database() const { return parts_->database; }
std::string const& Psql::schema() const { return parts_->schema; }
std::string Psql::variable(std::string const& name) const { return parts_->told(name); }

}  // namespace clients
