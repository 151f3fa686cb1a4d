#pragma once

#include <string>

#include "checks/check.h"

// For the checks that look at the database.
namespace checks {

inline std::string object_of(state::Database const& database) {
  return database.address.empty() ? "database" : "database " + database.address;
}

// A login that was refused is database-reachable's error; all the others could not look.
inline Outcome not_logged_in(state::Database const& database) {
  return {
      .unverified = {{object_of(database), "the login was refused", "Run `helm coder explain database-reachable`."}}};
}

}  // namespace checks
