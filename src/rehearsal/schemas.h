#pragma once

#include <map>
#include <optional>
#include <string>

#include "rehearsal/upstream.h"

namespace rehearsal {

// Keeps the OpenAPI schema of an API server in a folder. It is some megabytes, and every Helm asks for it. The API server is
// asked each time whether it is still the same (ETag, If-None-Match), so what is kept is never older than what it has. For use
// on one thread.
class KeptSchemas : public Upstream {
 public:
  KeptSchemas(Upstream& behind, std::string folder);  // empty: nothing is kept
  asio::awaitable<Reply> ask(Ask) override;

  // What came that is not kept yet: by the path of its file, the text. Writing takes longer than an answer may.
  std::map<std::string, std::string> take_new();

 private:
  Upstream& behind_;
  std::string folder_;
  std::map<std::string, std::string> new_;
};

// The kept files, written; what can't be is asked for again the next time.
void write_schemas(std::map<std::string, std::string> const& files);

}  // namespace rehearsal
