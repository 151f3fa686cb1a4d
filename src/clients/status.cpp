#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "clients/kubernetes.h"

namespace clients {
namespace {

constexpr std::size_t longest_text = 400;
constexpr std::size_t longest_message = 16 * 1024;  // the longest that was seen lists a hundred fields
constexpr std::size_t most_causes = 200;

std::string shortened(std::string const& text) {
  return text.size() > longest_message ? base::valid_utf8(text.substr(0, longest_message)) + "…" : text;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string short_text(std::string_view body) {
  auto text = base::printable(base::trim(body.substr(0, longest_text)));
  return body.size() > longest_text ? text + "…" : text;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
  for (auto const& [each, value] : headers)
    if (same_name(each, name)) return value;
  return "";
}

Status status_of(int code, std::string_view body) {
  auto const json = base::parse_json(body);
  if (!json || (*json)["kind"].str() != "Status") return {.code = code, .message = short_text(body)};
  Status status;
  status.code = static_cast<int>((*json)["code"].int_or(code));
  status.reason = shortened((*json)["reason"].str());
  status.message = shortened((*json)["message"].str());
  for (auto const& cause : (*json)["details"]["causes"].items()) {
    if (status.causes.size() == most_causes) break;
    status.causes.push_back({shortened(cause["reason"].str()), shortened(cause["field"].str()), shortened(cause["message"].str())});
  }
  return status;
}

std::string error_of(Answer const& answer) {
  if (answer.status == 0) return answer.body;
  auto const status = status_of(answer.status, answer.body);
  auto const message = base::printable(status.message);
  auto const code = "HTTP " + std::to_string(answer.status);
  if (!status.reason.empty() && !message.empty()) return message;
  return message.empty() ? code : code + ": " + message;
}

std::string url_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    auto const byte = static_cast<unsigned char>(c);
    bool const plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

}  // namespace clients
