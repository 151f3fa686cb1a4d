#include "rehearsal/proxy_upstream.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace rehearsal {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using asio::use_awaitable;
using Clock = std::chrono::steady_clock;
using Stream = beast::basic_stream<asio::local::stream_protocol>;
using Response = http::response<http::string_body>;

constexpr std::size_t most_answer = 128u << 20;     // bytes, of a list or a schema
constexpr std::size_t most_object = 16u << 20;      // bytes; the API server's own objects have 3 MiB at most
constexpr std::size_t most_in_flight = 256u << 20;  // of all answers that are being read
constexpr int most_early = 10;                      // answers that only announce another (100 Continue, 103 Early Hints)
constexpr int most_timeouts = 3;                    // one after the other; then the API server is not asked any more
constexpr auto limit = std::chrono::seconds(30);    // for a whole answer, however slowly it comes
constexpr auto start_limit = std::chrono::seconds(20);  // for kubectl to listen
constexpr std::size_t most_shown = 8;                   // of the slowest requests

// "299 - \"text\"", several separated by commas: the texts.
std::vector<std::string> warnings_of(std::string_view header) {
  std::vector<std::string> texts;
  for (std::size_t open = header.find('"'); open != std::string_view::npos; open = header.find('"', open)) {
    std::string text;
    for (++open; open < header.size() && header[open] != '"'; ++open) {
      if (header[open] == '\\' && open + 1 < header.size()) ++open;
      text += header[open];
    }
    texts.push_back(std::move(text));
    if (open < header.size()) ++open;
  }
  return texts;
}

http::request<http::string_body> request_of(Ask const& ask, std::string const& prefix) {
  http::request<http::string_body> request;
  request.method_string(ask.method);
  request.target(prefix + ask.target);
  request.set(http::field::host, "localhost");
  // Packing costs more than it saves, but for the schema, which is some megabytes: kubectl asks for it packed, and unpacks it.
  if (!ask.target.starts_with("/openapi")) request.set(http::field::accept_encoding, "identity");
  if (!ask.if_none_match.empty()) request.set(http::field::if_none_match, ask.if_none_match);
  if (!ask.accept.empty()) request.set(http::field::accept, ask.accept);
  if (!ask.content_type.empty()) request.set(http::field::content_type, ask.content_type);
  request.body() = ask.body;
  request.prepare_payload();
  return request;
}

Reply reply_of(Response response) {
  if (response.result_int() < 200 || response.result_int() > 599)
    return status_reply(502, "InternalError", "the API server's answer has the strange status " + std::to_string(response.result_int()));
  Reply reply{static_cast<int>(response.result_int()), std::string(response[http::field::content_type]), {}, {}};
  for (auto [at, end] = response.equal_range(http::field::warning); at != end; ++at)
    for (auto& text : warnings_of(at->value())) reply.warnings.push_back(std::move(text));
  reply.etag = response[http::field::etag];
  reply.body = std::move(response.body());
  return reply;
}

std::size_t most_of(std::string_view target) {
  return parse_target(target).shape == Target::Shape::object ? most_object : most_answer;
}

std::string words_of(boost::system::error_code const& trouble, std::string_view target) {
  if (trouble == beast::error::timeout) return "the API server did not answer within " + std::to_string(limit.count()) + " s";
  if (trouble == http::error::body_limit)
    return "the API server's answer is too large: more than " + std::to_string(most_of(target) >> 20) + " MiB, or " +
           std::to_string(most_in_flight >> 20) + " MiB with all others";
  return "the API server gave no answer: " + trouble.message();
}

// The bytes of one answer among those of all that are being read.
class Counted {
 public:
  explicit Counted(std::size_t& all) : all_(all) {}
  ~Counted() { all_ -= mine_; }
  Counted(Counted const&) = delete;
  Counted& operator=(Counted const&) = delete;
  void become(std::size_t size) {
    all_ += size - mine_;
    mine_ = size;
    if (all_ > most_in_flight) throw boost::system::system_error(http::error::body_limit);
  }

 private:
  std::size_t& all_;
  std::size_t mine_ = 0;
};

}  // namespace

struct ProxyUpstream::Connection {
  explicit Connection(asio::any_io_executor const& executor) : stream(executor) {}
  Stream stream;
  beast::flat_buffer buffer;
  bool answered = false;  // at least the beginning
  bool reusable = false;
};

