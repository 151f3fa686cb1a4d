#include "cli/parse.h"

#include <boost/test/unit_test.hpp>

#include "base/text.h"

using boost::test_tools::per_element;
using Words = std::vector<std::string>;

namespace {

cli::Parsed parse(std::string const& line, settings::Settings const& settings = {}) {
  return cli::parse(line.empty() ? Words{} : base::split(line, ' '), settings);
}

template <class T>
T parsed(std::string const& line, settings::Settings const& settings = {}) {
  auto const result = parse(line, settings);
  if (auto const* misuse = std::get_if<cli::Misuse>(&result.command)) BOOST_TEST_MESSAGE(misuse->sentence);
  BOOST_REQUIRE(std::holds_alternative<T>(result.command));
  return std::get<T>(result.command);
}

std::string refused(std::string const& line) { return parsed<cli::Misuse>(line).sentence; }

}  // namespace

BOOST_AUTO_TEST_SUITE(parse_suite)

BOOST_AUTO_TEST_CASE(release_and_chart_default_to_coder) {
  auto const target = parsed<cli::PreflightOptions>("preflight").target;
  BOOST_TEST(target.request.release == "coder");
  BOOST_TEST(target.request.chart == "coder/coder");
  BOOST_TEST(target.request.name_space == "default");
  BOOST_TEST(!target.request.name_space_given);
  BOOST_TEST(target.rollback_check);
}

BOOST_AUTO_TEST_CASE(release_and_chart_may_follow_each_command_that_is_about_a_release) {
  auto const is = [](cli::Target const& target) {
    BOOST_TEST(target.request.release == "dev");
    BOOST_TEST(target.request.chart == "./chart");
  };
  is(parsed<cli::PreflightOptions>("preflight dev ./chart").target);
  is(parsed<cli::UpgradeOptions>("upgrade --version 1.21 dev ./chart").target);
  is(parsed<cli::RecoverOptions>("recover dev --yes ./chart").target);
  is(parsed<cli::SnapshotOptions>("snapshot dev ./chart").target);
}

BOOST_AUTO_TEST_CASE(a_release_may_be_called_like_a_command) {
  BOOST_TEST(parsed<cli::PreflightOptions>("preflight upgrade").target.request.release == "upgrade");
}

BOOST_AUTO_TEST_CASE(values_reach_helm_word_for_word_and_in_order) {
  auto const target = parsed<cli::UpgradeOptions>(
                          "upgrade -f a.yaml --set x={a,b},y=[1] --values=b.yaml --set z={} --no-hooks --devel --repo https://charts.example.com")
                          .target;
  Words const expected = {"--values", "a.yaml", "--values", "b.yaml", "--set", "x={a,b},y=[1]", "--set", "z={}", "--no-hooks"};
  BOOST_TEST(target.helm_flags == expected, per_element());
  Words const chart = {"--repo", "https://charts.example.com", "--devel"};
  BOOST_TEST(target.chart_flags == chart, per_element());
}

BOOST_AUTO_TEST_CASE(a_value_never_swallows_the_words_after_it) {
  auto const target = parsed<cli::PreflightOptions>("preflight --set a=b dev --set-json [1] ./chart").target;
  BOOST_TEST(target.request.release == "dev");
  BOOST_TEST(target.request.chart == "./chart");
  Words const expected = {"--set", "a=b", "--set-json", "[1]"};
  BOOST_TEST(target.helm_flags == expected, per_element());
}

BOOST_AUTO_TEST_CASE(what_follows_two_dashes_is_for_helm) {
  auto const target = parsed<cli::UpgradeOptions>("upgrade dev -- --brand-new-flag x").target;
  Words const expected = {"--brand-new-flag", "x"};
  BOOST_TEST(target.helm_flags == expected, per_element());
  BOOST_TEST(refused("checks -- x") == "unexpected argument \"x\" after --");
}

BOOST_AUTO_TEST_CASE(an_empty_value_stays_one) {
  auto const result = cli::parse({"upgrade", "--set", "", "--set", "a="}, {});
  Words const expected = {"--set", "", "--set", "a="};
  BOOST_TEST(std::get<cli::UpgradeOptions>(result.command).target.helm_flags == expected, per_element());
}

