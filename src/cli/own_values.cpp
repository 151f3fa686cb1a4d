#include "cli/own_values.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "cli/reach.h"
#include "collect/services.h"
#include "values/pins.h"

namespace cli {
namespace {

constexpr auto otherwise = "-f FILE works on a file without a cluster";

[[noreturn]] void give_up(std::string const& sentence) { throw std::runtime_error(base::printable(sentence)); }

collect::Record record(clients::Kubernetes& api, state::Request const& request, int revision) {
  auto found = collect::release(api, request);
  if (auto const* unknown = std::get_if<state::Unknown>(&found.seen)) give_up(unknown->why + (unknown->tell.empty() ? "" : " (" + unknown->tell + ")"));
  auto const& release = std::get<state::Release>(found.seen);
  if (release.revisions.empty()) give_up(no_release(release, otherwise));
  auto const number = revision > 0 ? revision : release.base;
  if (number == 0) give_up("no revision of release " + release.name + " was ever deployed; helm history " + release.name + " lists them, and --revision N takes one");
  auto const listed = std::any_of(release.revisions.begin(), release.revisions.end(), [&](auto const& each) { return each.number == number; });
  if (!listed) give_up("release " + release.name + " has no revision " + std::to_string(number) + "; helm history " + release.name + " lists them");
  if (number == release.base && found.base) return std::move(*found.base);
  auto const records = collect::records_of(request);
  std::string why;
  auto read = collect::read_record(api, std::get<collect::Records>(records), number, &why);
  if (!read) give_up("the record of revision " + std::to_string(number) + " can't be read: " + why);
  return std::move(*read);
}

}  // namespace

OwnValues own_values(state::Request const& request, int revision, state::Knowledge const& known, bool services) {
  auto const reached = reach(request, otherwise);
  auto const found = record(*reached.api, request, revision);
  auto const& chart = found.release["chart"];
  if (chart["metadata"]["name"].str() != "coder") give_up("release " + request.release + " is of the chart " + chart["metadata"]["name"].str() + ", and only Coder's own, coder, is known");
  OwnValues own{.name = "the values of release " + request.release + " (revision " + std::to_string(found.revision) + ")",
                .version = chart["metadata"]["version"].str(),
                .values = found.release["config"],
                .defaults = chart["values"],
                .pins = {}};
  own.values.make_object();
  own.pins = values::drop_pins(own.values, known);
  if (services) own.services = collect::services(*reached.api, request.name_space);
  return own;
}

}  // namespace cli
