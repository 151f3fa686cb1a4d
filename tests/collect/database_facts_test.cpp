#include "collect/database_facts.h"

#include <boost/test/unit_test.hpp>

namespace {

using Row = clients::Session::Row;

// Whoever answers as they like: with these cells in each row, to everything.
struct Stranger : clients::Session {
  std::size_t rows = 1, cells = 1;
  std::string text = "\x1b[2J";
  std::string nowhere;

  std::optional<std::vector<Row>> query(std::string const&, Row const&, std::string*) override { return std::vector<Row>(rows, Row(cells, text)); }
  int server_version() const override { return 0; }
  bool encrypted() const override { return false; }
  std::string address() const override { return ""; }
  std::string database() const override { return ""; }
  std::string const& schema() const override { return nowhere; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(database_facts)

BOOST_AUTO_TEST_CASE(a_server_that_answers_otherwise_than_postgresql_is_told_and_harms_nobody) {
  for (std::size_t rows = 0; rows < 3; ++rows)
    for (std::size_t cells = 0; cells < 10; ++cells) {
      Stranger session;
      session.rows = rows, session.cells = cells;
      state::Database seen;
      auto const why = collect::read_facts(session, "public", std::chrono::seconds(60), seen);
      BOOST_TEST(why.value_or("") == "it does not answer as PostgreSQL does");
    }
}

BOOST_AUTO_TEST_SUITE_END()
