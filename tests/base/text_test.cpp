#include <array>

#include <boost/test/unit_test.hpp>

#include "base/bytes.h"
#include "base/semver.h"
#include "base/text.h"

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(versions_order_as_semver_says) {
  constexpr std::array ascending = {"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11",
                                    "1.0.0-rc.1",  "1.0.0",         "1.0.1",            "1.2.0",        "1.10.0"};
  for (std::size_t i = 0; i + 1 < ascending.size(); ++i)
    BOOST_TEST((*base::parse_version(ascending[i]) < *base::parse_version(ascending[i + 1])));
  BOOST_TEST((base::parse_version("v1.21") == base::Version{1, 21, 0, {}}));
  BOOST_TEST((base::parse_version("1.21.7+cli.1") == base::Version{1, 21, 7, {}}));
}

BOOST_AUTO_TEST_CASE(what_is_no_version_is_none) {
  for (auto const* bad : {"", "x", "1.2.3.4", "1..2", "latest", "1.99999999999", "v"})
    BOOST_TEST(!base::parse_version(bad), bad);
}

BOOST_AUTO_TEST_CASE(printed_commands_survive_a_shell) {
  BOOST_TEST(base::shell_quoted({"helm", "--set", "a=b c", "it's", ""}) == "helm --set 'a=b c' 'it'\\''s' ''");
}

BOOST_AUTO_TEST_CASE(text_from_outside_can_not_steer_a_terminal) {
  BOOST_TEST(base::printable("a\x1b[31mred\nb\tc\r") == "a\\x1b[31mred b c");
  BOOST_TEST(base::printable("√ é 漢 🙂") == "√ é 漢 🙂");
  BOOST_TEST(base::printable("\xc2\x9b" "31m") == "\\xc2\\x9b31m");          // the same escape in one character
  BOOST_TEST(base::printable("\xe2\x80\xae" "txt") == "\\xe2\\x80\\xaetxt");  // right to left
  BOOST_TEST(base::printable("\xff" "a\xc3") == "\\xffa\\xc3");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_are_replaced) {
  BOOST_TEST(base::valid_utf8("√ 🙂") == "√ 🙂");
  for (auto const* bad : {"\xff", "\xc0", "\x80", "\xf5"}) BOOST_TEST(base::valid_utf8(bad) == "\xef\xbf\xbd");
  BOOST_TEST(base::valid_utf8("a\xe2\x88") == "a\xef\xbf\xbd\xef\xbf\xbd");
  BOOST_TEST(base::utf8_size("\xed\xa0\x80") == 0u);      // half of a surrogate pair
  BOOST_TEST(base::utf8_size("\xe0\x80\x80") == 0u);      // longer than needed
  BOOST_TEST(base::utf8_size("\xf4\x90\x80\x80") == 0u);  // above the last character
}

BOOST_AUTO_TEST_CASE(base64_and_gzip_go_there_and_back) {
  for (auto const& bytes : {std::string(), std::string("a"), std::string("ab"), std::string("abc"), std::string(100'000, 'x') + '\0'}) {
    BOOST_TEST((base::from_base64(base::to_base64(bytes)) == bytes));
    BOOST_TEST((base::from_gzip(base::to_gzip(bytes)) == bytes));
  }
  BOOST_TEST(!base::from_base64("abc"));
  BOOST_TEST(!base::from_base64("ab!="));
  BOOST_TEST(!base::from_gzip("no gzip"));
  std::string why;
  BOOST_TEST(!base::from_gzip(base::to_gzip(std::string(3u << 20, 'x')), &why, 1u << 20));
  BOOST_TEST(why == "it unpacks to more than 1 MiB");
  BOOST_TEST(!base::from_gzip(base::to_gzip("some text that is cut off").substr(0, 20)));
}

BOOST_AUTO_TEST_CASE(digests_and_comparison) {
  BOOST_TEST(base::sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(base::random_hex(16).size() == 32u);
  BOOST_TEST(base::random_hex(16) != base::random_hex(16));
  BOOST_TEST(base::equal_in_constant_time("abc", "abc"));
  BOOST_TEST(!base::equal_in_constant_time("abc", "abd"));
  BOOST_TEST(!base::equal_in_constant_time("abc", "ab"));
}

BOOST_AUTO_TEST_CASE(durations_counts_and_distances_read_well) {
  BOOST_TEST(base::rough_duration(5) == "5 s");
  BOOST_TEST(base::rough_duration(200) == "3 min");
  BOOST_TEST(base::rough_duration(3 * 86400) == "3 days");
  BOOST_TEST(base::count_of(1, "error") == "1 error");
  BOOST_TEST(base::count_of(0, "error") == "0 errors");
  BOOST_TEST(base::edit_distance("preflght", "preflight") == 1u);
  BOOST_TEST(base::edit_distance("", "abc") == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
