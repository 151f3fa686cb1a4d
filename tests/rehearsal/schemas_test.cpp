#include "rehearsal/schemas.h"

#include <filesystem>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include "clients/folder.h"
#include "clients/scratch.h"

using namespace rehearsal;

namespace {

constexpr char const* hash = "/openapi/v3/apis/apps/v1?hash=1";

// Serves a schema with an ETag, and says when it is what the asker has.
class TaggingUpstream : public Upstream {
 public:
  asio::awaitable<Reply> ask(Ask ask) override {
    asked.push_back(ask);
    if (!tag.empty() && ask.if_none_match == tag) co_return Reply{304, "", "", {}};
    co_return Reply{.status = status, .content_type = "application/json", .body = body, .warnings = {}, .etag = tag};
  }
  int status = 200;
  std::string tag = "\"one\"", body = std::string(100'000, 'a');
  std::vector<Ask> asked;
};

struct Fixture {
  Reply get(std::string target, std::string accept = "application/json") {
    KeptSchemas schemas(behind, (folder / "schemas").string());
    auto reply = asio::co_spawn(context, schemas.ask({"GET", std::move(target), "", "", std::move(accept)}), asio::use_future);
    context.restart();
    context.run();
    write_schemas(schemas.take_new());
    return reply.get();
  }
  std::string asked_with() const { return behind.asked.back().if_none_match; }
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> found;
    std::error_code none;
    for (auto const& each : std::filesystem::directory_iterator(folder / "schemas", none)) found.push_back(each.path());
    return found;
  }
  scratch::Folder folder;
  asio::io_context context{1};
  TaggingUpstream behind;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(schemas, Fixture)

BOOST_AUTO_TEST_CASE(a_schema_that_is_still_the_same_comes_from_the_folder) {
  get("/openapi/v2");
  auto const again = get("/openapi/v2");
  BOOST_TEST(asked_with() == "\"one\"");
  BOOST_TEST(again.status == 200);
  BOOST_TEST(again.content_type == "application/json");
  BOOST_TEST((again.body == behind.body));
}

BOOST_AUTO_TEST_CASE(a_schema_that_has_changed_is_the_new_one_and_takes_the_place_of_the_old) {
  get("/openapi/v2");
  behind.tag = "\"two\"", behind.body = std::string(100'000, 'b');
  BOOST_TEST((get("/openapi/v2").body == behind.body));
  BOOST_TEST((get("/openapi/v2").body == behind.body));
  BOOST_TEST(asked_with() == "\"two\"");
  BOOST_TEST(files().size() == 1u);
}

BOOST_AUTO_TEST_CASE(another_form_of_a_schema_is_another_schema) {
  get("/openapi/v2");
  get("/openapi/v2", "application/x-protobuf");
  BOOST_TEST(asked_with().empty());
}

BOOST_AUTO_TEST_CASE(a_schema_of_another_hash_is_not_taken_for_it_and_is_not_kept_beside_it) {
  get(hash);
  get("/openapi/v3/apis/apps/v1?hash=2");
  BOOST_TEST(asked_with().empty());
  BOOST_TEST(files().size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_small_or_has_no_tag_or_was_refused_is_not_kept) {
  behind.body = "{}";
  get("/openapi/v3");
  behind.body = std::string(100'000, 'a'), behind.tag = "";
  get("/openapi/v2");
  behind.tag = "\"one\"", behind.status = 403;
  get("/openapi/v2");
  BOOST_TEST(files().empty());
}

BOOST_AUTO_TEST_CASE(nothing_else_is_kept) {
  get("/api/v1");
  get("/openapi-of-mine");
  BOOST_TEST(files().empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_whole_or_not_ours_is_not_asked_about) {
  get(hash);
  auto const file = files().at(0);
  auto const whole = clients::read_file(file, nullptr).value();
  auto smuggling = whole;
  smuggling.replace(whole.find("one"), 3, "\\r\\nX");
  for (auto const& broken : {whole.substr(0, whole.size() - 1), whole + "a", smuggling, std::string("{}\n"), std::string("no JSON\n"), std::string()}) {
    scratch::write(file, broken);
    BOOST_TEST((get(hash).body == behind.body));
    BOOST_TEST(asked_with().empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
