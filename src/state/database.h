#pragma once

#include <string>
#include <vector>

namespace state {

struct Database {
  std::string address;        // "db.example.com:5432/coder", no user, no password
  std::string name;           // "coder"
  bool built_in = false;      // the chart's own StatefulSet timescale, reached through kubectl port-forward
  std::string refused;        // the server answered and refused the login: its words. Then the rest is empty.
  bool password_seen = false;           // the Secret that the release names was looked at, or it names none
  bool password_ends_in_space = false;  // in that Secret, a line break too
  std::string server_version;  // "13.4"
  int version_number = 0;      // server_version_num, 130004
  std::string role;
  bool superuser = false;
  std::vector<std::string> member_of;  // roles that this role is a member of, not asked for a superuser
  bool may_create = false;             // CREATE on the database
  std::string schema;                  // where the role creates tables; empty: its search path leads to none
  bool may_create_tables = false;      // CREATE on that schema
  bool has_coder = false;              // a Coder has been here: the schema has its table migration_cursor
  std::vector<std::string> foreign_tables;  // of the schema, that this role may not alter: "users"; at most 100
  std::vector<std::string> foreign_owners;  // the roles that own them
  bool contrib = false;                // the extensions of PostgreSQL's contrib are installed on the server
  bool encrypted = false;
  bool operator==(Database const&) const = default;
};

}  // namespace state
