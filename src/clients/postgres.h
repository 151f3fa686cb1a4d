#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clients/session.h"

namespace clients {

// A connection through libpq. PGPASSWORD, PGPASSFILE and the other PG* variables count as they do for psql, where `settings`
// do not say otherwise.
class Postgres : public Session {
 public:
  // libpq's keywords and values: "host", "port", "user", "password", "dbname", "sslmode", … An empty "hostaddr" makes
  // PGHOSTADDR not count.
  using Settings = std::vector<std::pair<std::string, std::string>>;

  // The settings in a postgres:// URL. Nothing and a reason that does not repeat the URL, since it may hold a password.
  static std::optional<Settings> read_url(std::string const& url, std::string* why);

  // The environment variable that says the same as this keyword: "PGHOST" for "host". Empty: there is none.
  static std::string variable_of(std::string const& keyword);

  // `limit` is for everything until the login is done, the look-up of the name too, and then for each query.
  static std::unique_ptr<Postgres> connect(Settings settings, std::chrono::milliseconds limit, Failure* failure);
  ~Postgres() override;

  std::optional<std::vector<Row>> query(std::string const& sql, Row const& parameters, std::string* why) override;
  int server_version() const override;
  bool encrypted() const override;
  std::string address() const override;
  std::string database() const override;
  std::string const& schema() const override;

 private:
  struct Parts;
  explicit Postgres(std::unique_ptr<Parts>);
  std::unique_ptr<Parts> parts_;
};

}  // namespace clients
