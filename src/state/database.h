#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace state {

// A session of the server that is in a transaction for long, and what is known of it.
struct Session {
  std::string role, program;  // program: its application_name
  std::int64_t seconds = 0;
  bool operator==(Session const&) const = default;
};

struct Table {
  std::string name;
  std::int64_t bytes = 0;  // with indexes
  bool operator==(Table const&) const = default;
};

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
  bool replica = false;                // it follows another server
  bool read_only = false;              // what the role does there is read-only
  bool has_coder_2 = false;            // the schema is that of Coder v2, another product
  int connections = 0;                 // that the server takes from who is no superuser; 0: not known
  int connections_used = 0;
  std::vector<Session> long_sessions;  // in this database, in a transaction for long (a minute); at most 20
  int hidden_sessions = 0;             // of other roles, of which this role may not see more
  std::int64_t bytes = 0;              // of the whole database
  std::vector<Table> largest;          // of the schema, descending; at most 5
  bool names_seen = false;             // the names of Coder's users could be counted
  std::int64_t names_that_clash = 0;   // of users who have the name of another but for upper and lower case
  bool operator==(Database const&) const = default;
};

}  // namespace state
