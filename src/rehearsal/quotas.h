#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "rehearsal/questions.h"
#include "rehearsal/recorded.h"
#include "rehearsal/usage.h"
#include "state/rehearsal.h"

namespace rehearsal {

// What a write takes of a quota beyond what the object took before.
Usage charges_of(Recorded const&);

// The API server weighs each write against what is used now. A quota that has room for each write and not for all of them
// is found by adding them up.
class Quotas {
 public:
  explicit Quotas(Questions& ask) : ask_(ask) {}

  // To be called for each write, in Helm's order. An accepted one becomes rejected where the earlier ones have used up
  // what was left.
  void charge(state::Verdict&, Recorded const&);

 private:
  struct Quota {
    std::string name;
    base::Json hard, used;  // as the server counts them
  };
  std::vector<Quota> const& quotas_in(std::string const& name_space);
  std::string exceeded(Recorded const&, Usage const& charges);

  Questions& ask_;
  std::map<std::string, std::vector<Quota>> known_;
  std::map<std::pair<std::string, std::string>, Quantity> charged_;  // by namespace and key, in this upgrade
};

}  // namespace rehearsal
