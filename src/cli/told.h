#pragma once

#include <string>

#include "base/json.h"
#include "cli/options.h"

namespace cli {

// What `upgrade` and `recover` tell a program: one document when all is over, as docs/schema/outcome.json describes it. Until
// then whatever they, and Helm, print goes to standard error. For a person, who reads it all as it comes, it does nothing.
class Told {
 public:
  Told(std::string const& command, state::Request const&, Format);
  ~Told();
  Told(Told const&) = delete;
  Told& operator=(Told const&) = delete;

  void say(char const* member, base::Json);
  void add(char const* list, base::Json);
  int end(int exit_code);  // prints it, and returns the code

 private:
  void restore();

  Format format_;
  int output_ = -1;  // what standard output was
  base::Json document_;
};

}  // namespace cli
