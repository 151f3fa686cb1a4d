#pragma once

#include <memory>

#include "clients/process.h"
#include "clients/session.h"

namespace clients {

// A login by a psql (11 or newer) that runs elsewhere, such as in a pod. Its own environment says where and as whom it logs
// in, so that nothing secret comes here; that environment must also hold LC_ALL=C.
class Psql : public Session {
 public:
  // What it must be started with, behind "psql".
  static std::vector<std::string> flags();

  // `limit` is for each answer; until the first it may take twice as long.
  static std::unique_ptr<Psql> start(Spawn, std::chrono::milliseconds limit, Failure*);
  ~Psql() override;

  std::optional<std::vector<Row>> query(std::string const& sql, Row const& parameters, std::string* why) override;
  int server_version() const override;
  bool encrypted() const override;
  std::string address() const override;
  std::string database() const override;
  std::string const& schema() const override;

  // What `--set name=…` gave to psql.
  std::string variable(std::string const& name) const;

 private:
  struct Parts;
  explicit Psql(std::unique_ptr<Parts>);
  std::unique_ptr<Parts> parts_;
};

}  // namespace clients
