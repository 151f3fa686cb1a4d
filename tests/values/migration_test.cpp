#include "values/migration.h"

#include <boost/test/unit_test.hpp>

#include "base/json.h"
#include "base/text.h"
#include "checks/knowledge.h"

namespace {

using values::Change;

// Booleans are all that conditions look at.
void flatten(base::Json const& json, std::string const& name, state::Values& into) {
  for (auto const& [key, value] : json.members()) flatten(value, name.empty() ? key : name + "." + key, into);
  if (json.members().empty() && !name.empty()) into.set[name] = json.is_bool() ? base::to_text(json) : state::Values::masked;
}

values::Migration migrated(std::string_view text, std::string const& target, std::set<std::string> const* services = nullptr) {
  values::Wanted wanted{.target = *base::parse_version(target), .flat = {}};
  if (auto const tree = base::parse_yaml(text)) flatten(*tree, "", wanted.flat);
  if (services) wanted.services = *services;
  values::Trouble trouble;
  auto migration = values::migrate(text, wanted, checks::knowledge(), trouble);
  BOOST_REQUIRE_MESSAGE(migration, to_text(trouble));
  return std::move(*migration);
}

std::string text_of(std::string_view text, std::string const& target) {
  auto const migration = migrated(text, target);
  for (auto const& refusal : migration.refusals) BOOST_TEST(false, refusal.key + ": " + refusal.why);
  return migration.text;
}

std::string refusal_of(std::string_view text, std::string const& target) {
  auto const migration = migrated(text, target);
  BOOST_TEST(migration.text == text);
  BOOST_TEST(migration.changes.empty());
  BOOST_REQUIRE(!migration.refusals.empty());
  return migration.refusals.front().key + ": " + migration.refusals.front().why;
}

bool notes(values::Migration const& migration, std::string_view word) {
  return base::join(migration.notes, "\n").find(word) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(migration)

BOOST_AUTO_TEST_CASE(every_renamed_key_gets_its_new_name) {
  for (auto const& entry : checks::knowledge().keys) {
    if (entry.to.empty()) continue;
    base::Json tree;
    auto* node = &tree;
    for (auto const& key : base::split(entry.from, '.')) node = &node->set(key);
    *node = "x";
    auto const text = text_of(base::to_pretty_text(tree), "1.30.0");
    auto const result = base::parse_yaml(text);
    BOOST_REQUIRE(result);
    auto const* value = &*result;
    for (auto const& key : base::split(entry.to, '.')) value = &(*value)[key];
    BOOST_TEST(value->str() == "x", entry.from);
    auto const* old = &*result;
    for (auto const& key : base::split(entry.from, '.')) old = &(*old)[key];
    BOOST_TEST(old->is_null(), text);
  }
}

BOOST_AUTO_TEST_CASE(a_person_finds_their_file_again) {
  auto const before =
      "# Values of our Coder.\n"
      "# Ask Ada before you change them.\n"
      "\n"
      "cemanager:\n"
      "  accessURL: https://coder.example.com  # as people know it\n"
      "  replicas: 2  # one for each zone\n"
      "  resources: {requests: {cpu: \"2\"}}\n"
      "\n"
      "# where workspaces answer\n"
      "devurls:\n"
      "  host: '*.dev.example.com'\n"
      "\n"
      "ingress:\n"
      "  host: coder.example.com\n"
      "  # our certificate\n"
      "  tls:\n"
      "    enable: true\n"
      "    hostSecretName: coder-tls\n"
      "  usePathWildcards: true\n"
      "\n"
      "postgres:\n"
      "  useDefault: false  # RDS\n"
      "  host: db\n"
      "imagePullPolicy: Always\n";
  BOOST_TEST(text_of(before, "1.28.7") ==
             "# Values of our Coder.\n"
             "# Ask Ada before you change them.\n"
             "\n"
             "coderd:\n"
             "  replicas: 2  # one for each zone\n"
             "  resources: {requests: {cpu: \"2\"}}\n"
             "  # where workspaces answer\n"
             "  devurlsHost: '*.dev.example.com'\n"
             "  tls:\n"
             "    hostSecretName: coder-tls\n"
             "\n"
             "ingress:\n"
             "  host: coder.example.com\n"
             "  # our certificate\n"
             "  tls:\n"
             "    enable: true\n"
             "\n"
             "postgres:\n"
             "  default:\n"
             "    enable: false  # RDS\n"
             "  host: db\n");
}

BOOST_AUTO_TEST_CASE(what_was_done_is_told_with_its_reason_and_its_line_and_without_values) {
  auto const migration = migrated("a: 1\ncemanager:\n  accessURL: https://me:hunter2@x\nstorageClassName: hunter2\n", "1.28.0");
  BOOST_REQUIRE(migration.changes.size() == 2u);
  BOOST_TEST((migration.changes[0].kind == Change::Kind::removed));
  BOOST_TEST(migration.changes[0].from == "cemanager.accessURL");
  BOOST_TEST(migration.changes[0].line == 3u);
  BOOST_TEST(migration.changes[0].why == "Charts from 1.28.0 on refuse it, and nothing takes its place.");
  BOOST_TEST(migration.changes[1].from == "storageClassName");
  BOOST_TEST(migration.changes[1].to == "postgres.default.storageClassName");
  for (auto const& change : migration.changes) BOOST_TEST(change.why.find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_changes_where_nothing_has_to) {
  for (auto const* text : {"", "# words\n", "coderd:\n  replicas: 2\n", "mine: {cemanager: {replicas: 2}}\n", "\"cemanager.replicas\": 2\n"})
    BOOST_TEST(text_of(text, "1.30.0") == text);
  BOOST_TEST(text_of("cemanager: {replicas: 2}\n", "1.20.0") == "cemanager: {replicas: 2}\n");
}

BOOST_AUTO_TEST_CASE(up_to_1_26_the_old_branch_stays_as_an_empty_one_since_names_hang_on_it) {
  auto const migration = migrated("cemanager:\n  replicas: 2\n", "1.26.1");
  BOOST_TEST(migration.text == "cemanager: {}\ncoderd:\n  replicas: 2\n");
  BOOST_TEST((migration.changes.back().kind == Change::Kind::emptied));
  BOOST_TEST(text_of("cemanager: {}\n", "1.26.1") == "cemanager: {}\n");
  BOOST_TEST(text_of("cemanager: {}\na: 1\n", "1.27.0") == "a: 1\n");
}

BOOST_AUTO_TEST_CASE(two_sources_that_disagree_are_refused_with_who_wins) {
  BOOST_TEST(refusal_of("cemanager: {replicas: 2}\ncoderd: {replicas: 3}\n", "1.26.1") ==
             "cemanager.replicas: coderd.replicas is its new name and says something else; charts from 1.21.0 on take the old one, and from 1.27.0 on the "
             "new one. Remove one of the two.");
  BOOST_TEST(refusal_of("serviceTolerations: []\nservices: {tolerations: [{key: a}]}\n", "1.28.0").starts_with("serviceTolerations: services.tolerations is its"));
  auto const both = migrated("x: 1\ncemanager:\n  replicas: 2\ncoderd:\n  replicas: 3\n", "1.28.0").refusals.front();
  BOOST_TEST(both.line == 3u);
  BOOST_TEST(both.other_line == 5u);
}

BOOST_AUTO_TEST_CASE(two_sources_that_agree_become_one) {
  BOOST_TEST(text_of("cemanager:\n  replicas: 2\n  image: x\ncoderd:\n  replicas: 2\n", "1.28.0") == "coderd:\n  replicas: 2\n  image: x\n");
  BOOST_TEST(text_of("timescale: {resources: {limits: {a: 1, b: 2}}}\npostgres: {default: {resources: {limits: {b: 2, a: 1}}}}\n", "1.28.0") ==
             "postgres: {default: {resources: {limits: {b: 2, a: 1}}}}\n");
}

BOOST_AUTO_TEST_CASE(an_empty_text_under_an_old_name_says_nothing) {
  BOOST_TEST(text_of("clusterDomainSuffix: \"\"\nstorageClassName: ''\nb: 1\n", "1.21.0") == "b: 1\n");
  BOOST_TEST(text_of("cemanager: {resources: {limits: null}}\n", "1.27.0") == "coderd: {resources: {limits: null}}\n");
}

BOOST_AUTO_TEST_CASE(who_has_an_ingress_of_their_own_keeps_coder_inside) {
  auto const migration = migrated("serviceType: NodePort\ningress:\n  useDefault: false\n  loadBalancerIP: 10.0.0.1\n  host: x\n", "1.28.7");
  BOOST_TEST(migration.text ==
             "services:\n  type: NodePort\ningress:\n  host: x\ncoderd:\n  serviceSpec:\n    type: NodePort\n    externalTrafficPolicy: \"\"\n");
  BOOST_TEST(notes(migration, "8080 and 8443"));
  BOOST_TEST(text_of("ingress: {useDefault: false}\n", "1.26.1") == "ingress: {useDefault: false}\n");
  auto const decided = migrated("ingress: {useDefault: false}\ncoderd: {serviceSpec: {type: LoadBalancer}}\n", "1.28.7");
  BOOST_TEST(decided.text == "coderd: {serviceSpec: {type: LoadBalancer}}\n");
  BOOST_TEST(notes(decided, "coderd.serviceSpec is set"));
}

BOOST_AUTO_TEST_CASE(service_next_is_set_where_1_26_would_delete_the_way_in) {
  std::set<std::string> const nginx{"ingress-nginx"}, none;
  BOOST_TEST(migrated("a: 1\n", "1.26.1", &nginx).text == "a: 1\ncoderd:\n  serviceNext: true\n");
  BOOST_TEST(migrated("a: 1\n", "1.26.1", &none).text == "a: 1\n");
  BOOST_TEST(migrated("a: 1\n", "1.25.0", &nginx).text == "a: 1\n");
  BOOST_TEST(migrated("coderd: {serviceNext: true}\n", "1.27.0", &nginx).text == "");
  BOOST_TEST(notes(migrated("a: 1\n", "1.26.1"), "if there is a Service ingress-nginx"));
}

BOOST_AUTO_TEST_CASE(what_a_patch_ignores_for_a_while_stays_and_is_told) {
  auto const migration = migrated("ingress: {service: {annotations: {internal: \"true\"}}}\n", "1.27.4");
  BOOST_TEST(migration.text == "coderd:\n  serviceAnnotations: {internal: \"true\"}\n");
  BOOST_TEST(notes(migration, "coderd.serviceAnnotations.internal: the chart ignores it since 1.27.0"));
  BOOST_TEST(notes(migrated("cemanager: {image: x}\n", "1.27.4"), "coderd.image is set"));
}

BOOST_AUTO_TEST_CASE(what_can_not_be_spliced_is_refused_and_nothing_is_done) {
  BOOST_TEST(refusal_of("storageClassName: a\nx: &m {replicas: 2, accessURL: y}\ncemanager: *m\n", "1.28.0") ==
             "cemanager.accessURL: it can't be changed by itself, since cemanager (line 3) is only a reference to what stands at &m. Change it by hand.");
  BOOST_TEST(refusal_of("storageClassName: &s fast\nx: *s\npostgres: {host: y}\nserviceType: a\nssh: {enable: &t true}\ny: *t\n", "1.28.0").starts_with("ssh.enable: "));
  BOOST_TEST(refusal_of("base: &b {storageClassName: x}\n<<: *b\n", "1.28.0").find("takes in another map with <<") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_none_is_trouble) {
  values::Trouble trouble;
  BOOST_TEST(!values::migrate("a: 1\nb: [}", {.target = *base::parse_version("1.28.0"), .flat = {}}, checks::knowledge(), trouble));
  BOOST_TEST(trouble.line == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_migrated_needs_no_migration_any_more) {
  for (auto const* target : {"1.21.0", "1.26.1", "1.27.4", "1.44.3"}) {
    auto const once = text_of("cemanager: {replicas: 2}\ningress: {useDefault: false, tls: {hostSecretName: x}}\ntimescale:\n  image: y\n", target);
    BOOST_TEST(text_of(once, target) == once, once);
  }
}

BOOST_AUTO_TEST_SUITE_END()
