#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace clients {

// One connection to a PostgreSQL server through libpq, in a read-only transaction from its first statement to its end.
// PGPASSWORD, PGPASSFILE and the other PG* variables count as they do for psql, where `settings` do not say otherwise.
class Postgres {
 public:
  // libpq's keywords and values: "host", "port", "user", "password", "dbname", "sslmode", … An empty "hostaddr" makes
  // PGHOSTADDR not count.
  using Settings = std::vector<std::pair<std::string, std::string>>;
  using Row = std::vector<std::string>;

  struct Failure {
    enum class Kind {
      unreachable,      // nobody answered: no address, no connection, or nothing within the limit
      untrusted,        // it answered, but no TLS connection came about
      not_from_here,    // a rule of its pg_hba.conf refuses this connection: its address, its encryption
      password_needed,  // it asked for a password and none was given
      refused,          // it refused this login: wrong password, no such role or database, no CONNECT
      unwilling         // it answered and lets nobody in now: too many connections, starting up, an error of its own
    } kind = Kind::unreachable;
    std::string words;     // the server's or libpq's on one line, never with the password
    std::string sqlstate;  // five characters where the server sent them
  };

  // The settings in a postgres:// URL. Nothing and a reason that does not repeat the URL, since it may hold a password.
  static std::optional<Settings> read_url(std::string const& url, std::string* why);

  // `limit` is for everything until the login is done, the look-up of the name too, and then for each query.
  static std::unique_ptr<Postgres> connect(Settings settings, std::chrono::milliseconds limit, Failure* failure);
  ~Postgres();

  // The rows as text, NULL as "". Functions and tables are those of pg_catalog unless qualified. Nothing and a reason
  // on an error.
  std::optional<std::vector<Row>> query(std::string const& sql, Row const& parameters, std::string* why);
  int server_version() const;  // 130004
  bool encrypted() const;
  std::string address() const;        // "host:port/database"
  std::string database() const;       // its name
  std::string const& schema() const;  // where the role's own search_path creates tables; empty: nowhere

 private:
  struct Parts;
  explicit Postgres(std::unique_ptr<Parts>);
  std::unique_ptr<Parts> parts_;
};

}  // namespace clients
