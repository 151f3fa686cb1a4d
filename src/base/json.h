#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace base {

// A JSON value whose access can't fail: a missing key or a wrong type reads as null, and as the fallback that the caller
// names. Objects keep the order in which they were read, numbers their exact text. RapidJSON does the reading and writing;
// it trusts its caller with types, so nothing outside json.cpp sees it.
class Json {
 public:
  struct Number {
    std::string text;
    bool operator==(Number const&) const = default;
  };
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(std::integral auto value) : value_(Number{std::to_string(value)}) {}
  Json(double value);
  Json(Number value) : value_(std::move(value)) {}
  Json(char const* value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  bool is_null() const { return holds<std::nullptr_t>(); }
  bool is_bool() const { return holds<bool>(); }
  bool is_number() const { return holds<Number>(); }
  bool is_string() const { return holds<std::string>(); }
  bool is_array() const { return holds<Array>(); }
  bool is_object() const { return holds<Object>(); }

  // Null if this is no object or has no such key.
  Json const& operator[](std::string_view key) const;
  Json const* find(std::string_view key) const;
  bool has(std::string_view key) const { return find(key) != nullptr; }

  std::string const& str() const;  // "" if this is no string
  std::string str_or(std::string_view fallback) const;
  bool bool_or(bool fallback) const;
  std::int64_t int_or(std::int64_t fallback) const;
  double double_or(double fallback) const;
  std::string const& number() const;  // the number as it was written, "" if this is no number
  Array const& items() const;         // empty if this is no array
  Object const& members() const;      // empty if this is no object

  // Writing. What is no object (or array) becomes one.
  Json& set(std::string_view key);  // the member, made as null if it is new
  void erase(std::string_view key);
  Array& make_array();
  Object& make_object();
  void add(Json value) { make_array().push_back(std::move(value)); }

  bool operator==(Json const&) const = default;  // members in the same order

 private:
  template <class T>
  bool holds() const {
    return std::holds_alternative<T>(value_);
  }
  std::variant<std::nullptr_t, bool, Number, std::string, Array, Object> value_;
};

struct JsonLimits {
  std::size_t bytes = 64u << 20;
  std::size_t depth = 200;
  std::size_t values = 2'000'000;  // each takes forty bytes and more, and two in the text
};

// Nothing, and the reason in `why` with its byte offset, if the text is not one JSON document within the limits.
std::optional<Json> parse_json(std::string_view text, std::string* why = nullptr, JsonLimits limits = {});

std::string to_text(Json const&);         // on one line
std::string to_pretty_text(Json const&);  // indented by two, with a final newline

// One YAML document as JSON (YAML 1.1 booleans and numbers of plain scalars as Helm reads them). For reading only: what is
// written to users' files is never made from this. Aliases can multiply a small text: `values` is how many it may become,
// afterwards less by those, and 0 if they were too many.
std::optional<Json> parse_yaml(std::string_view text, std::string* why = nullptr, std::size_t* values = nullptr);

}  // namespace base