BOOST_AUTO_TEST_CASE(the_base_of_the_values_is_what_the_release_has_unless_said_otherwise) {
  using cli::ValuesBase;
  auto const base = [](std::string const& line) { return parsed<cli::UpgradeOptions>(line).target.values_base; };
  BOOST_TEST((base("upgrade") == ValuesBase::own));
  BOOST_TEST((base("upgrade --reset-then-reuse-values") == ValuesBase::own));
  BOOST_TEST((base("upgrade --reset-values") == ValuesBase::reset));
  BOOST_TEST((base("upgrade --reuse-values") == ValuesBase::reuse));
}

BOOST_AUTO_TEST_CASE(habits_from_helm_upgrade_do_no_harm) {
  BOOST_TEST(parsed<cli::UpgradeOptions>("upgrade -i --atomic --wait --timeout 10m coder coder/coder").target.request.install);
}

BOOST_AUTO_TEST_CASE(a_time_out_is_a_go_duration_and_a_flag_wins_over_the_settings) {
  BOOST_TEST(parsed<cli::UpgradeOptions>("upgrade --timeout 1h30m").target.request.timeout_seconds == 5400);
  auto const set = settings::Settings{.timeout = "10m"};
  BOOST_TEST(parsed<cli::UpgradeOptions>("upgrade", set).target.request.timeout_seconds == 600);
  BOOST_TEST(parsed<cli::UpgradeOptions>("upgrade --timeout 20m", set).target.request.timeout_seconds == 1200);
  BOOST_TEST(!parsed<cli::UpgradeOptions>("upgrade").target.request.timeout_given);
  BOOST_TEST(refused("upgrade --timeout 300") == "the time-out \"300\" is no duration; write 5m0s, 300s or 1h");
}

BOOST_AUTO_TEST_CASE(a_namespace_counts_as_given_by_flag_or_where_an_outer_helm_was_given_one) {
  auto const request = [](std::string const& line, std::string const& outer) {
    return parsed<cli::PreflightOptions>(line, settings::Settings{.name_space = outer}).target.request;
  };
  BOOST_TEST(!request("preflight", "default").name_space_given);
  BOOST_TEST(request("preflight", "coder").name_space_given);
  BOOST_TEST(request("preflight -ncoder", "default").name_space == "coder");
  BOOST_TEST(request("preflight -n coder", "").name_space_given);
  BOOST_TEST(refused("preflight -n ../../nodes") == "\"../../nodes\" can't be the name of a namespace: at most 63 of a-z, 0-9 and '-'");
}

BOOST_AUTO_TEST_CASE(what_helm_would_swallow_becomes_the_variables_that_it_would_set) {
  auto const result = parse("--kube-context lab preflight --kube-as-group a --kube-as-group b --debug --kube-insecure-skip-tls-verify=true");
  auto const& target = std::get<cli::PreflightOptions>(result.command).target;
  BOOST_TEST(target.request.kube_context == "lab");
  BOOST_TEST(target.request.kube_context_given);
  BOOST_TEST(target.debug);
  auto const has = [&](std::pair<std::string, std::string> const& variable) {
    return std::find(result.environment.begin(), result.environment.end(), variable) != result.environment.end();
  };
  BOOST_TEST(has({"HELM_KUBECONTEXT", "lab"}));
  BOOST_TEST(has({"HELM_KUBEASGROUPS", "a,b"}));
  BOOST_TEST(has({"HELM_DEBUG", "true"}));
  BOOST_TEST(has({"HELM_KUBEINSECURE_SKIP_TLS_VERIFY", "true"}));
}

