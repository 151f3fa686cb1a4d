#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rehearsal/layer.h"
#include "rehearsal/questions.h"

namespace rehearsal {

// The API server's answers to lists of all who may be asked about a request. The upgrade's own stand in its layer.
using Guards = std::array<clients::Answer, 4>;
Guards guards_of(Questions&);

// A deletion may be refused by a webhook or a policy, and a rehearsal never sends one: who would be asked is told from their
// rules. What can't be evaluated here (a CEL condition, the labels of a namespace that can't be read) counts as fulfilled.
class Admission {
 public:
  Admission(Questions& ask, Guards const& guards, Layer const& layer) : ask_(ask), guards_(guards), layer_(layer) {}

  // Why it is not sure that the API server deletes this object; empty: nobody is asked.
  std::string doubt_about_deletion(Target const&, base::Json const& object);

 private:
  struct Asked {
    std::string name;       // "ValidatingWebhookConfiguration/guard"
    base::Json constraints; // rules, excluded, namespaceSelector, objectSelector
    base::Json also;        // of a policy's binding, which must match too; null: none
  };
  void look();
  std::vector<base::Json> all_of(std::string const& plural, base::Json const* answer) const;
  void take_webhooks(std::vector<base::Json> const& configurations);
  void take_policies(std::vector<base::Json> const& policies, std::vector<base::Json> const& bindings);
  bool matches(base::Json const& constraints, Target const&, base::Json const& object);
  base::Json const* labels_of_namespace(std::string const& name);

  Questions& ask_;
  Guards const& guards_;
  Layer const& layer_;
  bool looked_ = false;
  std::vector<Asked> asked_;
  std::string unseen_;  // what could not be read
  std::map<std::string, std::optional<base::Json>> namespaces_;
};

// Whether a label selector of Kubernetes, matchLabels and matchExpressions, selects these labels. One with an operator that
// is not known does.
bool selects(base::Json const& selector, base::Json const& labels);

}  // namespace rehearsal
