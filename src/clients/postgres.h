#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clients {

// One connection to a PostgreSQL server through libpq. PGPASSWORD, PGPASSFILE and the other PG* variables count as they
// do for psql.
class Postgres {
 public:
  struct Failure {
    bool answered = false;  // the server was there and refused the login
    std::string words;      // libpq's, without a password
  };
  // `settings`: libpq keywords and values ("host", "port", "user", "password", "dbname", "sslmode", …), or one "dbname"
  // that is a whole URL.
  static std::unique_ptr<Postgres> connect(std::vector<std::pair<std::string, std::string>> const& settings,
                                           std::chrono::seconds limit, Failure* failure);
  ~Postgres();

  // The rows of a read-only query as text; nothing and a reason on an error.
  std::optional<std::vector<std::vector<std::string>>> query(std::string const& sql, std::string* why);
  int server_version() const;  // 130004
  bool encrypted() const;
  std::string address() const;  // "host:port/database"

 private:
  struct Parts;
  explicit Postgres(std::unique_ptr<Parts>);
  std::unique_ptr<Parts> parts_;
};

}  // namespace clients
