#include "clients/session.h"

namespace clients {

std::vector<std::string> Session::beginning(std::chrono::milliseconds limit) {
  auto const milliseconds = std::to_string(limit.count());
  return {"BEGIN TRANSACTION READ ONLY", "SET LOCAL statement_timeout = " + milliseconds,
          "SET LOCAL lock_timeout = " + milliseconds, "SELECT pg_catalog.current_schema()",
          "SET LOCAL search_path = pg_catalog, pg_temp"};
}

}  // namespace clients
