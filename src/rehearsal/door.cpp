#include "rehearsal/door.h"

#include <chrono>
#include <stdexcept>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace rehearsal {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using asio::use_awaitable;
using Response = http::response<http::string_body>;

constexpr std::size_t most_strangers = 64;
constexpr std::size_t most_known = 200;           // connections of the Helms; four at a time have some fifty
constexpr std::size_t most_header = 64u << 10;    // bytes
constexpr std::size_t most_request = 16u << 20;   // bytes of a body; the API server itself takes 3 MiB
constexpr std::size_t most_discarded = 4 * most_request;
constexpr auto stranger_limit = std::chrono::seconds(5);    // for its first request, however slowly it sends
constexpr auto body_limit = std::chrono::seconds(60);
constexpr auto discard_limit = std::chrono::seconds(5);

Response response_of(Reply reply, unsigned version, bool keep_alive) {
  Response response(static_cast<http::status>(reply.status), version);
  response.set(http::field::content_type, reply.content_type);
  response.keep_alive(keep_alive);
  response.body() = std::move(reply.body);
  response.prepare_payload();
  return response;
}

// Status 0: none.
Reply refusal_of(bool has_token, bool has_room, std::uint64_t body) {
  if (!has_token) return status_reply(404, "NotFound", "not found");
  if (!has_room) return status_reply(503, "ServiceUnavailable", "a rehearsal takes " + std::to_string(most_known) + " connections at a time");
  if (body <= most_request) return {};
  return status_reply(413, "RequestEntityTooLarge", "a rehearsal takes requests of " + std::to_string(most_request >> 20) + " MiB at most");
}

}  // namespace

struct Door::Visitor {
  explicit Visitor(tcp::socket socket) : stream(std::move(socket)) {}
  beast::tcp_stream stream;
  beast::flat_buffer buffer;
  bool known = false;
};

Door::Door(asio::io_context& context, Find find) : context_(context), acceptor_(context), find_(std::move(find)) {
  try {
    tcp::endpoint const here(asio::ip::address_v4::loopback(), 0);
    acceptor_.open(here.protocol());
    acceptor_.bind(here);
    acceptor_.listen();
  } catch (boost::system::system_error const& error) {
    throw std::runtime_error(std::string("can't listen on 127.0.0.1 for the rehearsal: ") + error.what());
  }
}

unsigned short Door::port() const { return acceptor_.local_endpoint().port(); }

asio::awaitable<void> Door::welcome() {
  while (true) {
    boost::system::error_code trouble;
    auto socket = co_await acceptor_.async_accept(asio::redirect_error(use_awaitable, trouble));
    if (trouble) {  // too many open files: others will close some
      asio::steady_timer pause(context_, std::chrono::milliseconds(50));
      co_await pause.async_wait(use_awaitable);
      continue;
    }
    if (strangers_.size() >= most_strangers) {
      strangers_.front()->stream.close();
      strangers_.pop_front();
    }
    auto visitor = std::make_shared<Visitor>(std::move(socket));
    strangers_.push_back(visitor);
    asio::co_spawn(context_, serve(std::move(visitor)), asio::detached);
  }
}

asio::awaitable<void> Door::serve(Held visitor) {
  try {
    visitor->stream.socket().set_option(tcp::no_delay(true));
    visitor->stream.expires_after(stranger_limit);
    while (co_await serve_one(visitor)) visitor->stream.expires_never();
  } catch (std::exception const&) {
    // The other side is gone, or sent what is no HTTP: there is nobody to tell.
  }
  visitor->stream.close();
  strangers_.remove(visitor);
  if (visitor->known) --known_;
}

bool Door::let_in(Held const& visitor) {
  if (visitor->known) return true;
  strangers_.remove(visitor);
  if (known_ >= most_known) return false;
  ++known_;
  return visitor->known = true;
}

asio::awaitable<void> Door::show_out(Held visitor, Reply refusal) {
  auto& stream = visitor->stream;
  auto response = response_of(std::move(refusal), 11, false);
  co_await http::async_write(stream, response, use_awaitable);
  if (!visitor->known) co_return;
  stream.socket().shutdown(tcp::socket::shutdown_send);
  stream.expires_after(discard_limit);  // who is cut off while it writes may not read the answer
  std::string unread(64u << 10, '\0');
  for (std::size_t size = 0; size < most_discarded;) size += co_await stream.async_read_some(asio::buffer(unread), use_awaitable);
}

asio::awaitable<bool> Door::serve_one(Held visitor) {
  auto& stream = visitor->stream;
  http::request_parser<http::empty_body> header;
  header.header_limit(most_header);
  header.body_limit(boost::none);  // not before we know who asks
  co_await http::async_read_header(stream, visitor->buffer, header, use_awaitable);
  std::string_view target(header.get().target().data(), header.get().target().size());
  auto const stage = find_(target);
  auto refusal = refusal_of(stage != nullptr, stage && let_in(visitor), header.content_length().value_or(0));
  if (refusal.status != 0) {
    co_await show_out(visitor, std::move(refusal));
    co_return false;
  }
  std::string const asked(target);
  http::request_parser<http::string_body> parser(std::move(header));
  parser.body_limit(most_request);
  stream.expires_after(body_limit);
  co_await http::async_read(stream, visitor->buffer, parser, use_awaitable);
  stream.expires_never();
  auto request = parser.release();
  Ask ask{std::string(request.method_string()), asked, std::move(request.body()), std::string(request[http::field::content_type]),
          std::string(request[http::field::accept]), std::string(request[http::field::user_agent])};
  auto reply = co_await stage->play(std::move(ask));
  ++answered_;
  auto response = response_of(std::move(reply), request.version(), request.keep_alive());
  co_await http::async_write(stream, response, use_awaitable);
  co_return response.keep_alive();
}

}  // namespace rehearsal
