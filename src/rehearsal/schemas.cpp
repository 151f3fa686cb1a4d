#include "rehearsal/schemas.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include <boost/asio/use_awaitable.hpp>

#include "base/bytes.h"
#include "base/json.h"
#include "clients/folder.h"

namespace rehearsal {
namespace {

namespace fs = std::filesystem;
using base::Json;

constexpr std::size_t least = 64u << 10;  // bytes; what is smaller comes as fast from the API server
constexpr std::size_t most = 32u << 20;
constexpr std::size_t longest_tag = 300;
constexpr std::size_t most_new = 100;  // files of one rehearsal

// One line of JSON, and the answer's body as it came.
struct Schema {
  std::string target, tag, content_type, body;
};

std::string text_of(Schema const& schema) {
  Json const about = Json::Object{{"target", schema.target}, {"etag", schema.tag}, {"contentType", schema.content_type}, {"bytes", static_cast<std::int64_t>(schema.body.size())}};
  return base::to_text(about) + "\n" + schema.body;
}

bool is_sound(std::string const& text) {
  return text.size() <= longest_tag && std::all_of(text.begin(), text.end(), [](char each) { return each >= ' ' && each <= '~'; });
}

// Nothing where the file is not whole, or about something else.
std::optional<Schema> schema_in(std::string const& path, std::string const& target) {
  auto text = clients::read_file(path, nullptr, most);
  auto const line = text ? text->find('\n') : std::string::npos;
  if (line == std::string::npos) return {};
  auto const about = base::parse_json(std::string_view(*text).substr(0, line));
  if (!about) return {};
  Schema schema{.target = (*about)["target"].str(), .tag = (*about)["etag"].str(), .content_type = (*about)["contentType"].str(), .body = {}};
  schema.body = std::move(text->erase(0, line + 1));
  bool const whole = (*about)["bytes"].int_or(-1) == static_cast<std::int64_t>(schema.body.size());
  if (!whole || schema.target != target || schema.tag.empty() || !is_sound(schema.tag) || !is_sound(schema.content_type)) return {};
  return schema;
}

}  // namespace

KeptSchemas::KeptSchemas(Upstream& behind, std::string folder) : behind_(behind), folder_(std::move(folder)) {}

asio::awaitable<Reply> KeptSchemas::ask(Ask ask) {
  auto const target = ask.target;
  if (folder_.empty() || ask.method != "GET" || !target.starts_with("/openapi/")) co_return co_await behind_.ask(std::move(ask));
  // A schema that another takes the place of differs in its query only (?hash=…): it takes the place of the file, too.
  auto const path = folder_ + "/" + base::sha256_hex(ask.accept + " " + target.substr(0, target.find('?')));
  auto kept = schema_in(path, target);
  if (kept) ask.if_none_match = kept->tag;
  auto reply = co_await behind_.ask(std::move(ask));
  if (reply.status == 304 && kept) co_return Reply{200, std::move(kept->content_type), std::move(kept->body), {}};
  bool const worth_it = reply.status == 200 && reply.body.size() >= least && reply.body.size() < most - (1u << 10) && new_.size() < most_new;
  if (worth_it && !reply.etag.empty() && is_sound(reply.etag) && is_sound(reply.content_type))
    new_[path] = text_of({target, reply.etag, reply.content_type, reply.body});
  co_return reply;
}

std::map<std::string, std::string> KeptSchemas::take_new() { return std::exchange(new_, {}); }

void write_schemas(std::map<std::string, std::string> const& files) {
  for (auto const& [path, text] : files) {
    std::error_code trouble;
    fs::create_directories(fs::path(path).parent_path(), trouble);
    if (trouble || clients::write_file(path, text)) return;
  }
}

}  // namespace rehearsal
