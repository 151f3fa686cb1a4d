// What comes from a cluster, a chart or a record, broken in every way: no exception, no long wait, no end of the stack.
#include <string>

#include <boost/test/unit_test.hpp>

#include "base/bytes.h"
#include "base/text.h"
#include "chance.h"
#include "clients/kubernetes.h"
#include "clients/record.h"
#include "rehearsal/conflicts.h"
#include "rehearsal/judge.h"
#include "rehearsal/layer.h"
#include "rehearsal/manifest.h"

namespace {

using base::Json;

std::string unescaped(std::string text) {
  for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) text.replace(at, 2, "\n");
  return text;
}

// A text that says the same thing over and over, as only an attacker's does.
std::string repeated(std::string const& piece, fuzz::Chance& chance, std::size_t most) {
  std::string text;
  for (auto times = chance.below(most); times > 0; --times) text += piece;
  return text;
}

bool is_clean(std::string_view text) { return base::printable(text) == text; }

Json record(std::string const& kind, std::string const& packed) {
  auto data = base::to_base64(packed);
  if (kind == "Secret") data = base::to_base64(data);
  return Json::Object{{"kind", kind}, {"data", Json::Object{{"release", data}}}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(documents)

BOOST_AUTO_TEST_CASE(an_answer_in_any_shape_is_judged) {
  auto const seeds = fuzz::corpus("documents"), parts = fuzz::corpus("document-pieces");
  fuzz::rounds(4000, [&](fuzz::Chance& chance) -> std::string {
    auto body = fuzz::mutated(chance.pick(seeds), parts, chance);
    if (chance.one_in(200)) body = R"({"kind":"Status","message":")" + repeated("Invalid value: x: ", chance, 5000) + "\"}";
    rehearsal::Recorded write{.method = "PATCH", .target = rehearsal::parse_target("/api/v1/namespaces/c/services/d"), .body = body};
    write.reply = {static_cast<int>(chance.below(600)), "application/json", body, {body}};
    write.creates = chance.one_in(2);
    write.after = base::parse_json(body).value_or(Json());
    auto const verdict = rehearsal::judge(write);
    for (auto const& text : verdict.warnings)
      if (!is_clean(text)) return "a warning is not printable";
    for (auto const& field : verdict.fields)
      if (!is_clean(field.field) || !is_clean(field.message)) return "a field is not printable";
    if (!is_clean(verdict.message)) return "a message is not printable: " + verdict.message;
    rehearsal::without_own_conflicts(write.reply);
    rehearsal::without_ownership_conflicts(write.reply);
    rehearsal::object_of(write);
    return {};
  });
}

BOOST_AUTO_TEST_CASE(a_manifest_in_any_shape_is_taken_apart) {
  auto const seeds = fuzz::corpus("manifests"), parts = fuzz::corpus("manifest-pieces");
  fuzz::rounds(3000, [&](fuzz::Chance& chance) -> std::string {
    auto text = unescaped(fuzz::mutated(chance.pick(seeds), parts, chance));
    if (chance.one_in(100)) text = repeated(unescaped(chance.pick(parts)), chance, 3000);
    std::size_t size = 0;
    try {
      for (auto const& object : rehearsal::parse_manifest(text)) size += base::to_text(object.object).size();
    } catch (std::runtime_error const& error) {
      if (std::string_view(error.what()).find("too large") == std::string_view::npos) return error.what();
    }
    return size > 100 * text.size() + 10000 ? "a manifest of " + std::to_string(text.size()) + " bytes became " + std::to_string(size) : "";
  });
}

BOOST_AUTO_TEST_CASE(a_record_in_any_shape_is_decoded_or_not) {
  auto const seeds = fuzz::corpus("documents"), parts = fuzz::corpus("document-pieces");
  fuzz::rounds(2000, [&](fuzz::Chance& chance) -> std::string {
    auto packed = base::to_gzip(fuzz::mutated(chance.pick(seeds), parts, chance));
    if (chance.one_in(3)) packed = fuzz::mutated(packed, parts, chance);
    auto document = record(chance.one_in(2) ? "Secret" : "ConfigMap", packed);
    if (chance.one_in(10)) document.set("data").set("release") = fuzz::mutated(document["data"]["release"].str(), parts, chance);
    std::string why;
    auto const release = clients::decode_record(document, &why);
    if (!release && why.empty()) return "it did not decode, and there is no reason";
    if (release) clients::encode_record(document, clients::with_status(*release, "failed", "by chance"));
    return {};
  });
}

BOOST_AUTO_TEST_CASE(a_list_in_any_shape_takes_the_layer_in) {
  auto const seeds = fuzz::corpus("documents"), parts = fuzz::corpus("document-pieces");
  auto const selectors = fuzz::corpus("selectors");
  fuzz::rounds(4000, [&](fuzz::Chance& chance) -> std::string {
    rehearsal::Layer layer;
    auto const object = [&] { return base::parse_json(fuzz::mutated(chance.pick(seeds), parts, chance)).value_or(Json()); };
    auto target = rehearsal::parse_target("/api/v1/namespaces/c/services/d");
    for (auto* name : {"d", "e", "f"}) {
      target.name = name;
      if (chance.one_in(2)) layer.put(target.key(), object(), chance.one_in(2));
      else layer.remove(target.key(), chance.one_in(2));
    }
    auto list = object();
    auto const selector = fuzz::mutated(chance.pick(selectors), parts, chance);
    rehearsal::matches(list["metadata"]["labels"], selector);
    layer.merge_into(list, rehearsal::parse_target("/api/v1/namespaces/c/services?labelSelector=" + clients::url_encoded(selector)));
    return list["items"].is_array() ? "" : "a list without items";
  });
}

BOOST_AUTO_TEST_CASE(text_from_anywhere_becomes_printable) {
  auto const seeds = fuzz::corpus("documents"), parts = fuzz::corpus("target-pieces");
  fuzz::rounds(4000, [&](fuzz::Chance& chance) -> std::string {
    auto const text = base::printable(fuzz::mutated(chance.pick(seeds), parts, chance));
    for (char c : text)
      if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') return "a control character is left";
    return base::valid_utf8(text) == text ? "" : "bytes that are no UTF-8 are left";
  });
}

// Each of these was made to be small to send and large to read.
BOOST_AUTO_TEST_CASE(what_was_made_to_explode_is_refused_in_a_moment) {
  auto const start = std::chrono::steady_clock::now();
  std::string why;
  auto const bomb = base::to_gzip("{\"a\":\"" + std::string(65u << 20, 'a') + "\"}");
  BOOST_TEST(!clients::decode_record(record("Secret", bomb), &why));
  BOOST_TEST(why == "data.release can't be read: it unpacks to more than 64 MiB");
  BOOST_TEST(!base::parse_json(std::string(1'000'000, '['), &why));
  BOOST_TEST(why == "nested too deeply");
  std::string many = "[";
  for (int i = 0; i < 100'000; ++i) many += "0,";
  BOOST_TEST(!base::parse_json(many + "0]", &why, {.values = 50'000}));
  BOOST_TEST(why == "more than 50000 values");
  std::string laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'k'; ++c) {
    laughs += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 9; ++i) laughs += std::string(i ? ", *" : "*") + static_cast<char>(c - 1);
    laughs += "]\n";
  }
  BOOST_TEST(!base::parse_yaml(laughs, &why));
  auto const object = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n" + laughs.substr(0, laughs.find("h: "));
  std::string manifest;
  for (int i = 0; i < 10; ++i) manifest += object;
  BOOST_CHECK_THROW(rehearsal::parse_manifest(manifest), std::runtime_error);
  BOOST_TEST(!base::parse_yaml(std::string(100'000, '['), &why));
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(60)));
}

BOOST_AUTO_TEST_SUITE_END()
