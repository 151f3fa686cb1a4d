#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace clients {

// One login to a PostgreSQL server, in a read-only transaction from its first statement to its end. Functions and tables
// are those of pg_catalog unless qualified.
class Session {
 public:
  using Row = std::vector<std::string>;

  struct Failure {
    enum class Kind {
      unreachable,      // nobody answered: no address, no connection, or nothing within the limit
      untrusted,        // it answered, but no TLS connection came about
      not_from_here,    // a rule of its pg_hba.conf refuses this connection: its address, its encryption
      password_needed,  // it asked for a password and none was given
      refused,          // it refused this login: wrong password, no such role or database, no CONNECT
      unwilling,        // it answered and lets nobody in now: too many connections, starting up, an error of its own
      not_asked         // the program that was to ask it elsewhere did not
    } kind = Kind::unreachable;
    std::string words;     // the server's or libpq's on one line, never with the password
    std::string sqlstate;  // five characters where the server sent them
  };

  virtual ~Session() = default;

  // The rows as text, NULL as ""; $1 in the SQL is the first parameter. Nothing and a reason on an error.
  virtual std::optional<std::vector<Row>> query(std::string const& sql, Row const& parameters, std::string* why) = 0;
  virtual int server_version() const = 0;  // 130004
  virtual bool encrypted() const = 0;
  virtual std::string address() const = 0;        // "host:port/database"
  virtual std::string database() const = 0;       // its name
  virtual std::string const& schema() const = 0;  // where the role's own search_path creates tables; empty: nowhere

 protected:
  // What each transaction begins with; the one SELECT asks for `schema`. The transaction holds everything, settings too: behind a
  // pooler each transaction may meet another session, and a pooler may refuse them at the start. The role's own schema is
  // asked for before our search_path hides it.
  static std::vector<std::string> beginning(std::chrono::milliseconds limit);
};

}  // namespace clients
