#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(database_rights)

BOOST_AUTO_TEST_CASE(a_superuser_passes_whoever_owns_the_tables) {
  auto const outcome = outcome_of("database-rights", with_database([](auto& database) { database.may_create = false; }));
  BOOST_TEST(outcome.findings.empty());
  BOOST_TEST(outcome.unverified.empty());
}

BOOST_AUTO_TEST_CASE(an_owner_that_may_create_passes_and_the_detail_says_that_it_is_no_superuser) {
  auto const state = with_database([](auto& database) { database.superuser = false; });
  BOOST_TEST(outcome_of("database-rights", state).findings.empty());
  BOOST_TEST(checks::find("database-rights")->detail(state) == "coder is no superuser, but may create and alter");
}

BOOST_AUTO_TEST_CASE(a_role_that_stands_for_a_superuser_at_a_managed_service_passes) {
  for (auto const* role : {"rds_superuser", "cloudsqlsuperuser", "azure_pg_admin"}) {
    auto const state = with_database([&](auto& database) {
      database.superuser = database.may_create = database.may_create_tables = false;
      database.member_of = {"pg_monitor", role};
    });
    BOOST_TEST(outcome_of("database-rights", state).findings.empty());
    BOOST_TEST(checks::find("database-rights")->detail(state) == std::string("coder is a ") + role);
  }
}

BOOST_AUTO_TEST_CASE(each_missing_right_is_an_error_with_the_grant_that_gives_it) {
  auto const outcome = outcome_of("database-rights", with_database([](auto& database) {
                                    database.superuser = database.may_create = database.may_create_tables = false;
                                    database.role = "Coder\"s";
                                  }));
  BOOST_REQUIRE(outcome.findings.size() == 2u);
  BOOST_TEST(std::get<report::Advice>(outcome.findings[0].remedy).sentence ==
             "As an administrator of the database: GRANT CREATE ON DATABASE coder TO \"Coder\"\"s\".");
  BOOST_TEST(std::get<report::Advice>(outcome.findings[1].remedy).sentence ==
             "As an administrator of the database: GRANT CREATE ON SCHEMA public TO \"Coder\"\"s\".");
}

BOOST_AUTO_TEST_CASE(tables_of_another_owner_are_an_error_at_managed_services_too) {
  auto const outcome = outcome_of("database-rights", with_database([](auto& database) {
                                    database.superuser = false;
                                    database.member_of = {"rds_superuser"};
                                    database.foreign_tables = {"a", "b", "c", "d", "e"};
                                    database.foreign_owners = {"postgres"};
                                  }));
  BOOST_REQUIRE(outcome.findings.size() == 1u);
  BOOST_TEST(outcome.findings[0].message ==
             "a, b, c and 2 more in schema public belong to postgres, and role coder may not alter them");
}

BOOST_AUTO_TEST_CASE(a_search_path_that_leads_nowhere_is_an_error) {
  auto const outcome = outcome_of("database-rights", with_database([](auto& database) {
                                    database.superuser = database.may_create_tables = false;
                                    database.schema = "";
                                  }));
  BOOST_REQUIRE(outcome.findings.size() == 1u);
  BOOST_TEST(outcome.findings[0].message == "the search_path of role coder leads to no schema to create tables in");
}

BOOST_AUTO_TEST_CASE(a_refused_login_is_not_verified) {
  auto const outcome = outcome_of("database-rights", with_database([](auto& database) { database.refused = "wrong password"; }));
  BOOST_TEST(outcome.findings.empty());
  BOOST_TEST(outcome.unverified.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_unknown_database_is_not_verified) {
  auto state = healthy();
  state.database = state::Unknown{"it can't be reached from here", "use a tunnel"};
  auto const outcome = outcome_of("database-rights", state);
  BOOST_REQUIRE(outcome.unverified.size() == 1u);
  BOOST_TEST(outcome.unverified[0].why == "it can't be reached from here");
}

BOOST_AUTO_TEST_SUITE_END()
