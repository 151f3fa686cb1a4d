#include <algorithm>
#include <array>

#include "checks/common.h"

namespace checks {
namespace {

// The annotations by which clouds are told that a load balancer is for the inside. Sources: the documentation of the cloud
// providers' controllers (AWS, Azure, Google, Alibaba, OpenStack).
bool tells_internal(std::string const& path, std::string_view value) {
  constexpr std::array marks = {"load-balancer-internal", "internal-load-balancer", "load-balancer-type", "load-balancer-scheme",
                                "loadbalancer-address-type", "alibaba-cloud-loadbalancer-address-type"};
  if (!path.starts_with("metadata.annotations[")) return false;
  if (std::none_of(marks.begin(), marks.end(), [&](auto const* mark) { return path.find(mark) != std::string::npos; })) return false;
  if (value.size() > 1 && value.front() == '"') value = value.substr(1, value.size() - 2);  // so that it is no boolean
  constexpr std::array inside = {"true", "internal", "Internal", "intranet", "0.0.0.0/0", "private"};
  return std::find(inside.begin(), inside.end(), value) != inside.end();
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& write : rehearsal.writes) {
    if (write.object.kind != "Service") continue;
    for (auto const& field : write.changes.fields)
      if (tells_internal(field.path, field.before) && !tells_internal(field.path, field.after))
        out.findings.push_back({name_of(write.object, request), field.path, "the upgrade takes away what keeps its load balancer internal: it may turn public",
                                Advice{"Set the annotation where the new chart takes it (coderd.serviceAnnotations, or services.annotations for 1.27.0 to 1.28.0)."}});
  }
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const internal_stays_internal;
Check const internal_stays_internal{.code = "HC315",
                                    .name = "internal-stays-internal",
                                    .severity = Severity::error,
                                    .summary = "no internal load balancer turns public",
                                    .page =
#include "internal_stays_internal.md.inc"
                                    ,
                                    .run = on<test>};

}  // namespace checks
