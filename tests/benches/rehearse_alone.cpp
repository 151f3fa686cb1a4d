// Rehearses an upgrade as `preflight WORDS` does, and nothing else: Helm's run with the API server's verdicts, the rollbacks
// and the second rendering. Nothing is asked or collected for checks, nothing is judged, and one line is printed. What
// tests/bench holds a whole preflight against.
#include <cstdio>
#include <stdexcept>

#include "cli/live.h"
#include "clients/clock.h"
#include "collect/repository.h"
#include "collect/target.h"
#include "collect/values.h"
#include "tests/preflight_words.h"

namespace {

template <class T>
T const& known(state::Seen<T> const& part) {
  if (auto const* unknown = std::get_if<state::Unknown>(&part)) throw std::runtime_error(unknown->why);
  return std::get<T>(part);
}

// As in cli/live.cpp: all that a rehearsal needs starts at once.
std::size_t rehearse(cli::Target const& target) {
  auto const& request = target.request;
  base::Timeline timeline;
  clients::Folder const folder;
  std::string why;
  auto const helm = clients::Helm::find(&why);
  auto const proxy = clients::Proxy::launch(clients::access_from_environment(), true, &why);
  if (!helm || !proxy) throw std::runtime_error(why);
  rehearsal::Rehearser rehearser(*helm, proxy->socket(), proxy->prefix(), request.name_space, cli::told_apart(request), timeline);
  auto const repository = collect::repository(*helm, request.chart, target.chart_flags, clients::unix_now());
  auto const pulled = collect::target(*helm, request, target.chart_flags, repository, folder.path());
  auto const& chart = known(pulled).chart;
  clients::MemoryFile own_values("");
  rehearser.share(own_values.fd());
  auto flags = target.helm_flags;
  flags.insert(flags.begin(), {"-f", own_values.path()});
  rehearser.begin(rehearsal::upgrade_arguments(request, chart, flags), rehearsal::upgrade_direction(request), own_values.path());
  if (!proxy->ready(&why)) throw std::runtime_error(why);
  clients::Kubernetes api(*proxy);
  auto const found = collect::release(api, request);
  if (!found.base) throw std::runtime_error("there is no readable record of the release");
  own_values.append(collect::values_text(*found.base));
  rehearsal::Script const script{.request = request, .release = known(found.seen), .manifest = found.base->release["manifest"].str(),
                                 .base_hooks = found.base->release["hooks"], .chart = chart, .flags = flags, .start = {},
                                 .rollback_check = target.rollback_check, .only_requests = true};
  return rehearsal::rehearse(script, rehearser, api).seen.writes.size();
}

}  // namespace

int main(int count, char** words) {
  return with_preflight_words("rehearse-alone", count, words, [](auto const& target) { std::printf("%zu requests rehearsed\n", rehearse(target)); });
}
