#include "values/pins.h"

#include <boost/test/unit_test.hpp>

#include "checks/knowledge.h"

BOOST_AUTO_TEST_SUITE(pins)

BOOST_AUTO_TEST_CASE(images_of_coders_go_and_those_of_a_mirror_stay) {
  auto tree = base::parse_yaml(
      "cemanager: {image: 'docker.io/coderenvs/coder-service:1.20.0', replicas: 2}\n"
      "timescale: {image: 'coderenvs/timescale:1.20.0'}\n"
      "envbox: {image: 'registry.example.com/coderenvs/envbox:1.20.0'}\n"
      "dashboard: {image: coderenvsimilar/x}\n");
  BOOST_REQUIRE(tree);
  auto const gone = values::drop_pins(*tree, checks::knowledge());
  BOOST_TEST(gone == (std::vector<std::string>{"cemanager.image", "timescale.image"}), boost::test_tools::per_element());
  BOOST_TEST(base::to_text(*tree) ==
             R"({"cemanager":{"replicas":2},"envbox":{"image":"registry.example.com/coderenvs/envbox:1.20.0"},"dashboard":{"image":"coderenvsimilar/x"}})");
}

BOOST_AUTO_TEST_SUITE_END()
