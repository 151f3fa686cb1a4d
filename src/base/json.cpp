#include "base/json.h"

#include <algorithm>
#include <charconv>

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace base {
namespace {

Json const null_json;
std::string const empty_string;
Json::Array const empty_array;
Json::Object const empty_object;

template <class T>
T number_or(std::string const& text, T fallback) {
  T value{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : fallback;
}

// Builds a Json from the events of RapidJSON's iterative parser. `open_` holds the containers that are not closed yet:
// values rather than pointers, because a growing array moves its elements.
class Builder {
 public:
  explicit Builder(JsonLimits const& limits) : limits_(limits) {}
  bool Null() { return put(nullptr); }
  bool Bool(bool value) { return put(value); }
  bool Int(int value) { return put(value); }
  bool Uint(unsigned value) { return put(value); }
  bool Int64(std::int64_t value) { return put(value); }
  bool Uint64(std::uint64_t value) { return put(value); }
  bool Double(double value) { return put(value); }
  bool RawNumber(char const* text, rapidjson::SizeType size, bool) { return put(Json::Number{std::string(text, size)}); }
  bool String(char const* text, rapidjson::SizeType size, bool) { return put(std::string(text, size)); }
  bool Key(char const* text, rapidjson::SizeType size, bool) {
    open_.back().key.assign(text, size);
    return true;
  }
  bool StartObject() { return start(Json::Object{}); }
  bool EndObject(rapidjson::SizeType) { return end(); }
  bool StartArray() { return start(Json::Array{}); }
  bool EndArray(rapidjson::SizeType) { return end(); }

  Json take() { return std::move(root_); }
  bool too_many() const { return values_ > limits_.values; }

 private:
  struct Open {
    Json value;
    std::string key;
  };
  bool start(Json container) {
    if (open_.size() >= limits_.depth) return false;
    open_.push_back({std::move(container), {}});
    return true;
  }
  bool end() {
    Json done = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(done));
  }
  bool put(Json value) {
    if (++values_ > limits_.values) return false;
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto& top = open_.back(); top.value.is_array()) {
      top.value.make_array().push_back(std::move(value));
    } else {
      top.value.make_object().emplace_back(std::move(top.key), std::move(value));
    }
    return true;
  }
  JsonLimits limits_;
  std::size_t values_ = 0;
  std::vector<Open> open_;
  Json root_;
};

template <class Writer>
void write(Writer& out, Json const& json) {
  auto const size = [](auto const& text) { return static_cast<rapidjson::SizeType>(text.size()); };
  if (json.is_null()) {
    out.Null();
  } else if (json.is_bool()) {
    out.Bool(json.bool_or(false));
  } else if (json.is_number()) {
    out.RawValue(json.number().data(), json.number().size(), rapidjson::kNumberType);
  } else if (json.is_string()) {
    out.String(json.str().data(), size(json.str()));
  } else if (json.is_array()) {
    out.StartArray();
    for (auto const& item : json.items()) write(out, item);
    out.EndArray();
  } else {
    out.StartObject();
    for (auto const& [key, value] : json.members()) {
      out.Key(key.data(), size(key));
      write(out, value);
    }
    out.EndObject();
  }
}

}  // namespace

Json::Json(double value) {
  char text[64];
  auto const [end, error] = std::to_chars(text, text + sizeof text, value);
  value_ = Number{error == std::errc() ? std::string(text, end) : "0"};
}

Json const* Json::find(std::string_view key) const {
  auto const& all = members();
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& member) { return member.first == key; });
  return found == all.end() ? nullptr : &found->second;
}

Json const& Json::operator[](std::string_view key) const {
  auto const* found = find(key);
  return found ? *found : null_json;
}

std::string const& Json::str() const {
  auto const* text = std::get_if<std::string>(&value_);
  return text ? *text : empty_string;
}

std::string Json::str_or(std::string_view fallback) const { return is_string() ? str() : std::string(fallback); }

bool Json::bool_or(bool fallback) const {
  auto const* value = std::get_if<bool>(&value_);
  return value ? *value : fallback;
}

std::int64_t Json::int_or(std::int64_t fallback) const { return number_or(number(), fallback); }

double Json::double_or(double fallback) const { return number_or(number(), fallback); }

std::string const& Json::number() const {
  auto const* value = std::get_if<Number>(&value_);
  return value ? value->text : empty_string;
}

Json::Array const& Json::items() const {
  auto const* value = std::get_if<Array>(&value_);
  return value ? *value : empty_array;
}

Json::Object const& Json::members() const {
  auto const* value = std::get_if<Object>(&value_);
  return value ? *value : empty_object;
}

Json& Json::set(std::string_view key) {
  auto& all = make_object();
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& member) { return member.first == key; });
  return found == all.end() ? all.emplace_back(std::string(key), Json()).second : found->second;
}

void Json::erase(std::string_view key) {
  if (is_object()) std::erase_if(make_object(), [&](auto const& member) { return member.first == key; });
}

Json::Array& Json::make_array() {
  if (!is_array()) value_ = Array{};
  return std::get<Array>(value_);
}

Json::Object& Json::make_object() {
  if (!is_object()) value_ = Object{};
  return std::get<Object>(value_);
}

std::optional<Json> parse_json(std::string_view text, std::string* why, JsonLimits limits) {
  auto const fail = [&](std::string reason) -> std::optional<Json> {
    if (why) *why = std::move(reason);
    return {};
  };
  if (text.size() > limits.bytes) return fail("more than " + std::to_string(limits.bytes) + " bytes");
  constexpr unsigned flags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag;
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  Builder builder(limits);
  auto const result = reader.Parse<flags>(stream, builder);
  if (builder.too_many()) return fail("more than " + std::to_string(limits.values) + " values");
  if (result.Code() == rapidjson::kParseErrorTermination) return fail("nested too deeply");
  if (result.IsError()) {
    return fail(std::string(rapidjson::GetParseError_En(result.Code())) + " (at byte " +
                std::to_string(result.Offset()) + ")");
  }
  return builder.take();
}

std::string to_text(Json const& json) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  write(writer, json);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string to_pretty_text(Json const& json) {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 2);
  write(writer, json);
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace base
