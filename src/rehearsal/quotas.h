#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "rehearsal/quantity.h"
#include "rehearsal/questions.h"
#include "rehearsal/recorded.h"
#include "state/rehearsal.h"

namespace rehearsal {

// What a write takes of a quota, by the quota's own keys: {"count/configmaps": 1}, {"requests.storage": 1Gi}. What
// pods ask for is not counted, only how many there are.
using Charges = std::map<std::string, Quantity>;
Charges charges_of(Recorded const&);

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
  std::string exceeded(Recorded const&, Charges const& charges);

  Questions& ask_;
  std::map<std::string, std::vector<Quota>> known_;
  std::map<std::pair<std::string, std::string>, Quantity> charged_;  // by namespace and key, in this upgrade
};

}  // namespace rehearsal
