#include <set>

#include "base/text.h"
#include "checks/coder.h"

namespace checks {
namespace {

// The host of an URL of which only scheme, host and port are kept.
std::string host_in(std::string const& url) {
  auto const start = url.find("://");
  if (start == std::string::npos) return "";
  auto host = url.substr(start + 3);
  host = host.substr(0, host.find('/'));
  auto const colon = host.rfind(':');
  return colon != std::string::npos && !host.ends_with(']') ? host.substr(0, colon) : host;
}

std::set<std::string> hosts_of(state::Coder const& coder) {
  std::set<std::string> hosts{host_in(coder.url)};
  if (auto const* providers = state::seen(coder.providers))
    for (auto const& provider : providers->all) hosts.insert(host_in(provider.access_url));
  hosts.erase("");
  return hosts;
}

Outcome test(state::Coder const& coder, state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  auto const hosts = hosts_of(coder);
  if (hosts.empty()) {
    out.unverified.push_back({"", "it is not known by which address people reach Coder", "Give it with --coder-url."});
    return out;
  }
  Advice const advice{"Lead the address to Coder again right after the upgrade, or change the access URL in Coder and in its workspace providers."};
  for (auto const& route : rehearsal.lost_routes)
    if (route.before && hosts.contains(route.host))
      out.findings.push_back({route.host, "", "it leads to Coder through " + name_of(route.object, request) + ", and nowhere after the upgrade: " + route.why, advice});
  std::vector<std::string> lost;
  for (auto const& entry : rehearsal.entries) {
    if (!entry.before || entry.after || entry.address.empty()) continue;
    if (hosts.contains(entry.address)) out.findings.push_back({entry.address, "", name_of(entry.object, request) + ", which has this address, goes", advice});
    else lost.push_back(entry.address);
  }
  if (!lost.empty())
    out.unverified.push_back({base::join({hosts.begin(), hosts.end()}, ", "), "the upgrade gives up " + base::join(lost, ", ") + ", and name servers were not asked whether that is where the name leads",
                              "getent hosts " + *hosts.begin()});
  note_surroundings(rehearsal, out);
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const access_url;
Check const access_url{.code = "HC610",
                       .name = "access-url",
                       .severity = Severity::warning,
                       .summary = "no address that Coder goes by loses its way in",
                       .page =
#include "access_url.md.inc"
                       ,
                       .run = on<test>};

}  // namespace checks
