#include "values/splice.h"

#include <boost/test/unit_test.hpp>

#include "base/json.h"

namespace {

using values::Path;

std::string done(values::Spliced const& spliced) {
  BOOST_TEST(spliced.why == "");
  BOOST_TEST(base::parse_yaml(spliced.text).has_value(), spliced.text);
  return spliced.text;
}

std::string moved(std::string_view text, Path const& from, Path const& to) { return done(values::moved(text, from, to)); }
std::string removed(std::string_view text, Path const& from) { return done(values::removed(text, from)); }
std::string put(std::string_view text, Path const& to, std::string const& json) { return done(values::put(text, to, json)); }

Path const replicas{"cemanager", "replicas"}, new_replicas{"coderd", "replicas"};
Path const host{"devurls", "host"}, new_host{"coderd", "devurlsHost"};

}  // namespace

BOOST_AUTO_TEST_SUITE(splice)

BOOST_AUTO_TEST_CASE(a_key_beside_is_renamed_where_it_stands) {
  BOOST_TEST(moved("# mine\n\"cemanager\" : # two\n  replicas: 2\n", {"cemanager"}, {"coderd"}) == "# mine\n\"coderd\" : # two\n  replicas: 2\n");
}

BOOST_AUTO_TEST_CASE(an_entry_goes_to_the_end_of_its_new_branch_with_its_comments) {
  BOOST_TEST(moved("a: 1\n\n# the\n# manager\ncemanager:\n  # how many\n  replicas: 2  # two\n  # image: x\n\ncoderd:\n    image: y # why\n\nb: 2\n", replicas,
                   new_replicas) ==
             "a: 1\n\ncoderd:\n    image: y # why\n    # the\n    # manager\n    # how many\n    replicas: 2  # two\n    # image: x\n\nb: 2\n");
}

BOOST_AUTO_TEST_CASE(a_branch_that_is_not_there_yet_is_made_in_its_place) {
  BOOST_TEST(moved("# file\n\n# URLs\ndevurls:\n  # of all\n  host: \"*.x\" # yes\nb: 2\n", host, new_host) ==
             "# file\n\n# URLs\ncoderd:\n  # of all\n  devurlsHost: \"*.x\" # yes\nb: 2\n");
  BOOST_TEST(moved("devurls: {host: x}\n", host, new_host) == "coderd:\n  devurlsHost: x\n");
  BOOST_TEST(moved("cemanager:\n  replicas: 2\n  image: x\nb: 1\n", replicas, new_replicas) == "cemanager:\n  image: x\ncoderd:\n  replicas: 2\nb: 1\n");
  BOOST_TEST(moved("postgres:\n  host: h\n  useDefault: false # ours\n  port: 1\n", {"postgres", "useDefault"}, {"postgres", "default", "enable"}) ==
             "postgres:\n  host: h\n  default:\n    enable: false # ours\n  port: 1\n");
}

BOOST_AUTO_TEST_CASE(maps_lists_and_texts_of_several_lines_are_indented_anew) {
  BOOST_TEST(moved("serviceTolerations:\n- key: a\n  # odd\n  value: b\n\n- key: c\nx: |\n  y\n", {"serviceTolerations"}, {"services", "tolerations"}) ==
             "services:\n  tolerations:\n  - key: a\n    # odd\n    value: b\n\n  - key: c\nx: |\n  y\n");
  BOOST_TEST(moved("a:\n    b: |-\n        one\n          two\n\n        three\n\nc: 1\n", {"a", "b"}, {"d"}) == "d: |-\n    one\n      two\n\n    three\n\nc: 1\n");
  BOOST_TEST(moved("a: >+\n  one\n\n\nb: 1\n", {"a"}, {"c", "d"}) == "c:\n  d: >+\n    one\n\n\nb: 1\n");
  BOOST_TEST(moved("a: \"one\n two\"\n", {"a"}, {"c", "d"}) == "c:\n  d: \"one\n   two\"\n");
}

BOOST_AUTO_TEST_CASE(braces_are_taken_apart_and_filled) {
  BOOST_TEST(moved("cemanager: {image: x, replicas: 2, z: 1}\n", replicas, new_replicas) == "cemanager: {image: x, z: 1}\ncoderd:\n  replicas: 2\n");
  BOOST_TEST(moved("cemanager: {image: x, replicas: 2}\n", replicas, new_replicas) == "cemanager: {image: x}\ncoderd:\n  replicas: 2\n");
  BOOST_TEST(moved("# m\n\n# n\ncemanager:\n  replicas: 2 # two\ncoderd: {image: x}\n", replicas, new_replicas) ==
             "# m\n\n# n\n# two\ncoderd: {image: x, replicas: 2}\n");
  BOOST_TEST(moved("coderd: {} # none\ncemanager: {replicas: 2}\n", replicas, new_replicas) == "coderd: # none\n  replicas: 2\n");
  BOOST_TEST(moved("cemanager:\n  replicas:  # all\n    a: \"1 # 2\"\n    # both\n    b: [x, {c: d}]\n    e: f, g\n    h: |\n      # i\n    j:\ncoderd: {k: 1}\n", replicas, new_replicas) ==
             "# all\n# both\ncoderd: {k: 1, replicas: {a: \"1 # 2\", b: [x, {c: d}], e: \"f, g\", h: \"# i\\n\", j: }}\n");
  BOOST_TEST(moved("coderd:\ncemanager: {replicas: 2}\n", replicas, new_replicas) == "coderd:\n  replicas: 2\n");
}

