#include <stdexcept>

#include "actions/perform.h"
#include "clients/record.h"

namespace actions {
namespace {

using base::Json;

std::string named(Object const& object) { return object.id.kind + "/" + object.id.name; }

// A Helm that was thought dead may wake up and go on where it was.
void look_for_others(std::vector<Record> const& records, std::vector<std::string>& found) {
  for (auto const& record : records)
    if (record.revision != records.back().revision && (record.status == "deployed" || record.status.starts_with("pending-")))
      found.push_back("revision " + std::to_string(record.revision) + " is " + record.status + ": another Helm has written it meanwhile, and may go on");
}

void look_at_release(Verify const& verify, Hands const& hands, std::vector<std::string>& found) {
  auto const records = records_of(hands.api, hands.release);
  if (records.empty()) return found.push_back("the release has no record");
  auto const& last = records.back();
  auto const name = "revision " + std::to_string(last.revision);
  if (last.revision <= verify.after_revision) found.push_back("there is no new revision, " + name + " is still the last");
  if (last.status != "deployed") found.push_back(name + " is " + last.status + ", not deployed");
  if (verify.alone) look_for_others(records, found);
  auto const release = clients::decode_record(get(hands.api, last.path), nullptr);
  auto const version = release ? (*release)["chart"]["metadata"]["version"].str() : "";
  if (!verify.chart_version.empty() && version != verify.chart_version)
    found.push_back(name + " is of chart version " + version + ", not " + verify.chart_version);
}

bool is_going(Json const& object) { return object.is_null() || !object["metadata"]["deletionTimestamp"].str().empty(); }

}  // namespace

std::vector<std::string> differences(Verify const& verify, Hands const& hands) {
  std::vector<std::string> found;
  look_at_release(verify, hands, found);
  for (auto const& object : verify.there) {
    auto const live = get(hands.api, object.path);
    if (live.is_null()) found.push_back(named(object) + " is missing");
    else if (is_going(live)) found.push_back(named(object) + " is being deleted");
  }
  for (auto const& object : verify.gone)
    if (!is_going(get(hands.api, object.path))) found.push_back(named(object) + " is still there");
  return found;
}

}  // namespace actions
