#include "rehearsal/conflicts.h"

#include "base/text.h"
#include "state/marks.h"

namespace rehearsal {

using base::Json;

namespace {

Reply without(Reply const& conflict, bool (*settled)(Json const& cause)) {
  auto status = base::parse_json(conflict.body);
  if (!status) return conflict;
  Json::Array others;
  std::string list;
  for (auto const& cause : (*status)["details"]["causes"].items()) {
    if (settled(cause)) continue;
    list += (list.empty() ? "" : "; ") + cause["message"].str() + ": " + cause["field"].str();
    others.push_back(cause);
  }
  if (others.empty() && !(*status)["details"]["causes"].items().empty()) return {};
  if (others.empty()) return conflict;
  // The server's own wording, for the conflicts that are left.
  status->set("message") = "Apply failed with " + base::count_of(others.size(), "conflict") + ": " + list;
  status->set("details").set("causes") = std::move(others);
  auto reply = conflict;
  reply.body = base::to_text(*status);
  return reply;
}

}  // namespace

Reply without_own_conflicts(Reply const& conflict) {
  return without(conflict, [](Json const& cause) { return cause["message"].str().starts_with("conflict with \"helm\""); });
}

Reply without_ownership_conflicts(Reply const& conflict) {
  return without(conflict, [](Json const& cause) {
    auto const& field = cause["field"].str();
    return field.ends_with(state::marks::managed_by) || field.find(state::marks::release_name) != std::string::npos;
  });
}

}  // namespace rehearsal
