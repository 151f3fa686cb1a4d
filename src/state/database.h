#pragma once

#include <string>
#include <vector>

namespace state {

struct Database {
  std::string address;        // "db.example.com:5432/coder", no user, no password
  bool built_in = false;      // the chart's own StatefulSet timescale, reached through kubectl port-forward
  std::string refused;        // the server answered and refused the login: its words. Then the rest is empty.
  std::string server_version;  // "13.4"
  int version_number = 0;      // server_version_num, 130004
  std::string role;
  bool superuser = false;
  std::vector<std::string> member_of;  // roles that this role is a member of
  bool may_create = false;             // CREATE on the database
  std::vector<std::string> foreign_tables;  // tables in the schema that belong to other roles
  bool encrypted = false;
  bool operator==(Database const&) const = default;
};

}  // namespace state
