#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "rehearsal/fields.h"

namespace rehearsal {

// What of an object may be shown. What may be a secret stays hidden: all that a Secret holds, what kubectl and others keep
// of whole objects in annotations, and whatever has a name that speaks of one, or looks like one.
class Veil {
 public:
  explicit Veil(base::Json const& object) : kind_(object["kind"].str()) {}

  bool hides(FieldPath const&, base::Json const& value) const;

 private:
  bool hides_name(FieldPath const&) const;
  std::string kind_;
};

// Of the lines of a text, which may be shown: none that speaks of a secret, none beside such a one, and no block that
// follows it.
std::vector<bool> shown_lines(std::vector<std::string> const& lines);

}  // namespace rehearsal
