#pragma once

#include <map>
#include <set>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "rehearsal/layer.h"
#include "rehearsal/upstream.h"

namespace rehearsal {

// The records of releases as one Helm is shown them: those that it looks into whole, of the others what stands in their
// metadata. On one thread.
class Archive {
 public:
  explicit Archive(Upstream& upstream) : upstream_(upstream) {}

  // The list that Helm asks for, with those of the layer.
  asio::awaitable<Reply> list(Target collection, Layer const& layer);

  // What Helm was shown of this record, if not the whole; null otherwise.
  base::Json const* outline(Key const&) const;

 private:
  asio::awaitable<base::Json> shown(Target record, base::Json metadata, bool whole);

  Upstream& upstream_;
  std::map<Key, base::Json> outlines_;
};

}  // namespace rehearsal
