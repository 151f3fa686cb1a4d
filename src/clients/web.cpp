#include "clients/web.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <thread>

#include "base/text.h"
#include "clients/process.h"

namespace clients {
namespace {

constexpr std::size_t most_headers = 64u << 10;

struct Free {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Easy = std::unique_ptr<CURL, Free>;
using Headers = std::unique_ptr<curl_slist, Free>;

// What comes in, within its limits.
struct Incoming {
  Answer answer;
  std::size_t headers = 0, most_body = 0;
  bool too_large = false;
};

std::size_t take_body(char* data, std::size_t, std::size_t size, void* where) {
  auto& in = *static_cast<Incoming*>(where);
  in.too_large = in.too_large || in.answer.body.size() + size > in.most_body;
  if (in.too_large) return 0;
  in.answer.body.append(data, size);
  return size;
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* where) {
  auto& in = *static_cast<Incoming*>(where);
  in.too_large = in.too_large || (in.headers += size) > most_headers;
  if (in.too_large) return 0;
  std::string_view const line(data, size);
  if (line.starts_with("HTTP/")) in.answer.headers.clear();  // that of a proxy, or 100 Continue, came before
  if (auto const colon = line.find(':'); colon != line.npos)
    in.answer.headers.emplace_back(line.substr(0, colon), base::trim(line.substr(colon + 1)));
  return size;
}

int go_on(void*, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return Interrupts::pending() ? 1 : 0; }

std::string part_of(std::string const& url, bool with_scheme) {
  std::unique_ptr<CURLU, Free> const parsed(curl_url());
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return "";
  auto const part = [&](CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return std::string();
    std::string const copy = text;
    curl_free(text);
    return copy;
  };
  auto const scheme = part(CURLUPART_SCHEME), host = part(CURLUPART_HOST), port = part(CURLUPART_PORT);
  if ((scheme != "http" && scheme != "https") || host.empty()) return "";
  return with_scheme ? scheme + "://" + host + (port.empty() ? "" : ":" + port) : host;
}

void set_up(CURL* easy, WebRequest const& request, curl_slist* headers, Incoming& in, char* words) {
  auto const limit = static_cast<long>(request.limit.count());
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, limit);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, limit);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "helm-coder");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &in);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &in);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, go_on);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words);
  if (auto const* file = std::getenv("SSL_CERT_FILE"); file && *file) curl_easy_setopt(easy, CURLOPT_CAINFO, file);
  if (request.socket.empty()) return;
  curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, request.socket.c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

std::string why(CURLcode code, Incoming const& in, std::string const& words, std::chrono::milliseconds limit) {
  if (in.too_large) return "the answer is larger than " + std::to_string(in.most_body >> 20) + " MiB";
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return "there was no answer within " + std::to_string(limit.count() / 1000) + " s";
    case CURLE_ABORTED_BY_CALLBACK: return "it was interrupted";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return "its certificate can't be trusted: " + base::printable(words);
    default: break;
  }
  return base::printable(words.empty() ? curl_easy_strerror(code) : words);
}

}  // namespace

Answer get(WebRequest const& request) {
  static auto const started = curl_global_init(CURL_GLOBAL_DEFAULT);
  Easy const easy(started == CURLE_OK ? curl_easy_init() : nullptr);
  if (!easy) return {.body = "libcurl does not start"};
  Headers headers;
  for (auto const& [name, value] : request.headers)
    headers.reset(curl_slist_append(headers.release(), (name + ": " + value).c_str()));
  Incoming in{.answer = {}, .most_body = request.most_body};
  char words[CURL_ERROR_SIZE] = "";
  set_up(easy.get(), request, headers.get(), in, words);
  auto const code = curl_easy_perform(easy.get());
  if (code != CURLE_OK) return {.body = why(code, in, words, request.limit)};
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  in.answer.status = static_cast<int>(status);
  return std::move(in.answer);
}

std::vector<Answer> get_all(std::vector<WebRequest> const& requests) {
  std::vector<Answer> answers(requests.size());
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < requests.size(); ++i)
    threads.emplace_back([&, i] { answers[i] = get(requests[i]); });
  threads.clear();
  return answers;
}

std::string origin_of(std::string const& url) { return part_of(url, true); }
std::string host_of(std::string const& url) { return part_of(url, false); }

}  // namespace clients
