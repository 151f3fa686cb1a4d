#include "rehearsal/differences.h"

#include <boost/test/unit_test.hpp>

#include "base/lines.h"

using base::Json;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

state::Changes between(std::string const& before, std::string const& after) { return rehearsal::differences(yaml(before), yaml(after)); }

// "path: before → after" of each, one line each.
std::string told(state::Changes const& changes) {
  std::string text;
  for (auto const& field : changes.fields) {
    text += field.path + (field.line > 0 ? " line " + std::to_string(field.line) : "");
    text += ": " + field.before + " → " + field.after + "\n";
  }
  return text;
}

std::string lines(int count, std::string const& other = "") {
  std::string text;
  for (int i = 1; i <= count; ++i) text += (i % 10 == 0 ? other : "") + std::to_string(i) + "\n";
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(differences)

BOOST_AUTO_TEST_CASE(a_changed_field_is_named_as_kubectl_writes_it_and_list_items_by_their_names) {
  auto const changes = between(
      "{kind: Deployment, spec: {replicas: 1, template: {spec: {containers: [{name: coderd, image: 'a:1', ports: [{containerPort: 80}]}]}}}}",
      "{kind: Deployment, spec: {replicas: 3, template: {spec: {containers: [{name: coderd, image: 'a:2', ports: [{containerPort: 81}]}]}}}}");
  BOOST_TEST(changes.compared);
  BOOST_TEST(told(changes) ==
             "spec.replicas: 1 → 3\n"
             "spec.template.spec.containers[coderd].image: a:1 → a:2\n"
             "spec.template.spec.containers[coderd].ports[80]: {\"containerPort\":80} → \n"
             "spec.template.spec.containers[coderd].ports[81]:  → {\"containerPort\":81}\n");
}

BOOST_AUTO_TEST_CASE(what_the_api_server_keeps_by_itself_and_the_order_of_named_items_are_no_difference) {
  auto const changes = between(
      "{metadata: {uid: a, generation: 1, resourceVersion: '1', creationTimestamp: x, managedFields: [{manager: a}], name: n}, status: {a: 1},"
      " spec: {env: [{name: A, value: b}, {name: C, value: d}], x: null}}",
      "{metadata: {uid: b, generation: 2, resourceVersion: '2', creationTimestamp: y, managedFields: [{manager: b}], name: n}, status: {a: 2},"
      " spec: {env: [{name: C, value: d}, {value: b, name: A}]}}");
  BOOST_TEST(changes.compared);
  BOOST_TEST(told(changes) == "");
}

BOOST_AUTO_TEST_CASE(what_comes_and_goes_is_told_field_by_field) {
  BOOST_TEST(told(between("{spec: {containers: [{name: a}], volumes: [{name: v, emptyDir: {}}]}}",
                          "{spec: {containers: [{name: a}, {name: b, image: i, env: [{name: X, value: y}]}], volumes: []}}")) ==
             "spec.containers[b].env[X].value:  → y\n"
             "spec.containers[b].image:  → i\n"
             "spec.volumes[v].emptyDir: {} → \n");
}

BOOST_AUTO_TEST_CASE(lists_of_words_and_items_without_names_are_one_value_or_told_by_position) {
  BOOST_TEST(told(between("{a: [x, y], rules: [{verbs: [get]}], b: [{c: [1]}]}", "{a: [x], rules: [{verbs: [get, list]}], b: [{c: [1]}, {c: [2]}]}")) ==
             "a: [\"x\",\"y\"] → [\"x\"]\n"
             "b: [{\"c\":[1]}] → [{\"c\":[1]},{\"c\":[2]}]\n"
             "rules[0].verbs: [\"get\"] → [\"get\",\"list\"]\n");
}

BOOST_AUTO_TEST_CASE(keys_with_dots_and_texts_that_look_like_something_else_are_unmistakable) {
  BOOST_TEST(told(between("{metadata: {labels: {app.kubernetes.io/name: a}, annotations: {b: '5'}}}",
                          "{metadata: {labels: {app.kubernetes.io/name: b}, annotations: {b: ''}}}")) ==
             "metadata.annotations.b: \"5\" → \"\"\n"
             "metadata.labels[app.kubernetes.io/name]: a → b\n");
}

BOOST_AUTO_TEST_CASE(of_a_text_of_several_lines_those_are_told_that_differ) {
  BOOST_TEST(told(between("{kind: ConfigMap, data: {nginx.conf: \"a\\nb\\nc\\nd\\n\"}}", "{kind: ConfigMap, data: {nginx.conf: \"a\\nB\\nc\\nd\\ne\\n\"}}")) ==
             "data[nginx.conf] line 2: b → B\n"
             "data[nginx.conf] line 5:  → e\n");
  BOOST_TEST(told(between("{kind: ConfigMap, data: {f: \"a\\n\"}}", "{kind: ConfigMap, data: {f: a}}")) == "data.f line 2: (an empty line) → \n");
}

BOOST_AUTO_TEST_CASE(long_values_are_cut_where_the_difference_is_still_seen) {
  std::string const filler(300, 'x');
  auto const changes = between("{a: '" + filler + "1end'}", "{a: '" + filler + "2end'}");
  BOOST_REQUIRE(changes.fields.size() == 1u);
  BOOST_TEST(changes.fields[0].before.size() < 200u);
  BOOST_TEST(changes.fields[0].before.ends_with("x1end"));
  BOOST_TEST(changes.fields[0].after.ends_with("x2end"));
  auto const accents = between("{a: 'é'}", "{a: '" + std::string(200, 'a') + "é'}");
  BOOST_TEST(accents.fields[0].after.ends_with("a…"));
}

BOOST_AUTO_TEST_CASE(of_many_differences_the_first_are_told_and_the_others_counted) {
  std::string before = "{data: {", after = before;
  for (int i = 0; i < 60; ++i) {
    before += "v" + std::to_string(i) + ": a, ";
    after += "v" + std::to_string(i) + ": b, ";
  }
  auto const changes = between(before + "}}", after + "}}");
  BOOST_TEST(changes.fields.size() == 40u);
  BOOST_TEST(changes.more == 20);
  auto const text = between("{data: {a: '" + lines(3) + "'}}", "{data: {a: '" + lines(3) + "'}}");
  BOOST_TEST(text.fields.empty());
  auto const many = rehearsal::differences(Json(Json::Object{{"data", Json::Object{{"a", lines(600)}}}}),
                                           Json(Json::Object{{"data", Json::Object{{"a", lines(600, "x")}}}}));
  BOOST_TEST(many.fields.size() == 40u);
  BOOST_TEST(many.more == 20);
  auto const all = rehearsal::differences(Json(Json::Object{{"data", Json::Object{{"a", lines(9)}}}}), Json(Json::Object{{"data", Json::Object{{"a", "x\ny"}}}}));
  BOOST_TEST(all.fields.at(0).before == "1\n2\n3\n4\n5\n6\n… 4 more lines");
}

BOOST_AUTO_TEST_CASE(no_secret_is_told_wherever_it_hides) {
  std::string const s = "hunter2";
  auto const objects = [&](std::string const& v) {
    return std::vector<std::string>{
        "{kind: Secret, data: {a: " + v + ", b: same}}",
        "{kind: Secret, stringData: {a: " + v + "}}",
        "{kind: Secret, metadata: {annotations: {note: " + v + "}}}",
        "{kind: ConfigMap, metadata: {annotations: {kubectl.kubernetes.io/last-applied-configuration: " + v + "}}}",
        "{kind: ConfigMap, data: {db-password: " + v + "}}",
        "{kind: ConfigMap, binaryData: {blob: " + v + "}}",
        "{kind: ConfigMap, data: {url: 'postgres://coder:" + v + "@db/coder'}}",
        "{kind: ConfigMap, data: {conf: \"a\\npassword = " + v + "\\nb\"}}",
        "{kind: ConfigMap, data: {conf: \"a\\n- name: DB_PASSWORD\\n  value: " + v + "\\nb\"}}",
        "{kind: ConfigMap, data: {conf: \"password:\\n    very:\\n      deep: " + v + "\\nb\"}}",
        "{kind: ConfigMap, data: {key.pem: \"-----BEGIN PRIVATE KEY-----\\n" + v + "\\n\"}}",
        "{kind: Deployment, spec: {containers: [{name: a, env: [{name: DB_PASSWORD, value: " + v + "}]}]}}",
        "{kind: Deployment, spec: {containers: [{name: a, env: [{name: TOKEN, value: x}, {name: TOKEN, value: " + v + "}]}]}}",
        "{kind: Deployment, spec: {containers: [{name: a, args: [--db-password, " + v + "]}]}}",
        "{kind: Deployment, spec: {containers: [{name: a, args: ['--token=" + v + "']}]}}",
        "{kind: Deployment, spec: {containers: [{name: a, httpHeaders: [{name: Authorization, value: " + v + "}]}]}}",
        "{kind: Deployment, metadata: {annotations: {tool: '{\"name\":\"DB_PASSWORD\",\"value\":\"" + v + "\"}'}}}",
        "{kind: Thing, spec: {auth: {user: " + v + "}}}",
        "{kind: Thing, spec: {secret: {value: " + v + "}}}",
        "{kind: Thing, spec: {encryption: {key: " + v + "}}}",
        "{kind: Thing, spec: {list: [{a: {password: " + v + "}}]}}",
    };
  };
  auto const before = objects(s), after = objects("correct-horse"), none = objects("");
  for (std::size_t i = 0; i < before.size(); ++i) {
    auto const seen = told(between(before[i], after[i])) + told(between("{kind: Thing}", before[i])) + told(between(before[i], "{kind: Secret}"));
    BOOST_TEST(seen.find(s) == std::string::npos, before[i] << " shows " << seen);
    BOOST_TEST(seen.find("correct-horse") == std::string::npos, before[i] << " shows " << seen);
    BOOST_TEST(seen.find("(hidden)") != std::string::npos, before[i] << " shows " << seen);
  }
}

BOOST_AUTO_TEST_CASE(names_of_secrets_and_keys_that_open_nothing_are_told) {
  BOOST_TEST(told(between("{kind: Deployment, spec: {volumes: [{name: v, secret: {secretName: a}}], imagePullSecrets: [{name: a}], env: [{name: A, value: 1.x,"
                          " valueFrom: {secretKeyRef: {name: a, key: k}}}]}}",
                          "{kind: Deployment, spec: {volumes: [{name: v, secret: {secretName: b}}], imagePullSecrets: [{name: b}], env: [{name: A, value: 2.x,"
                          " valueFrom: {secretKeyRef: {name: b, key: l}}}]}}")) ==
             "spec.env[A].value: 1.x → 2.x\n"
             "spec.env[A].valueFrom.secretKeyRef.key: k → l\n"
             "spec.env[A].valueFrom.secretKeyRef.name: a → b\n"
             "spec.imagePullSecrets[a]: {\"name\":\"a\"} → \n"
             "spec.imagePullSecrets[b]:  → {\"name\":\"b\"}\n"
             "spec.volumes[v].secret.secretName: a → b\n");
}

BOOST_AUTO_TEST_CASE(texts_are_told_apart_by_their_longest_common_lines) {
  auto const found = base::hunks({"a", "b", "c", "d", "e"}, {"a", "c", "x", "d", "e", "f"});
  BOOST_REQUIRE(found.size() == 3u);
  BOOST_TEST((found[0].before_at == 1 && found[0].before == 1 && found[0].after == 0));
  BOOST_TEST((found[1].after_at == 2 && found[1].before == 0 && found[1].after == 1));
  BOOST_TEST((found[2].after_at == 5 && found[2].after == 1));
  BOOST_TEST(base::hunks({"a"}, {"a"}).empty());
  std::vector<std::string> const many(2000, "a"), others(2000, "b");
  BOOST_TEST(base::hunks(many, others).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