ProxyUpstream::ProxyUpstream(std::string socket, std::string prefix) : socket_(std::move(socket)), prefix_(std::move(prefix)) {}
ProxyUpstream::~ProxyUpstream() = default;

asio::awaitable<Reply> ProxyUpstream::ask(Ask ask) {
  auto const start = Clock::now();
  auto what = ask.method + " " + ask.target.substr(0, ask.target.find('?'));
  if (!may_leave(ask.method, ask.target)) co_return status_reply(405, "MethodNotAllowed", "a rehearsal does not send " + what);
  auto reply = co_await answer_to(std::move(ask));
  ++requests_;
  slowest_.push_back({std::move(what), reply.status, std::chrono::duration<double>(Clock::now() - start).count()});
  std::sort(slowest_.begin(), slowest_.end(), [](auto const& a, auto const& b) { return a.seconds > b.seconds; });
  if (slowest_.size() > most_shown) slowest_.pop_back();
  co_return reply;
}

asio::awaitable<Reply> ProxyUpstream::answer_to(Ask ask) {
  if (timeouts_ >= most_timeouts)
    co_return status_reply(504, "Timeout", "the API server did not answer " + std::to_string(most_timeouts) + " requests in time, and is not asked any more");
  boost::system::error_code trouble;
  for (bool fresh = idle_.empty();; fresh = true) {
    Held connection;
    try {
      connection = co_await connect(fresh);
      auto reply = co_await talk(connection, ask);
      if (connection->reusable) idle_.push_back(connection);
      timeouts_ = 0;
      co_return reply;
    } catch (boost::system::system_error const& error) {
      trouble = error.code();
    } catch (std::bad_alloc const&) {
      trouble = boost::system::errc::make_error_code(boost::system::errc::not_enough_memory);
    }
    // An idle connection may have been closed meanwhile.
    if (fresh || connection->answered || trouble == beast::error::timeout) break;
  }
  if (trouble == beast::error::timeout) ++timeouts_;
  co_return status_reply(504, "Timeout", words_of(trouble, ask.target));
}

asio::awaitable<ProxyUpstream::Held> ProxyUpstream::connect(bool fresh) {
  if (!fresh) {
    auto held = std::move(idle_.back());
    idle_.pop_back();
    co_return held;
  }
  auto const executor = co_await asio::this_coro::executor;
  auto held = std::make_shared<Connection>(executor);
  held->stream.expires_after(limit);
  co_await reach(held);
  co_return held;
}

// The socket is there as soon as kubectl listens. One looks for it, and all others wait for that one.
asio::awaitable<void> ProxyUpstream::reach(Held held) {
  auto& stream = held->stream;
  asio::local::stream_protocol::endpoint const where(socket_);
  if (sought_) co_await found_.wait();
  boost::system::error_code trouble;
  asio::steady_timer pause(stream.get_executor());
  for (auto const until = Clock::now() + start_limit; !std::exchange(sought_, true) || !found_.there();) {
    co_await stream.async_connect(where, asio::redirect_error(use_awaitable, trouble));
    if (!trouble || Clock::now() > until) found_.come();
    if (!trouble) co_return;
    stream.close();
    pause.expires_after(std::chrono::milliseconds(1));
    co_await pause.async_wait(use_awaitable);
  }
  co_await stream.async_connect(where, use_awaitable);
}

asio::awaitable<Reply> ProxyUpstream::talk(Held connection, Ask ask) {
  auto& [stream, buffer, answered, reusable] = *connection;
  auto const request = request_of(ask, prefix_);
  answered = reusable = false;
  stream.expires_after(limit);
  co_await http::async_write(stream, request, use_awaitable);
  for (int early = 0;; ++early) {
    http::response_parser<http::string_body> parser;
    parser.body_limit(most_of(ask.target));
    Counted counted(in_flight_);
    while (!parser.is_done()) {
      co_await http::async_read_some(stream, buffer, parser, use_awaitable);
      answered = true;
      counted.become(parser.get().body().size());
    }
    auto response = parser.release();
    // An answer that only announces another would else be taken for this one, and that for the next request's.
    if (response.result_int() < 200 && response.result() != http::status::switching_protocols && early < most_early) continue;
    stream.expires_never();
    reusable = response.result_int() >= 200 && response.keep_alive() && buffer.size() == 0;  // what nobody asked for is no answer
    co_return reply_of(std::move(response));
  }
}

}  // namespace rehearsal
