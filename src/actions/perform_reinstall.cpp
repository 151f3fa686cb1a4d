#include <algorithm>

#include "actions/perform_scout.h"
#include "actions/plan_upgrade.h"
#include "collect/values.h"
#include "rehearsal/manifest.h"
#include "state/marks.h"

namespace actions {
namespace {

// What would be lost for good.
std::string data_in(Scout const& scout) {
  for (auto const& revision : scout.release.revisions) {
    if (!revision.readable) continue;
    for (auto const& rendered : rehearsal::parse_manifest(record_of(scout, revision.number).release["manifest"].str()))
      if (holds_more_than_itself(rendered.kind) && rendered.object["metadata"]["annotations"][state::marks::resource_policy].str() != "keep")
        return rendered.kind + "/" + rendered.name;
  }
  return {};
}

}  // namespace

WayOut reinstall(Scout const& scout, int number, std::string const& version) {
  auto const& release = scout.request.release;
  WayOut way{.kind = WayOut::Kind::reinstall, .name = "uninstall, and install " + version + " again", .version = version};
  std::string why = data_in(scout);
  if (!why.empty()) return way.trouble = why + " would be deleted with what it holds", way;
  auto const chart = scout.pull(version, &why);
  if (!chart) return way.trouble = why, way;
  way.chart = *chart;
  way.values = collect::values_text(record_of(scout, number));
  auto const values = scout.share(way.values);
  auto gone = scout.rehearser.run({"uninstall", release, "--no-hooks"}, {.answering = rehearsal::Answering::faithful}, lifted(scout));
  read_run(way, gone);
  if (!way.clean) return way;
  std::vector<std::string> install = {"install", release, way.chart, "-f", values, "--no-hooks"};
  install.insert(install.end(), scout.helm_flags.begin(), scout.helm_flags.end());
  // The records are gone by then, but not from the cluster that the rehearsal sees.
  auto const again = scout.rehearser.run(install, {.answering = rehearsal::Answering::faithful, .forgets_records = true}, std::move(gone.played.layer));
  read_run(way, again);
  if (!way.clean) return way;
  way.helm = waiting_run({"uninstall", release}, scout.request, scout.helm_version, false);
  way.install = {"install", release, scout.backup + "/chart.tgz", "-f", scout.backup + "/values.json"};
  way.install.insert(way.install.end(), scout.helm_flags.begin(), scout.helm_flags.end());
  way.install = waiting_run(std::move(way.install), scout.request, scout.helm_version, false);
  way.manifest = way.written;
  for (auto const& object : way.deleted)
    if (object.id.kind == "Secret" && std::any_of(way.written.begin(), way.written.end(), [&](auto const& each) { return each.path == object.path; }))
      way.kept_back.push_back(object);
  return way;
}

}  // namespace actions
