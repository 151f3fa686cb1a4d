#pragma once

#include <string>

#include <boost/test/tools/output_test_stream.hpp>
#include <boost/test/unit_test.hpp>
#include <boost/test/unit_test_parameters.hpp>

// Compares with tests/golden/NAME, or writes it where BOOST_TEST_SAVE_PATTERN=1 asks for that.
inline void check_golden(std::string const& name, std::string const& text) {
  boost::test_tools::output_test_stream output(SOURCE_DIR "/tests/golden/" + name,
                                               !boost::unit_test::runtime_config::save_pattern());
  output << text;
  BOOST_TEST(output.match_pattern(), name);
}
