#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "rehearsal/layer.h"
#include "rehearsal/path.h"
#include "rehearsal/records.h"

namespace rehearsal {

struct Ask {
  std::string method, target, body, content_type, accept;
  std::string agent = {};  // who asks, "Helm/3.21.4"
  bool fresh = false;      // not from memory
  std::string if_none_match = {};  // the ETag of what is there already
};

struct Reply {
  int status = 0;
  std::string content_type, body;
  std::vector<std::string> warnings;  // of the Warning headers, without code and agent
  std::string etag = {};
  bool ok() const { return status >= 200 && status < 300; }
};

// One request that the API server was asked, and how long it took.
struct Asked {
  std::string what;  // "GET /api/v1/namespaces/coder/services/coderd"
  int status = 0;
  double seconds = 0;
};

// How the stage answers a write. Collect: at once, with success, and the verdict follows, so that Helm never stops early.
// Faithful: with the verdict, so that the layer ends as the cluster would.
enum class Answering { collect, faithful };

struct Direction {
  Answering answering = Answering::collect;
  // Shows every object as owned by this release, once Helm has rendered: for a Helm without --take-ownership.
  bool show_ownership = false;
  bool past_ownership = false;  // this run goes on past foreign objects, shown as owned or by --take-ownership
  std::string release, name_space;
  // Helm starts without records and keeps those that it makes to itself: for an installation after an uninstallation.
  bool forgets_records = false;
  // Helm is stopped when it writes its record of the new revision: it has rendered and read all, and written nothing else.
  bool only_renders = false;
  bool operator==(Direction const&) const = default;
};

// One write of Helm, and what the API server made of it.
struct Recorded {
  std::string method;
  Target target;             // of the object, its name filled in
  std::string body, content_type;
  bool creates = false;
  bool renamed = false;      // tried under another name: the cluster still has an object that the layer has deleted
  std::string doubt;         // what an answer of success can't tell; empty: nothing
  std::string refusal_doubt; // why what is valid by itself may be accepted all the same; empty: nothing speaks for that
  bool on_changed = false;   // judged against the live object, although the layer had changed it already
  std::string not_asked;     // why the API server was not asked; empty: it was
  Reply reply;               // its answer
  base::Json before;         // as Helm saw it, null where it was not there
  base::Json after;          // as the API server answered, null unless accepted
};

// What happened on the stage.
struct Played {
  Layer layer;
  std::vector<Recorded> writes;         // in Helm's order, its own records among them
  std::map<Key, base::Json> live;       // objects as last read from the cluster
  std::vector<std::string> refused;     // requests that the stage did not pass
  int reads = 0;
  std::string agent;                    // as Helm names itself
  bool schema_asked = false;            // Helm asks for the OpenAPI schema once it has rendered
};

// A Status document as the API server sends it.
Reply status_reply(int code, std::string_view reason, std::string_view message);

}  // namespace rehearsal
