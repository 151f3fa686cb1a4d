#include "rehearsal/handover.h"

#include <boost/test/unit_test.hpp>

using namespace rehearsal;
using base::Json;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

// What the object is after the patch; null where there is none.
Json left(std::string const& answer, std::string const& managed_fields, std::string const& config) {
  auto const after = after_handover(yaml(answer), yaml(managed_fields), yaml(config));
  if (!after.patch) return {};
  Json object(Json::Object{});
  auto const steps = base::parse_json(*after.patch).value();
  for (auto const& step : steps.items()) {
    BOOST_TEST(step["op"].str() == "add");
    object.set(step["path"].str()) = step["value"];
  }
  return object;
}

std::string helm(std::string const& fields) { return "{manager: helm, operation: Apply, apiVersion: v1, fieldsV1: " + fields + "}"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(handover)

BOOST_AUTO_TEST_CASE(the_fields_are_found_in_the_patch_that_hands_them_over) {
  auto const patch = R"([{"op":"replace","path":"/metadata/managedFields","value":[{"manager":"helm"}]},{"op":"replace","path":"/metadata/resourceVersion","value":"1"}])";
  BOOST_TEST(handed_over(patch).items().size() == 1u);
  BOOST_TEST(handed_over(R"([{"op":"add","path":"/spec","value":{}}])").is_null());
  BOOST_TEST(handed_over("no JSON").is_null());
}

BOOST_AUTO_TEST_CASE(a_mark_that_only_helm_had_goes_too) {
  auto const kept = "{metadata: {name: a, annotations: {helm.sh/resource-policy: keep, other: '1'}}}";
  auto const fields = "[" + helm("{'f:metadata': {'f:annotations': {'f:helm.sh/resource-policy': {}}}}") +
                      ", {manager: kubectl, fieldsV1: {'f:metadata': {'f:annotations': {'f:other': {}}}}}]";
  auto const after = after_handover(yaml(kept), yaml(fields), yaml("{apiVersion: v1, metadata: {name: a}}"));
  BOOST_TEST((after.left == yaml("{metadata: {name: a, annotations: {other: '1'}}}")));
}

BOOST_AUTO_TEST_CASE(what_only_helm_had_and_no_longer_applies_goes) {
  auto const after = left("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {x: '1', y: '1'}}, data: {a: '1', b: '1', c: '1'}}",
                          "[" + helm("{'f:metadata': {'f:labels': {'f:x': {}, 'f:y': {}}}, 'f:data': {'.': {}, 'f:a': {}, 'f:b': {}, 'f:c': {}}}") +
                              ", {manager: other, operation: Update, fieldsV1: {'f:data': {'f:c': {}}}}]",
                          "{apiVersion: v1, metadata: {labels: {x: '1'}}, data: {a: '1'}}");
  BOOST_TEST((after["/data"] == yaml("{a: '1', c: '1'}")));
  BOOST_TEST((after["/metadata/labels"] == yaml("{x: '1'}")));
}

BOOST_AUTO_TEST_CASE(nothing_is_patched_where_everything_is_still_applied) {
  BOOST_TEST(left("{data: {a: '1'}}", "[" + helm("{'f:data': {'.': {}, 'f:a': {}}}") + "]", "{data: {a: '2'}}").is_null());
  BOOST_TEST(left("{data: {a: '1'}}", "[{manager: other, operation: Apply, fieldsV1: {'f:data': {'f:a': {}}}}]", "{}").is_null());
}

BOOST_AUTO_TEST_CASE(the_items_of_a_list_are_told_apart_by_their_keys_and_one_that_is_not_written_has_its_default) {
  auto const after = left("{spec: {ports: [{port: 80, protocol: TCP}, {port: 81, protocol: TCP}]}}",
                          "[" + helm(R"({'f:spec': {'f:ports': {'k:{"port":80,"protocol":"TCP"}': {'.': {}, 'f:port': {}}, 'k:{"port":81,"protocol":"TCP"}': {'.': {}, 'f:port': {}}}}})") + "]",
                          "{spec: {ports: [{port: 80}]}}");
  BOOST_TEST((after["/spec"] == yaml("{ports: [{port: 80, protocol: TCP}]}")));
}

BOOST_AUTO_TEST_CASE(a_struct_that_goes_and_another_api_version_are_told) {
  auto const probe = "{spec: {probe: {port: 1}, a: 1}}";
  auto const fields = yaml("[" + helm("{'f:spec': {'f:probe': {'.': {}, 'f:port': {}}, 'f:a': {}}}") + "]");
  BOOST_TEST(after_handover(yaml(probe), fields, yaml("{apiVersion: v1, spec: {a: 1}}")).takes_structs);
  BOOST_TEST(!after_handover(yaml(probe), fields, yaml("{apiVersion: v1, spec: {probe: {port: 1}}}")).takes_structs);
  BOOST_TEST(after_handover(yaml(probe), fields, yaml("{apiVersion: v1, spec: {a: 1}}")).same_version);
  BOOST_TEST(!after_handover(yaml(probe), fields, yaml("{apiVersion: v2, spec: {a: 1}}")).same_version);
}

BOOST_AUTO_TEST_CASE(a_list_that_goes_and_one_in_which_nothing_is_left_are_told) {
  auto const found = [](std::string const& config) {
    auto const owned = helm(R"({'f:spec': {'f:parts': {'.': {}, 'k:{"name":"a"}': {}, 'k:{"name":"b"}': {}}}})");
    return after_handover(yaml("{spec: {parts: [{name: a}, {name: b}], size: 1}}"), yaml("[" + owned + "]"), yaml(config));
  };
  BOOST_TEST(found("{spec: {parts: [], size: 1}}").empties);
  BOOST_TEST(!found("{spec: {parts: [{name: b}]}}").empties);
  BOOST_TEST(!found("{spec: {size: 1}}").empties);
  BOOST_TEST(found("{spec: {size: 1}}").takes_lists);
  BOOST_TEST(!found("{spec: {parts: []}}").takes_lists);
  auto const empty = yaml("[" + helm("{'f:spec': {'f:parts': {}}}") + "]");
  BOOST_TEST(after_handover(yaml("{spec: {parts: [], size: 1}}"), empty, yaml("{spec: {size: 1}}")).takes_lists);
}

BOOST_AUTO_TEST_CASE(nothing_is_left_to_hand_over_afterwards) {
  auto object = yaml("{metadata: {managedFields: [{manager: helm, operation: Update}, {manager: helm, operation: Update, subresource: status},"
                     " {manager: helm, operation: Apply}, {manager: other, operation: Update}]}}");
  forget_own_updates(object);
  BOOST_TEST(object["metadata"]["managedFields"].items().size() == 3u);
}

BOOST_AUTO_TEST_CASE(fields_that_lead_nowhere_are_passed_over) {
  BOOST_TEST(left("{data: {a: '1'}, list: [1]}", "[" + helm(R"({'f:data': {'f:gone': {}}, 'f:list': {'k:no json': {}, 'v:2': {}, 'i:7': {}}, 'f:a': {'k:{}': {}}})") + "]", "{data: {a: '2'}, list: [1]}").is_null());
}

BOOST_AUTO_TEST_SUITE_END()
