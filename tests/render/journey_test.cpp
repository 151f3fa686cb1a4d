#include "render/journey.h"

#include "golden.h"
#include "render/yaml.h"

namespace {

journey::Stop stop() {
  return {.from = "1.21.0",
          .version = "1.21.7",
          .released = "2021-07-21",
          .why = "Networking v2 has to work before 1.22",
          .notes = {{.about = "way in", .text = "nginx stays.", .only_if = "if there is a Service ingress-nginx", .source = "chart 1.21.0"},
                    {.about = "Kubernetes", .text = "It can't be installed on Kubernetes 1.34.2: its chart has objects that it no longer has, and so the upgrade would stop at once.", .forbids = true}},
          .keys = {{"cemanager.replicas", "", "the chart ignores it; its new name is coderd.replicas", report::Advice{"Rename cemanager.replicas to coderd.replicas in your values."}},
                   {"a`<b>\x1b[31m", "", "the chart refuses it", report::Advice{"Remove it from your values."}}},
          .before = {{.text = "Dump the database.", .command = "kubectl exec statefulset/timescale -n coder -- pg_dump -U coder -d coder > coder-1.21.0.sql",
                      .only_if = "if the database is the chart's own", .source = "Coder docs"},
                     {.text = "Take a snapshot of the database."}},
          .upgrade = "helm coder upgrade --version 1.21.7 --reset-values -f values.yaml -n coder",
          .after = {{.text = "Tell everybody about it."}}};
}

journey::Journey a_way() {
  return {.from = "1.21.0",
          .to = "1.22.3",
          .stops = {stop(), {.from = "1.21.7", .version = "1.22.3", .upgrade = "helm coder upgrade --version 1.22.3 -n coder"}},
          .notes = {{.about = "Kubernetes", .text = "The cluster's Kubernetes is newer than what Coder supports with 1.21.7 to 1.22.3."}},
          .next = "helm coder recover -n coder",
          .unverified = {{"the release's values", "you may not read Secrets", "Ask for the right to get them."}}};
}

state::Request request() {
  state::Request request{.name_space = "coder"};
  request.name_space_given = true;
  return request;
}

std::string table(journey::Journey const& journey, render::Look look) {
  auto const asked = request();
  return render::journey_table({journey, asked, "1.34.2"}, look);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_journey)

BOOST_AUTO_TEST_CASE(is_a_list_of_stops_with_what_to_do_at_each) { check_golden("journey.txt", table(a_way(), {.colour = false, .width = 90})); }

BOOST_AUTO_TEST_CASE(is_markdown_with_boxes_to_tick) {
  auto const all = a_way();
  auto const asked = request();
  check_golden("journey.md", render::journey_markdown({all, asked, "1.34.2"}));
}

BOOST_AUTO_TEST_CASE(is_a_document_in_json_and_the_same_one_in_yaml) {
  auto const all = a_way();
  auto const asked = request();
  auto const json = render::journey_json({all, asked, "1.34.2"});
  check_golden("journey.json", base::to_pretty_text(json));
  std::string why;
  auto const read = base::parse_yaml(render::yaml(json), &why);
  BOOST_REQUIRE_MESSAGE(read, why);
  BOOST_TEST((*read == json));
}

BOOST_AUTO_TEST_CASE(of_no_stops_says_that_there_is_nothing_to_do) {
  journey::Journey const there{.from = "1.44.4", .to = "1.44.4"};
  auto const text = table(there, {.colour = false, .width = 80});
  BOOST_TEST(text.find("The release is on Coder 1.44.4 already: no upgrade is left to do.") != std::string::npos);
  BOOST_TEST(text.find("Next") == std::string::npos);
  auto const asked = request();
  BOOST_TEST(render::journey_json({there, asked, ""})["next"].is_null());
}

BOOST_AUTO_TEST_CASE(never_breaks_a_command_and_obeys_no_escape_sequence) {
  auto const text = table(a_way(), {.colour = true, .width = 60});
  BOOST_TEST(text.find("kubectl exec statefulset/timescale -n coder -- pg_dump -U coder -d coder > coder-1.21.0.sql") != std::string::npos);
  BOOST_TEST(text.find("\x1b[31m") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(yaml)

BOOST_AUTO_TEST_CASE(reads_back_as_it_was_written) {
  for (auto const* text : {"null", "[]", "{}", "\"a: b # c\"", R"({"a":[1,[],{},[2,[3]],{"b":null,"yes":"no"}],"c":{"d":{"e":"- x\n"}}})", R"([[["0123"]],{"x y":"1.10"}])"}) {
    auto const json = base::parse_json(text).value();
    auto const read = base::parse_yaml(render::yaml(json));
    BOOST_REQUIRE_MESSAGE(read, text);
    BOOST_TEST((*read == json), text << " became\n" << render::yaml(json));
  }
}

BOOST_AUTO_TEST_SUITE_END()