BOOST_AUTO_TEST_CASE(remedies_name_objects) {
  auto const request = parsed<cli::UpgradeOptions>("upgrade --adopt Service/d --adopt all --protect Ingress/web-ingress --recreate StatefulSet/timescale").target.request;
  BOOST_TEST(request.adopt == (Words{"Service/d", "all"}), per_element());
  BOOST_TEST(request.protect == (Words{"Ingress/web-ingress"}), per_element());
  BOOST_TEST(request.recreate == (Words{"StatefulSet/timescale"}), per_element());
  BOOST_TEST(refused("upgrade --adopt d") == "--adopt \"d\" names no object; write KIND/NAME, such as Service/coderd, or all");
  BOOST_TEST(refused("upgrade --adopt Service/").find("names no object") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(checks_to_ignore_are_known_and_those_of_the_settings_count_too) {
  settings::Settings set;
  set.ignored = {{.check = "quota", .reason = "it is raised on Friday", .until = "2026-12-31", .file = "/etc/helm-coder.conf", .line = 3}};
  auto const all = parsed<cli::PreflightOptions>("preflight --ignore HC101", set).ignored;
  BOOST_REQUIRE(all.size() == 2u);
  BOOST_TEST((all[0].check == "HC101" && all[0].until.empty() && all[1].check == "quota" && all[1].until == "2026-12-31" && all[1].place == "helm-coder.conf:3"));
  BOOST_TEST(refused("preflight --ignore quotta") == "can't ignore: there is no check \"quotta\". Did you mean quota?");
}

BOOST_AUTO_TEST_CASE(what_can_not_be_ignored_is_refused_wherever_it_is_said) {
  BOOST_TEST(refused("preflight --ignore no-operation") == "HC202 can't be ignored; helm coder explain HC202 tells why");
  settings::Settings set;
  set.ignored = {{.check = "HC402", .reason = "please", .until = "2026-12-31", .file = "/etc/helm-coder.conf", .line = 7}};
  BOOST_TEST(parsed<cli::Misuse>("preflight", set).sentence == "/etc/helm-coder.conf:7: HC402 can't be ignored; helm coder explain HC402 tells why");
  set.ignored[0].check = "HC999";
  BOOST_TEST(parsed<cli::Misuse>("preflight", set).sentence.starts_with("/etc/helm-coder.conf:7: can't ignore: there is no check \"HC999\""));
}

BOOST_AUTO_TEST_CASE(preflight_waits_for_a_duration_and_helms_own_flag_is_no_time) {
  auto const waits = [](std::string const& words) { return parsed<cli::PreflightOptions>(words).wait.count(); };
  BOOST_TEST(waits("preflight") == 0);
  BOOST_TEST(waits("preflight --wait 10m dev ./chart") == 600);
  BOOST_TEST(waits("preflight --wait=90s") == 90);
  BOOST_TEST(waits("preflight --atomic --wait --version 1.21.7") == 0);
  BOOST_TEST(waits("preflight --wait=watcher") == 0);
  BOOST_TEST(refused("preflight --wait coder coder/coder") == "--wait \"coder\" is no duration; write --wait 10m");
  BOOST_TEST(refused("preflight --example --wait 10m") == "--wait looks at a cluster again and again; a recording does not change");
  BOOST_TEST(parsed<cli::UpgradeOptions>("upgrade --wait coder coder/coder").target.request.chart == "coder/coder");
}

BOOST_AUTO_TEST_CASE(a_configuration_file_that_is_named_must_be_there) {
  BOOST_TEST(refused("preflight --config /nonexistent/our.conf") == "the configuration file /nonexistent/our.conf can't be read: No such file or directory");
  BOOST_TEST(refused("--config /nonexistent/our.conf upgrade") == "the configuration file /nonexistent/our.conf can't be read: No such file or directory");
}

BOOST_AUTO_TEST_CASE(versions_are_versions) {
  BOOST_TEST(parsed<cli::PreflightOptions>("preflight --version v1.21.7").target.request.version == "1.21.7");
  BOOST_TEST(refused("preflight --version latest") == "--version \"latest\" is no version; write 1.21.7, or 1.21 for its newest patch");
}

BOOST_AUTO_TEST_CASE(each_command_takes_the_formats_that_it_has) {
  using cli::Format;
  auto const preflight = [](std::string const& word) { return parsed<cli::PreflightOptions>("preflight -o " + word).format; };
  BOOST_TEST((parsed<cli::PreflightOptions>("preflight").format == Format::table));
  BOOST_TEST((preflight("table") == Format::table && preflight("short") == Format::brief && preflight("json") == Format::json));
  BOOST_TEST((preflight("yaml") == Format::yaml && preflight("junit") == Format::junit && preflight("sarif") == Format::sarif));
  BOOST_TEST((parsed<cli::ChecksOptions>("checks -o yaml").format == Format::yaml));
  BOOST_TEST((parsed<cli::VersionOptions>("version -o json").format == Format::json));
  BOOST_TEST(refused("preflight -o xml") == "\"xml\" is no format that -o takes here; table, short, json, yaml, junit, sarif and html are");
  BOOST_TEST(refused("checks -o sarif") == "\"sarif\" is no format that -o takes here; table, json and yaml are");
}

BOOST_AUTO_TEST_CASE(a_plan_has_its_own_ends_and_formats) {
  auto const options = parsed<cli::PlanOptions>("plan dev ./chart --from v1.20.0 --to 1.34 -o markdown -f a.yaml -f b.yaml --reset-values --knowledge k");
  BOOST_TEST(options.target.request.release == "dev");
  BOOST_TEST(options.target.request.chart == "./chart");
  BOOST_TEST(options.from == "1.20.0");
  BOOST_TEST(options.to == "1.34");
  BOOST_TEST((options.format == cli::PlanFormat::markdown));
  BOOST_TEST(options.target.request.value_files == (Words{"a.yaml", "b.yaml"}), per_element());
  BOOST_TEST((options.target.values_base == cli::ValuesBase::reset));
  BOOST_TEST(options.target.knowledge_folder == "k");
  BOOST_TEST(parsed<cli::PlanOptions>("plan --version 1.34.3").to == "1.34.3");
  BOOST_TEST(parsed<cli::PlanOptions>("plan").from.empty());
}

BOOST_AUTO_TEST_CASE(what_a_plan_can_not_take_is_refused) {
  BOOST_TEST(refused("plan --from soon") == "--from \"soon\" is no version; write 1.21.7, or 1.21 for its newest patch");
  BOOST_TEST(refused("plan --to soon").find("--to \"soon\"") == 0u);
  BOOST_TEST(refused("plan -o html") == "\"html\" is no format that -o takes; table, json, yaml and markdown are");
  BOOST_TEST(refused("plan -f https://example.com/values.yaml").find("plan reads values from files only") == 0u);
  BOOST_TEST(refused("plan -- --force") == "unexpected argument \"--force\" after --");
}

BOOST_AUTO_TEST_CASE(newer_knowledge_is_for_every_command_that_judges) {
  BOOST_TEST(parsed<cli::PreflightOptions>("preflight --knowledge k").target.knowledge_folder == "k");
  BOOST_TEST(parsed<cli::UpgradeOptions>("upgrade --knowledge k").target.knowledge_folder == "k");
}

BOOST_AUTO_TEST_CASE(a_password_on_the_command_line_is_refused) {
  BOOST_TEST(parsed<cli::PreflightOptions>("preflight --database-url postgres://coder@db/coder").target.database_url == "postgres://coder@db/coder");
  for (auto const* url : {"postgres://coder:x@db/coder", "postgres://coder@db/coder?password=x", "host=db password=x"}) {
    auto const result = cli::parse({"preflight", "--database-url", url}, {});
    BOOST_REQUIRE(std::holds_alternative<cli::Misuse>(result.command));
    BOOST_TEST(std::get<cli::Misuse>(result.command).sentence.find("PGPASSFILE") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(the_way_to_the_database_is_kept) {
  auto const said = parsed<cli::PreflightOptions>("preflight --database-via pod --database-pod-image mirror:5000/psql:15 -y").target;
  BOOST_TEST((said.database_via_pod && said.yes));
  BOOST_TEST(said.database_pod_image == "mirror:5000/psql:15");
  auto const silent = parsed<cli::SnapshotOptions>("snapshot").target;
  BOOST_TEST((!silent.database_via_pod && !silent.yes));
  BOOST_TEST(refused("preflight --database-via tunnel").find("write --database-via pod") != std::string::npos);
  BOOST_TEST(refused("upgrade --database-pod-image psql").find("give both") != std::string::npos);
  BOOST_TEST(refused("preflight --database-via pod --database-pod-image --yes").find("--database-pod-image") == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_said_of_the_backup_and_the_images_is_kept) {
  auto const said = parsed<cli::UpgradeOptions>("upgrade --database-snapshot taken --check-images").target.request;
  BOOST_TEST((said.database_snapshot == "taken" && said.check_images));
  BOOST_TEST(parsed<cli::PreflightOptions>("preflight --pull-images").target.request.pull_images);
  auto const silent = parsed<cli::PreflightOptions>("preflight").target.request;
  BOOST_TEST((silent.database_snapshot.empty() && !silent.check_images));
  BOOST_TEST(refused("preflight --database-snapshot yes").find("write --database-snapshot taken") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_slip_of_the_hand_gets_a_suggestion) {
  BOOST_TEST(refused("preflght") == "unknown command \"preflght\". Did you mean preflight?");
  BOOST_TEST(refused("preflight --ignor HC101") == "unknown flag --ignor. Did you mean --ignore?");
  BOOST_TEST(refused("preflight --name-space x") == "unknown flag --name-space. Did you mean --namespace?");
  BOOST_TEST(refused("preflight --quux") == "unknown flag --quux.");
  BOOST_TEST(refused("preflight a b c") == "unexpected argument \"c\"");
}

BOOST_AUTO_TEST_CASE(no_command_is_a_misuse_and_a_lacking_value_names_the_flag) {
  BOOST_TEST(refused("") == "a command is missing; preflight is a good start");
  BOOST_TEST(refused("preflight --version").find("--version") != std::string::npos);
  BOOST_TEST(refused("explain").find("needs the code") != std::string::npos);
  BOOST_TEST(refused("preflight --example --snapshot x").find("give one of them") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_broken_settings_file_stops_what_needs_it_and_nothing_else) {
  auto const broken = settings::Settings{.problem = "helm-coder.conf: unrecognised option 'x'"};
  BOOST_TEST(parsed<cli::Misuse>("preflight", broken).sentence == broken.problem);
  parsed<cli::VersionOptions>("version", broken);
}

BOOST_AUTO_TEST_CASE(help_and_version_are_where_people_look_for_them) {
  BOOST_TEST(parsed<cli::Help>("--help").text.find("preflight") != std::string::npos);
  BOOST_TEST(parsed<cli::Help>("preflight --help").text.find("--version VERSION") != std::string::npos);
  parsed<cli::VersionOptions>("--version");
}

BOOST_AUTO_TEST_CASE(hostile_words_are_refused_printable) {
  auto const result = cli::parse({"\x1b[31mx"}, {});
  BOOST_TEST(std::get<cli::Misuse>(result.command).sentence.find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(values_take_an_action_a_release_and_a_file) {
  using What = cli::ValuesOptions::What;
  auto const show = parsed<cli::ValuesOptions>("values show dev --revision 3 -o json -n x");
  BOOST_TEST((show.what == What::show && show.revision == 3 && show.format == cli::Format::json));
  BOOST_TEST(show.target.request.release == "dev");
  auto const migrate = parsed<cli::ValuesOptions>("values migrate --version v1.28.7 -f a.yaml --write");
  BOOST_TEST((migrate.what == What::migrate && migrate.write && migrate.input == "a.yaml"));
  BOOST_TEST(migrate.target.request.version == "1.28.7");
  BOOST_TEST(migrate.target.request.value_files.empty());
  BOOST_TEST(parsed<cli::ValuesOptions>("values diff --defaults").defaults);
}

BOOST_AUTO_TEST_CASE(what_does_not_go_together_with_values_is_one_sentence) {
  BOOST_TEST(refused("values") == "say what to do with the values: values show, values migrate or values diff");
  BOOST_TEST(refused("values mirgate") == "\"mirgate\" is nothing to do with values; show, migrate and diff are");
  for (auto const* line : {"values show -f a", "values show --version 1.28.7", "values show --write", "values migrate --write", "values migrate --write -f -",
                           "values migrate --write -f a --file b", "values migrate --defaults", "values migrate -f a -f b", "values migrate --values=",
                           "values migrate -f https://x/y", "values migrate --revision 1 -f a", "values show --revision 0", "values show --revision x",
                           "values diff --file a", "values diff -o sarif", "values migrate -o yaml", "values migrate --version new"})
    BOOST_TEST(!refused(line).empty(), line);
}

BOOST_AUTO_TEST_SUITE_END()
