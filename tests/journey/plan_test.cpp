#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "checks/knowledge.h"
#include "journey/journey.h"

using journey::Journey;
using journey::Stop;

namespace {

// A release with an external database and nothing else set.
journey::Sight sight(std::string_view from, std::string_view to, state::Values values = {}) {
  values.set.try_emplace("postgres.default.enable", "false");
  return {.request = {}, .from = base::parse_version(from).value(), .to = base::parse_version(to).value(),
          .cluster = state::Cluster{"1.20.2"}, .values = values, .services = std::set<std::string>{"coderd"}, .index = {}};
}

Journey plan(journey::Sight const& sight) { return journey::plan(sight, checks::knowledge()); }

Stop stop_of(Journey const& journey, std::string_view version) {
  auto const& all = journey.stops;
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& stop) { return stop.version == version; });
  BOOST_REQUIRE_MESSAGE(found != all.end(), version << " is no stop");
  return *found;
}

std::string stops_of(Journey const& journey) {
  std::vector<std::string> all;
  for (auto const& stop : journey.stops) all.push_back(stop.version);
  return base::join(all, " ");
}

template <class T>
std::string texts_of(std::vector<T> const& all) {
  std::string texts;
  for (auto const& each : all) texts += each.text + "\n";
  return texts;
}

template <class T>
bool says(std::vector<T> const& all, std::string_view words) {
  return texts_of(all).find(words) != std::string::npos;
}

journey::Sight unseen(std::string_view from, std::string_view to) {
  auto all = sight(from, to);
  state::Unknown const nothing{"no cluster was looked at", ""};
  all.cluster = nothing, all.values = nothing, all.services = nothing;
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_plan)

BOOST_AUTO_TEST_CASE(stops_at_the_newest_good_patch_of_each_line) {
  BOOST_TEST(stops_of(plan(sight("1.19.2", "1.23.1"))) == "1.20.0 1.21.7 1.22.3 1.23.1");
  BOOST_TEST(stops_of(plan(sight("1.21.0", "1.22.3"))) == "1.21.7 1.22.3");
  BOOST_TEST(stops_of(plan(sight("1.44.4", "1.44.4"))).empty());
}

BOOST_AUTO_TEST_CASE(names_the_command_of_each_stop_with_what_the_person_gave) {
  auto given = sight("1.22.3", "1.23.1");
  given.request = {.release = "dev", .name_space = "coder", .kube_context = "prod", .name_space_given = true, .kube_context_given = true};
  given.request.timeout_seconds = 900, given.request.timeout_given = true;
  given.request.value_files = {"more.yaml"};
  BOOST_TEST(plan(given).stops.front().upgrade ==
             "helm coder upgrade --version 1.23.1 --timeout 900s dev -f more.yaml -n coder --kube-context prod");
}

BOOST_AUTO_TEST_CASE(says_why_a_stop_that_looks_needless_must_be_made) {
  auto const journey = plan(sight("1.21.0", "1.22.3"));
  BOOST_TEST(stop_of(journey, "1.21.7").why.starts_with("Networking v2 has to work"));
  BOOST_TEST(plan(sight("1.21.0", "1.21.7")).stops.front().why.empty());
}

BOOST_AUTO_TEST_CASE(leads_through_the_journey_of_1_21_in_order) {
  auto const stop = stop_of(plan(sight("1.20.0", "1.22.3")), "1.22.3");
  auto const before = texts_of(stop.before);
  std::size_t at = 0;
  for (auto const* step : {"each of them is on 1.21.7", "Networking v2 for the built-in", "Turn it on for each", "rebuild a workspace", "Take a snapshot of the database"}) {
    auto const found = before.find(step);
    BOOST_TEST((found != std::string::npos && found >= at), step << " is not at its place in:\n" << before);
    at = found;
  }
  BOOST_TEST(says(stop.after, "Uninstall their releases"));
  BOOST_TEST(stop.after.front().command == "helm uninstall coder-workspace-provider -n NAMESPACE");
  BOOST_TEST(stop.before.front().command == "helm coder upgrade coder-workspace-provider coder/workspace-provider --version 1.21.7 -n NAMESPACE");
}

BOOST_AUTO_TEST_CASE(of_a_release_that_is_in_trouble_begins_with_the_way_out) {
  auto failed = sight("1.22.3", "1.23.1");
  failed.last = {.number = 7, .status = "failed"};
  auto const journey = plan(failed);
  BOOST_TEST(journey.next == "helm coder recover");
  BOOST_TEST(journey.notes.front().text == "The last operation on the release, revision 7, is failed.");
  failed.last.status = "deployed";
  BOOST_TEST(plan(failed).next == "helm coder upgrade --version 1.23.1");
  BOOST_TEST(plan(failed).notes.empty());
}

