#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

state::State healthy() {
  state::State s;
  s.now = 1'700'000'000;
  s.request.version = "1.21.7";
  s.request.name_space = "coder";
  s.helm = state::Helm{"/usr/bin/helm", "3.21.4"};
  s.kubectl = state::Kubectl{"/usr/bin/kubectl", "1.32.4"};
  s.cluster = state::Cluster{"1.20.2"};
  s.repository = state::Repository{.name = "coder", .added = true, .url = "https://charts.example.com", .index_age = 7200,
                                   .versions = {"1.21.7", "1.21.0", "1.20.0"}};
  s.target = state::Target{.name = "coder", .version = "1.21.7"};
  state::Release release{.name = "coder", .name_space = "coder", .base = 1, .apply_method = "csa"};
  release.revisions = {{.number = 1, .status = "deployed", .chart = "coder", .chart_version = "1.21.0", .updated = s.now - 86400}};
  s.release = release;
  s.values = state::Values{};
  s.database = state::Database{.address = "db:5432/coder", .name = "coder", .password_seen = true, .server_version = "13.4",
                               .version_number = 130004, .role = "coder", .superuser = true, .may_create = true,
                               .schema = "public", .may_create_tables = true, .has_coder = true, .contrib = true,
                               .encrypted = true};
  state::Rehearsal rehearsal{.ending = state::Ending::finished, .complete = true};
  rehearsal.writes = {{"PATCH", "apps/v1", {"Deployment", "apps", "coder", "coderd"}, false,
                       {.judgement = state::Judgement::accepted, .status = 200}}};
  rehearsal.rollbacks = {{.from = "before any object is written", .tried = true, .works = true}};
  s.rehearsal = rehearsal;
  return s;
}

report::Outcome outcome_of(std::string_view check, state::State const& state) {
  auto const* found = checks::find(check);
  BOOST_REQUIRE_MESSAGE(found, "there is no check " << check);
  return found->run(state);
}
