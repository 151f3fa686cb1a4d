#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/json.h"
#include "rehearsal/path.h"

namespace rehearsal {

// What the rehearsal has changed, on top of the live cluster. A value: copying it makes an independent world.
class Layer {
 public:
  struct Entry {
    std::optional<base::Json> object;  // nothing: deleted
    std::string api_version;           // that the object is written in
    bool live = false;                 // the cluster has an object of this key, too
    bool remade = false;               // and a remedy will have put this one in its place before
  };

  Entry const* find(Key const&) const;
  void put(Key const&, base::Json object, bool live);
  void remove(Key const&, bool live);
  void remake(Key const&, base::Json object);  // another object in the place of the live one
  std::map<Key, Entry> const& entries() const { return entries_; }

  // Whether any entry belongs to this collection (an empty namespace: of all namespaces).
  bool touches(Target const& collection) const;
  // A LIST answer of the API server with the entries of the collection taken in.
  void merge_into(base::Json& list, Target const& collection) const;

 private:
  std::map<Key, Entry> entries_;
};

// Whether labels match an equality selector: "a=b,c==d,e!=f,g,!h". Set-based terms ("in", "notin") are not understood:
// then nothing is returned.
std::optional<bool> matches(base::Json const& labels, std::string_view selector);

}  // namespace rehearsal