BOOST_AUTO_TEST_CASE(asks_for_the_database_at_each_stop_as_it_is_kept) {
  auto const own = plan(sight("1.22.3", "1.24.0"));
  for (auto const& stop : own.stops) BOOST_TEST(says(stop.before, "Take a snapshot of the database. There is no way back to " + stop.from));
  auto const built_in = plan(sight("1.22.3", "1.23.1", {{{"postgres.default.enable", "true"}}})).stops.front();
  BOOST_TEST(built_in.before.back().command == "kubectl exec statefulset/timescale -- pg_dump -U coder -d coder > coder-1.22.3.sql");
  BOOST_TEST(!says(built_in.before, "Take a snapshot"));
  auto const old_key = plan(sight("1.20.0", "1.21.7", {{{"postgres.useDefault", "true"}}})).stops.front();
  BOOST_TEST(says(old_key.before, "Dump the database"));
}

BOOST_AUTO_TEST_CASE(says_what_it_hangs_on_where_it_could_not_see) {
  auto const stop = plan(unseen("1.22.3", "1.23.1")).stops.front();
  BOOST_REQUIRE(stop.before.size() == 2u);
  BOOST_TEST(stop.before.front().only_if == "if the database is the chart's own");
  BOOST_TEST(stop.before.back().only_if == "if the database is your own");
}

BOOST_AUTO_TEST_CASE(names_what_it_could_not_see) {
  auto const unverified = plan(unseen("1.22.3", "1.23.1")).unverified;
  BOOST_REQUIRE(unverified.size() == 3u);
  BOOST_TEST(unverified[0].object == "the cluster's Kubernetes");
  BOOST_TEST(unverified[1].object == "the release's values");
  BOOST_TEST(unverified[2].object == "the Services of the namespace");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_plan_and_the_values)

BOOST_AUTO_TEST_CASE(names_each_key_once_at_the_stop_whose_chart_no_longer_takes_it) {
  auto const journey = plan(sight("1.20.0", "1.28.7", {{{"cemanager.replicas", "2"}, {"ssh.enable", "true"}, {"coderd.image", "\"x\""}}}));
  for (auto const& stop : journey.stops) BOOST_TEST(stop.keys.size() == (stop.version == "1.27.4" ? 2u : 0u), stop.version);
  auto const keys = stop_of(journey, "1.27.4").keys;
  BOOST_TEST(keys.front().object == "cemanager.replicas");
  BOOST_TEST(keys.front().message == "the chart ignores it since 1.27.0; its new name is coderd.replicas");
}

BOOST_AUTO_TEST_CASE(has_the_values_written_anew_for_that_stop_only) {
  auto const journey = plan(sight("1.26.4", "1.28.7", {{{"devurls.host", "\"*.x\""}}}));
  auto const stop = stop_of(journey, "1.27.4");
  BOOST_TEST(stop.before[1].command == "helm coder values migrate --version 1.27.4 > values.yaml");
  BOOST_TEST(stop.upgrade == "helm coder upgrade --version 1.27.4 --reset-values -f values.yaml");
  BOOST_TEST(stop_of(journey, "1.28.7").upgrade == "helm coder upgrade --version 1.28.7");
}

BOOST_AUTO_TEST_CASE(leaves_files_that_are_given_in_place_of_the_releases_values_to_the_person) {
  auto given = sight("1.26.4", "1.27.4", {{{"devurls.host", "\"*.x\""}}});
  given.resets_values = true;
  given.request.value_files = {"all.yaml"};
  auto const stop = plan(given).stops.front();
  BOOST_TEST(stop.before[1].text.starts_with("Change the keys that are named above"));
  BOOST_TEST(stop.before[1].command.empty());
  BOOST_TEST(stop.upgrade == "helm coder upgrade --version 1.27.4 --reset-values -f all.yaml");
}

