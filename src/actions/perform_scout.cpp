#include "actions/perform_scout.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "actions/perform_remedies.h"
#include "actions/plan_upgrade.h"
#include "base/text.h"
#include "rehearsal/judge.h"
#include "rehearsal/ownership.h"
#include "state/marks.h"

namespace actions {
namespace {

using base::Json;
using state::Judgement;

Json live(Scout const& scout, std::string const& path) {
  auto const answer = scout.api.get(path);
  return answer.ok() ? base::parse_json(answer.body).value_or(Json()) : Json();
}

}  // namespace

std::string text_of(state::ObjectId const& id) { return id.kind + "/" + id.name; }

std::string told(state::Revision const& revision) {
  return std::to_string(revision.number) + (revision.chart_version.empty() ? "" : " (" + revision.chart_version + ")");
}

bool is_pending(state::Release const& release) {
  auto const& status = release.revisions.back().status;
  return status.starts_with("pending-") || status == "uninstalling";
}

bool holds_more_than_itself(std::string const& kind) {
  static constexpr std::array kinds = {"PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition"};
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

collect::Record record_of(Scout const& scout, int number) {
  std::string why;
  auto record = collect::read_record(scout.api, scout.records, number, &why);
  if (!record) throw std::runtime_error("the record of revision " + std::to_string(number) + " can't be read: " + why);
  return std::move(*record);
}

std::vector<Object> swept(Scout const& scout, int after, std::vector<Object> const& manifest, std::vector<Object> const& deleted) {
  std::vector<Object> found;
  std::string since;
  auto const in = [](std::vector<Object> const& list, Object const& object) {
    return std::any_of(list.begin(), list.end(), [&](auto const& each) { return key_of(each.id) == key_of(object.id); });
  };
  for (auto const& revision : scout.release.revisions) {
    if (revision.number <= after || !revision.readable) continue;
    auto const record = record_of(scout, revision.number);
    if (since.empty()) since = record.object["metadata"]["creationTimestamp"].str();
    for (auto& object : objects_of(record.release, scout.request.name_space, scout.api)) {
      if (in(manifest, object) || in(deleted, object) || in(found, object) || holds_more_than_itself(object.id.kind)) continue;
      auto const now = live(scout, object.path);
      auto const& metadata = now["metadata"];
      bool const ours = rehearsal::names_release(now, scout.request.release, scout.request.name_space);
      // RFC 3339 in UTC: the text is in the order of time.
      if (!ours || metadata["annotations"].has(state::marks::resource_policy) || metadata["creationTimestamp"].str() < since) continue;
      object.uid = metadata["uid"].str();
      found.push_back(std::move(object));
    }
  }
  return found;
}

void read_run(WayOut& way, rehearsal::Run const& run) {
  way.clean = run.ended.ok();
  if (!way.clean) way.trouble = base::printable(clients::error_of(run.ended));
  for (auto const& write : run.played.writes) {
    if (rehearsal::is_helm_record(write.target.key())) continue;
    auto const id = rehearsal::object_of(write);
    auto const& target = write.target;
    auto const path = rehearsal::path_of(target.api_version(), target.resource, target.name_space, target.name);
    (write.method == "DELETE" ? way.deleted : way.written).push_back({id, path, write.before["metadata"]["uid"].str()});
    if (write.method == "DELETE") continue;
    auto const verdict = rehearsal::judge(write);
    if (verdict.judgement == Judgement::not_verified) way.unproven.push_back(text_of(id));
    if (verdict.judgement == Judgement::rejected && way.clean) way.clean = false, way.trouble = text_of(id) + ": " + verdict.message;
  }
}

rehearsal::Layer lifted(Scout const& scout) {
  if (!is_pending(scout.release)) return {};
  auto layer = rehearsal::with_lock_lifted(scout.release, scout.api);
  if (!layer) throw std::runtime_error("the record of the last revision can't be read");
  return std::move(*layer);
}

}  // namespace actions
