#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(database_product)

BOOST_AUTO_TEST_CASE(coder_1s_own_tables_pass) { BOOST_TEST(passes("database-product", healthy())); }

BOOST_AUTO_TEST_CASE(the_tables_of_coder_2_are_forbidden) {
  BOOST_TEST(finding_of("database-product", with_database([](auto& it) { it.has_coder = false, it.has_coder_2 = true; })).object == "database db:5432/coder");
}

BOOST_AUTO_TEST_CASE(a_refused_login_and_an_unknown_database_are_not_verified) { unverified_without_a_login("database-product"); }

BOOST_AUTO_TEST_SUITE_END()