BOOST_AUTO_TEST_CASE(names_a_key_that_is_lost_for_a_while_and_asks_for_no_rewriting) {
  auto const stop = stop_of(plan(sight("1.28.7", "1.30.5", {{{"coderd.liveness.periodSeconds", "5"}}})), "1.29.6");
  BOOST_REQUIRE(stop.keys.size() == 1u);
  BOOST_TEST(stop.keys.front().message == "the chart ignores it since 1.29.4, and takes it again from 1.30.0 on");
  BOOST_TEST(stop.upgrade.find("--reset-values") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(says_nothing_of_a_key_that_the_running_chart_ignores_already) {
  BOOST_TEST(plan(sight("1.30.5", "1.31.3", {{{"ssh.enable", "true"}}})).stops.front().keys.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_plan_and_the_way_in)

BOOST_AUTO_TEST_CASE(tells_whom_1_26_would_leave_without_one) {
  auto with_nginx = sight("1.25.0", "1.26.4");
  with_nginx.services = std::set<std::string>{"ingress-nginx", "coderd"};
  auto const notes = plan(with_nginx).stops.front().notes;
  BOOST_TEST(says(notes, "Nothing leads in from outside any more, unless"));
  BOOST_TEST(notes.front().only_if.empty());
  BOOST_TEST(!says(plan(sight("1.25.0", "1.26.4")).stops.front().notes, "Nothing leads in from outside"));
  with_nginx.values = state::Values{{{"coderd.serviceNext", "true"}}};
  BOOST_TEST(!says(plan(with_nginx).stops.front().notes, "Nothing leads in from outside"));
}

BOOST_AUTO_TEST_CASE(tells_whose_service_turns_public_with_1_27) {
  state::Values const own_ingress{{{"ingress.useDefault", "false"}}};
  auto const stop = stop_of(plan(sight("1.26.4", "1.27.4", own_ingress)), "1.27.4");
  BOOST_TEST(says(stop.notes, "becomes a LoadBalancer on 80 and 443"));
  BOOST_TEST(!says(plan(sight("1.26.4", "1.27.4")).stops.front().notes, "LoadBalancer"));
}

BOOST_AUTO_TEST_CASE(tells_of_a_flaw_of_the_newest_patch_to_those_it_hits) {
  auto const hit = stop_of(plan(sight("1.22.3", "1.23.1", {{{"ingress.useDefault", "true"}}})), "1.23.1");
  BOOST_TEST(hit.notes.front().advice == "It is corrected in 1.24.0.");
  BOOST_TEST(!says(plan(sight("1.22.3", "1.23.1")).stops.front().notes, "nobody gets in"));
  BOOST_TEST(plan(unseen("1.22.3", "1.23.1")).stops.front().notes[1].only_if == "if ingress.useDefault is set");
}

BOOST_AUTO_TEST_CASE(gives_helm_more_time_where_a_migration_takes_long) {
  BOOST_TEST(plan(sight("1.29.6", "1.30.5")).stops.front().upgrade == "helm coder upgrade --version 1.30.5 --timeout 30m");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_plan_and_kubernetes)

BOOST_AUTO_TEST_CASE(has_the_cluster_upgraded_when_and_as_far_as_both_coders_support) {
  auto const journey = plan(sight("1.25.0", "1.32.5"));
  BOOST_TEST(stop_of(journey, "1.27.4").before.front().text ==
             "Bring the cluster to Kubernetes 1.21 (at most 1.22): Coder supports 1.21 to 1.23 with 1.27.4.");
  BOOST_TEST(!says(stop_of(journey, "1.28.7").before, "Kubernetes"));
  BOOST_TEST(says(stop_of(journey, "1.31.3").before, "Bring the cluster to Kubernetes 1.22 (at most 1.23)"));
}

BOOST_AUTO_TEST_CASE(says_once_that_the_cluster_is_too_new_to_be_supported) {
  auto all = sight("1.21.7", "1.24.0");
  all.cluster = state::Cluster{"1.34.2"};
  auto const journey = plan(all);
  BOOST_REQUIRE(journey.notes.size() == 1u);
  BOOST_TEST(journey.notes.front().text.starts_with("The cluster's Kubernetes is newer than what Coder supports with 1.22.3 to 1.24.0."));
  for (auto const& stop : journey.stops)
    for (auto const& note : stop.notes) BOOST_TEST(!note.forbids);
}

BOOST_AUTO_TEST_CASE(says_that_an_old_chart_can_not_be_installed_on_a_new_cluster) {
  auto all = sight("1.19.2", "1.20.0");
  all.cluster = state::Cluster{"1.34.2"};
  auto const journey = plan(all);
  auto const note = journey.stops.front().notes.front();
  BOOST_TEST(note.forbids);
  BOOST_TEST(journey.next == "helm coder preflight --version 1.20.0");
  BOOST_TEST(note.text.starts_with("It can't be installed on Kubernetes 1.34.2: its chart has objects of"));
}

BOOST_AUTO_TEST_CASE(names_the_range_where_it_changes_if_the_cluster_is_not_known) {
  auto const journey = plan(unseen("1.22.3", "1.25.0"));
  BOOST_TEST(says(stop_of(journey, "1.23.1").notes, "Coder supports Kubernetes 1.19 to 1.21 from here on."));
  BOOST_TEST(!says(stop_of(journey, "1.24.0").notes, "Kubernetes"));
  BOOST_TEST(says(stop_of(journey, "1.25.0").notes, "Coder supports Kubernetes 1.20 to 1.22 from here on."));
}

BOOST_AUTO_TEST_CASE(says_where_coder_documents_nothing) {
  auto const unverified = plan(sight("1.32.5", "1.34.3")).unverified;
  BOOST_REQUIRE(unverified.size() == 1u);
  BOOST_TEST(unverified.front().object == "Kubernetes for 1.33.6 to 1.34.3");
}

BOOST_AUTO_TEST_CASE(goes_on_where_the_knowledge_ends_and_says_so) {
  auto const journey = plan(sight("1.44.3", "1.46.0"));
  BOOST_TEST(stops_of(journey) == "1.45 1.46.0");
  BOOST_TEST(says(journey.stops.front().notes, "This program does not know this version"));
  BOOST_TEST(journey.stops.front().upgrade == "helm coder upgrade --version 1.45");
}

namespace {

journey::Step step_of(Stop const& stop, std::string_view words) {
  auto const found = std::find_if(stop.before.begin(), stop.before.end(), [&](auto const& each) { return each.text.find(words) != std::string::npos; });
  BOOST_REQUIRE_MESSAGE(found != stop.before.end(), words << " is no step of " << texts_of(stop.before));
  return *found;
}

// On the newest 1.21, with one provider besides the built-in one and its release.
journey::Sight with_providers(state::Told built_in, state::Told other, std::string const& version = "1.21.7") {
  auto all = sight("1.21.7", "1.22.3");
  state::Coder coder;
  coder.providers = state::Providers{{{.name = "built-in", .built_in = true, .networking_v2 = built_in}, {.name = "sydney", .networking_v2 = other}}};
  all.coder = coder;
  all.family = state::Family{.providers = {{.release = "wp", .name_space = "sydney", .version = version}}};
  return all;
}

}  // namespace

BOOST_AUTO_TEST_CASE(ticks_off_what_coder_shows_to_be_done) {
  auto const stop = stop_of(plan(with_providers(state::Told::yes, state::Told::no)), "1.22.3");
  BOOST_TEST(step_of(stop, "See to it that each of them is on 1.21.7").done);
  BOOST_TEST(step_of(stop, "Networking v2 for the built-in").done);
  BOOST_TEST(!step_of(stop, "Turn it on for each of them too").done);
  BOOST_TEST(step_of(stop, "Turn it on for each of them too").only_if == "");
  BOOST_TEST(!step_of(stop, "rebuild a workspace").done);
}

BOOST_AUTO_TEST_CASE(ticks_off_nothing_that_coder_does_not_say) {
  auto const stop = stop_of(plan(with_providers(state::Told::not_said, state::Told::yes, "1.20.0")), "1.22.3");
  BOOST_TEST(!step_of(stop, "See to it that each of them is on 1.21.7").done);
  BOOST_TEST(!step_of(stop, "Networking v2 for the built-in").done);
  BOOST_TEST(step_of(stop, "Turn it on for each of them too").done);
}

BOOST_AUTO_TEST_CASE(leaves_out_steps_for_providers_that_are_not_there) {
  auto all = with_providers(state::Told::yes, state::Told::yes);
  std::get<state::Providers>(std::get<state::Coder>(all.coder).providers).all.pop_back();
  all.family = state::Family{};
  auto const journey = plan(all);
  BOOST_TEST(!says(stop_of(journey, "1.22.3").before, "Turn it on for each of them too"));
  BOOST_TEST(journey.unverified.empty());
}

BOOST_AUTO_TEST_CASE(says_that_providers_were_not_looked_at_only_where_it_would_tick_something_off) {
  auto const objects = [](Journey const& journey) {
    std::string all;
    for (auto const& each : journey.unverified) all += each.object + "\n";
    return all;
  };
  BOOST_TEST(objects(plan(sight("1.21.0", "1.22.3"))) == "Coder's workspace providers\nthe releases of workspace providers\n");
  BOOST_TEST(objects(plan(sight("1.21.0", "1.21.7"))) == "");
  BOOST_TEST(objects(plan(sight("1.20.0", "1.22.3"))) == "");
}

BOOST_AUTO_TEST_SUITE_END()
