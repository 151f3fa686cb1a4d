#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "actions/perform_api.h"

// An API server that keeps objects by path, checks uid and resourceVersion, and records what was asked of it.
class FakeCluster : public actions::Api {
 public:
  clients::Answer send(std::string_view method, std::string const& target, std::string const& body, std::string_view type,
                       std::string_view accept) override;

  base::Json& add(std::string const& path, char const* json);  // with a uid of its own
  bool has(std::string const& path) const { return objects.contains(path); }
  base::Json const& at(std::string const& path) const { return objects.at(path); }
  void add_record(int revision, std::string const& status, std::string const& version = "1.21.7");

  std::map<std::string, base::Json> objects;
  std::vector<std::string> asked;           // "PATCH /api/v1/…", reads left out
  std::map<std::string, int> answers;       // "POST /api/v1/…": the status to answer with, once or, if negative, always
  std::string date;                         // of the Date header
  base::Json last_body;

 private:
  clients::Answer fail(int code, char const* reason) const;
  clients::Answer ok(base::Json const& object) const;
  clients::Answer list(std::string const& collection) const;
  clients::Answer change(std::string_view method, std::string const& path, base::Json body);
  void stamp(base::Json& object);
  int counter_ = 0;
};
