#include "clients/postgres_error.h"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

#include "base/text.h"

namespace clients {
namespace {

bool is_code(std::string_view text) {
  return text.size() == 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

// From "… failed: FATAL:  28P01: password authentication failed"; nothing said by the server has no SQLSTATE.
LoginError read_line(std::string_view line) {
  for (auto at = line.find(":  "); at != line.npos; at = line.find(":  ", at + 1)) {
    auto const rest = line.substr(at + 3);
    if (rest.size() > 7 && is_code(rest.substr(0, 5)) && rest.substr(5, 2) == ": ")
      return {std::string(rest.substr(0, 5)), {}, base::printable(rest.substr(7))};
  }
  // Behind the address, which whoever asked knows.
  auto const failed = line.find(" failed: ");
  return {{}, {}, base::printable(base::trim(failed == line.npos ? line : line.substr(failed + 9)))};
}

// "LOCATION:  auth_failed, auth.c:326". Its first word is libpq's, and so in the person's language.
std::string routine_of(std::string_view line) {
  auto const begin = line.find(":  "), end = line.find(", ");
  if (begin == line.npos || end == line.npos || begin > end || line.find(' ') != begin + 1) return {};
  return std::string(line.substr(begin + 3, end - begin - 3));
}

bool turned_away_by_address(LoginError const& error) {
  return error.sqlstate == "28000" && error.routine == "ClientAuthentication";
}

bool digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == ','; });
}

}  // namespace

LoginError read_login_error(std::string_view text) {
  std::vector<LoginError> errors;
  for (auto const& line : base::split(text, '\n')) {
    if (line.empty() || line[0] == '\t') continue;  // a tab begins a hint
    if (auto const routine = routine_of(line); !routine.empty() && !errors.empty())
      errors.back().routine = routine;
    else
      errors.push_back(read_line(line));
  }
  auto const spoke = [](LoginError const& error) { return !error.sqlstate.empty(); };
  auto const further = [&](LoginError const& error) { return spoke(error) && !turned_away_by_address(error); };
  auto found = std::find_if(errors.begin(), errors.end(), further);
  if (found == errors.end()) found = std::find_if(errors.begin(), errors.end(), spoke);
  if (found == errors.end()) found = errors.begin();
  return found == errors.end() ? LoginError{{}, {}, "it could not be connected"} : *found;
}

// https://www.postgresql.org/docs/15/errcodes-appendix.html
Postgres::Failure::Kind kind_of(LoginError const& error) {
  using Kind = Postgres::Failure::Kind;
  // pg_hba.conf: decided by where we come from, and Coder's pods come from elsewhere.
  if (turned_away_by_address(error)) return Kind::not_from_here;
  if (error.sqlstate == "3D000" || error.sqlstate == "42501" || error.sqlstate == "55000") return Kind::refused;
  return error.sqlstate.starts_with("28") ? Kind::refused : Kind::unwilling;
}

// libpq takes a URL apart at the first sign that fits, so that a sign in a password that should have been written as
// %40 makes the rest of it a host or a database, and its error messages repeat it. Hence no such URL gets there.
std::optional<Postgres::Settings> read_postgres_url(std::string const& url, std::string* why) {
  auto const form = "the database URL can't be read; it should be like postgres://user@host:5432/database";
  auto const start = url.find("://");
  if (start == url.npos || (url.substr(0, start) != "postgres" && url.substr(0, start) != "postgresql")) {
    *why = form;
    return {};
  }
  auto const end = url.find_first_of("/?", start + 3);
  auto const at = url.find('@'), last_at = url.rfind('@');
  if (at != last_at || (at != url.npos && at > end)) {
    *why = "the database URL can't be read: write @ as %40, / as %2F and ? as %3F inside a user or password";
    return {};
  }
  char* error = nullptr;
  std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> const options(PQconninfoParse(url.c_str(), &error),
                                                                             PQconninfoFree);
  PQfreemem(error);  // it repeats the URL
  Postgres::Settings settings;
  bool sound = options != nullptr;
  for (auto const* option = options.get(); option && option->keyword; ++option) {
    if (!option->val) continue;
    settings.emplace_back(option->keyword, option->val);
    if (option->keyword == std::string_view("port")) sound = sound && digits(option->val);
  }
  if (sound) return settings;
  *why = form;
  return {};
}

}  // namespace clients
