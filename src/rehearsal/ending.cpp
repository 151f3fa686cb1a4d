#include "rehearsal/ending.h"

#include <algorithm>

#include "clients/record.h"
#include "rehearsal/records.h"

namespace rehearsal {

using base::Json;
using state::Ending;

Json const* new_record(Script const& script, Played const& played) {
  int const revision = script.release.revisions.empty() ? 1 : script.release.revisions.back().number + 1;
  auto const* entry = played.layer.find(record_target(script.release, revision).key());
  return entry && entry->object ? &*entry->object : nullptr;
}

std::optional<Json> new_release(Script const& script, Played const& played) {
  auto const* record = new_record(script, played);
  return record ? clients::decode_record(*record, nullptr) : std::nullopt;
}

bool stopped_at_ownership(Run const& run) {
  return !run.ended.ok() && clients::error_of(run.ended).find("cannot be imported into the current release") != std::string::npos;
}

// Helm writes its record before the first object, and asks for the schema after rendering.
Ending ending_of(Run const& run, Script const& script, bool locked) {
  if (run.ended.ok()) return new_release(script, run.played) ? Ending::finished : Ending::other;
  if (stopped_at_ownership(run)) return Ending::ownership;
  if (locked) return Ending::storage;  // Helm refused to begin
  auto const& writes = run.played.writes;
  auto const is_record = [](Recorded const& write) { return is_helm_record(write.target.key()); };
  if (std::any_of(writes.begin(), writes.end(), [&](auto const& write) { return is_record(write) && !write.reply.ok() && write.reply.status != 0; }))
    return Ending::storage;
  if (new_release(script, run.played)) return Ending::other;
  return run.played.schema_asked ? Ending::manifest : Ending::render;
}

}  // namespace rehearsal
