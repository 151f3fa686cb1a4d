#include "collect/database.h"

#include "base/text.h"
#include "clients/postgres.h"
#include "collect/database_facts.h"
#include "collect/database_login.h"
#include "collect/database_pod.h"

namespace collect {
namespace {

using clients::Postgres;
using state::Unknown;

// A pod in the cluster may get where this machine does not.
std::string or_from_a_pod(std::string const& tell) { return "helm coder preflight --database-via pod asks from a pod in the cluster. Or: " + tell; }

Unknown unknown_of(Postgres::Failure const& failure, Login const& login) {
  using Kind = Postgres::Failure::Kind;
  auto const at = "the database" + (login.address.empty() ? "" : " at " + login.address);
  auto words = failure.words;
  if (login.forward)
    if (auto const errors = last_line(login.forward->errors()); !errors.empty()) words += " (kubectl: " + errors + ")";
  if (login.tunnel)
    if (auto const trouble = login.tunnel->trouble(); !trouble.empty()) words += " (" + trouble + ")";
  switch (failure.kind) {
    case Kind::untrusted:
      return {"no TLS connection to " + at + " came about: " + words, login.tell};
    case Kind::not_from_here:
      return {at + " refuses connections from here, though perhaps not those of Coder's pods: " + words, or_from_a_pod(login.tell)};
    case Kind::password_needed:
      return {at + " asks for a password, and there is none", "Name a password file in PGPASSFILE."};
    case Kind::unwilling:
    case Kind::refused:
      return {at + " lets nobody in now: " + words, "Run it again when it does."};
    case Kind::unreachable:
    case Kind::not_asked:
      break;
  }
  return {at + " can't be reached from here: " + words, or_from_a_pod(login.tell)};
}

state::Seen<state::Database> look(Login const& login, DatabaseQuestion const& question) {
  Postgres::Failure failure;
  state::Database seen{.address = login.address,
                       .built_in = login.built_in,
                       .password_seen = login.password_seen,
                       .password_ends_in_space = login.password_ends_in_space};
  auto const postgres = Postgres::connect(login.settings, question.limit, &failure);
  if (!postgres) {
    if (failure.kind != Postgres::Failure::Kind::refused) return unknown_of(failure, login);
    seen.refused = failure.words;
    return seen;
  }
  return look_through(*postgres, login.schema, question.long_transaction, std::move(seen));
}

}  // namespace

state::Seen<state::Database> database(DatabaseQuestion const& question) try {
  if (question.pod) return database_from_pod(question);
  auto const login = choose_login(question);
  if (auto const* unknown = std::get_if<Unknown>(&login)) return *unknown;
  return look(std::get<Login>(login), question);
} catch (std::exception const& error) {
  return Unknown{std::string("the database can't be looked at: ") + error.what(), {}};
}

}  // namespace collect