BOOST_AUTO_TEST_CASE(json_stays_json) {
  BOOST_TEST(moved("{\"cemanager\": {\"replicas\": 2}}", replicas, new_replicas) == "{\"coderd\": {\"replicas\": 2}}");
  BOOST_TEST(moved("{\n  \"devurls\": {\n    \"host\": \"x\"\n  },\n  \"a\": 1\n}\n", host, new_host) == "{\n  \"coderd\": {\"devurlsHost\": \"x\"},\n  \"a\": 1\n}\n");
  BOOST_TEST(put("{\n  \"a\": 1\n}\n", {"b"}, "true") == "{\n  \"a\": 1,\n  \"b\": true\n}\n");
  BOOST_TEST(put("{\"a\": 1}", {"coderd", "serviceSpec", "type"}, "\"ClusterIP\"") == "{\"a\": 1, \"coderd\": {\"serviceSpec\": {\"type\": \"ClusterIP\"}}}");
}

BOOST_AUTO_TEST_CASE(what_is_dead_goes_with_its_comments_and_leaves_one_empty_line) {
  BOOST_TEST(removed("# file\na: 1\n\n# nginx\ningress:\n  # not ours\n  useDefault: false # no\n  # x: 1\n\nb: 2\n", {"ingress", "useDefault"}) ==
             "# file\na: 1\n\nb: 2\n");
  BOOST_TEST(removed("# file\nssh: {enable: true}\nb: 2\n", {"ssh", "enable"}) == "# file\nb: 2\n");
  BOOST_TEST(removed("a: {b: 1, c: 2}\n", {"a", "b"}) == "a: {c: 2}\n");
  BOOST_TEST(done(values::removed("cemanager:\n  accessURL: x\nb: 1\n", {"cemanager", "accessURL"}, "cemanager")) == "cemanager: {}\nb: 1\n");
}

BOOST_AUTO_TEST_CASE(line_endings_a_mark_at_the_start_and_a_missing_end_stay) {
  BOOST_TEST(moved("cemanager:\r\n  replicas: 2\r\n  x: 1\r\n", replicas, new_replicas) == "cemanager:\r\n  x: 1\r\ncoderd:\r\n  replicas: 2\r\n");
  BOOST_TEST(moved("coderd:\n  image: x\ncemanager:\n  replicas: 2", replicas, new_replicas) == "coderd:\n  image: x\n  replicas: 2");
  BOOST_TEST(moved("cemanager:\n  replicas: 2\ncoderd:\n  image: x", replicas, new_replicas) == "coderd:\n  image: x\n  replicas: 2");
  BOOST_TEST(moved("devurls:\n  host: x", host, new_host) == "coderd:\n  devurlsHost: x");
  BOOST_TEST(moved("\xef\xbb\xbf# é\nx: é\ndevurls: {host: \"é\"}\n", host, new_host) == "\xef\xbb\xbf# é\nx: é\ncoderd:\n  devurlsHost: \"é\"\n");
  BOOST_TEST(moved("\xef\xbb\xbf" "devurls:\n  host: x\n", host, new_host) == "\xef\xbb\xbf" "coderd:\n  devurlsHost: x\n");
}

BOOST_AUTO_TEST_CASE(anchors_and_references_go_along) {
  BOOST_TEST(moved("a: &r {cpu: 1}\ncemanager:\n  replicas: *r\n", replicas, new_replicas) == "a: &r {cpu: 1}\ncoderd:\n  replicas: *r\n");
  BOOST_TEST(moved("cemanager: &all # all\n  replicas: 2\nb: *all\n", {"cemanager"}, {"coderd"}) == "coderd: &all # all\n  replicas: 2\nb: *all\n");
}

BOOST_AUTO_TEST_CASE(something_new_is_put_at_the_end_or_where_its_branch_is) {
  BOOST_TEST(put("", {"coderd", "serviceNext"}, "true") == "coderd:\n  serviceNext: true\n");
  BOOST_TEST(put("# only words\n", {"a"}, "\"\"") == "# only words\na: \"\"\n");
  BOOST_TEST(put("coderd:\n  a: 1\n\nb: 2", {"coderd", "serviceSpec", "type"}, "\"ClusterIP\"") == "coderd:\n  a: 1\n  serviceSpec:\n    type: ClusterIP\n\nb: 2");
  BOOST_TEST(put("a: 1\n", {"b"}, "\"yes\"") == "a: 1\nb: \"yes\"\n");
}

BOOST_AUTO_TEST_CASE(what_can_not_be_done_is_said) {
  auto const why = [](values::Spliced const& spliced) {
    BOOST_TEST(spliced.text == "");
    return spliced.why;
  };
  BOOST_TEST(why(values::moved("x: &m {replicas: 2}\ncemanager: *m\n", replicas, new_replicas)) == "cemanager (line 2) is only a reference to what stands at &m");
  BOOST_TEST(why(values::moved("cemanager: {replicas: 2}\ncoderd: &c\n  <<: *c\n", replicas, new_replicas)) == "coderd (line 2) takes in another map with <<");
  BOOST_TEST(why(values::moved("cemanager: {replicas: 2}\ncoderd: 5\n", replicas, new_replicas)) == "coderd (line 2) is no map");
  BOOST_TEST(why(values::moved("cemanager: {replicas: 2}\ncoderd: [1]\n", replicas, new_replicas)) == "coderd (line 2) is a list");
  BOOST_TEST(why(values::moved("? cemanager\n: {replicas: 2}\n", replicas, new_replicas)) == "line 1 begins in a way that can't be taken apart");
  BOOST_TEST(why(values::moved("a: [", replicas, new_replicas)) != "");
}

BOOST_AUTO_TEST_SUITE_END()
