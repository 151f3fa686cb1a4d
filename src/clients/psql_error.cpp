#include "clients/psql_error.h"

#include <algorithm>

#include "base/text.h"
#include "clients/postgres_error.h"

namespace clients {
namespace {

using Kind = Session::Failure::Kind;

// The server's words hold all of these, in this order.
struct Known {
  char const *first, *then, *sqlstate, *routine;
};
constexpr Known known[] = {
    {"no pg_hba.conf entry for ", "", "28000", "ClientAuthentication"},
    {"pg_hba.conf rejects ", "", "28000", "ClientAuthentication"},
    {" authentication failed for user ", "", "28P01", ""},
    {"role ", " does not exist", "28000", ""},
    {"role ", " is not permitted to log in", "28000", ""},
    {"connection requires a valid client certificate", "", "28000", "ClientAuthentication"},
    {"database ", " does not exist", "3D000", ""},
    {"permission denied for database ", "", "42501", ""},
    {"database ", " is not currently accepting connections", "55000", ""},
};

bool holds(std::string_view words, Known const& each) {
  auto const at = words.find(each.first);
  return at != words.npos && words.find(each.then, at) != words.npos;
}

// "psql: error: connection to server at "10.0.0.1", port 5432 failed: FATAL:  …", by an older psql "psql: FATAL:  …".
LoginError read_line(std::string_view line) {
  constexpr std::string_view fatal = "FATAL:  ", failed = " failed: ", error = "error: ";
  if (auto const at = line.find(fatal); at != line.npos) {
    auto const words = line.substr(at + fatal.size());
    auto const* found = std::find_if(std::begin(known), std::end(known), [&](Known const& each) { return holds(words, each); });
    bool const is_known = found != std::end(known);
    return {is_known ? found->sqlstate : "XX000", is_known ? found->routine : "", base::printable(words)};
  }
  auto const behind = [&](std::string_view mark) {
    if (auto const at = line.find(mark); at != line.npos) line.remove_prefix(at + mark.size());
  };
  if (line.starts_with("psql: ")) line.remove_prefix(6);
  behind(failed);
  if (line.starts_with(error)) line.remove_prefix(error.size());
  return {{}, {}, base::printable(base::trim(line))};
}

bool is_tls(std::string_view words) {
  for (auto const* sign : {"SSL", "certificate", "private key"})
    if (words.find(sign) != words.npos) return true;
  return false;
}

// kubectl adds how the program ended, and what it itself does.
bool is_psqls(std::string_view line) { return !line.empty() && line[0] != '\t' && !line.starts_with("command terminated "); }

}  // namespace

// Where several attempts failed it is the first that got past pg_hba.conf, else the first in which the server spoke.
Session::Failure read_psql_error(std::string_view text) {
  std::vector<LoginError> errors;
  for (auto const& line : base::split(text, '\n'))
    if (is_psqls(line)) errors.push_back(read_line(line));
  if (errors.empty()) return {Kind::unreachable, "it could not be connected", {}};
  if (text.find("psql: ") != 0 && text.find("\npsql: ") == text.npos) return {Kind::not_asked, errors.front().words, {}};
  auto const spoke = [](LoginError const& error) { return !error.sqlstate.empty(); };
  auto const further = [&](LoginError const& error) { return spoke(error) && kind_of(error) != Kind::not_from_here; };
  auto found = std::find_if(errors.begin(), errors.end(), further);
  if (found == errors.end()) found = std::find_if(errors.begin(), errors.end(), spoke);
  if (found == errors.end()) found = errors.begin();
  if (spoke(*found)) return {kind_of(*found), found->words, found->sqlstate == "XX000" ? "" : found->sqlstate};
  if (found->words.find("no password supplied") != std::string::npos) return {Kind::password_needed, found->words, {}};
  return {is_tls(found->words) ? Kind::untrusted : Kind::unreachable, found->words, {}};
}

}  // namespace clients
