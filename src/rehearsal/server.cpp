#include "rehearsal/server.h"

#include <algorithm>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "base/bytes.h"
#include "rehearsal/stage.h"

namespace rehearsal {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using local = asio::local::stream_protocol;

constexpr std::size_t most_request = 16u << 20;   // bytes of a body; the API server itself takes 3 MiB
constexpr std::size_t most_answer = 256u << 20;
constexpr std::size_t most_sessions = 200;
constexpr auto upstream_limit = std::chrono::seconds(30);
constexpr auto start_limit = std::chrono::seconds(20);  // for kubectl to listen
constexpr std::size_t token_bytes = 16;
constexpr std::size_t most_shown = 8;  // of the slowest requests

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

// Keep-alive connections to `kubectl proxy`, as many as are in use at once.
class ProxyUpstream : public Upstream {
 public:
  ProxyUpstream(std::string socket, std::string prefix) : socket_(std::move(socket)), prefix_(std::move(prefix)) {}

  asio::awaitable<Reply> ask(Ask ask) override {
    auto const start = std::chrono::steady_clock::now();
    auto what = ask.method + " " + ask.target.substr(0, ask.target.find('?'));
    auto reply = co_await answer_to(std::move(ask));
    ++requests;
    slowest.push_back({std::move(what), reply.status, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()});
    std::sort(slowest.begin(), slowest.end(), [](auto const& a, auto const& b) { return a.seconds > b.seconds; });
    if (slowest.size() > most_shown) slowest.pop_back();
    co_return reply;
  }

  std::size_t requests = 0;
  std::vector<Server::Asked> slowest;

 private:
  asio::awaitable<Reply> answer_to(Ask ask) {
    std::string trouble;
    for (int tries = 0; tries < 2; ++tries) {  // an idle connection may have been closed meanwhile
      try {
        bool const fresh = idle_.empty() || tries > 0;
        auto connection = co_await connect(fresh);
        auto reply = co_await talk(*connection, ask);
        if (connection->reusable) idle_.push_back(std::move(connection));
        co_return reply;
      } catch (boost::system::system_error const& error) {
        trouble = error.code().message();
      }
    }
    co_return status_reply(504, "Timeout", "the API server gave no answer: " + trouble);
  }

  struct Connection {
    explicit Connection(asio::any_io_executor const& executor) : stream(executor) {}
    beast::basic_stream<local> stream;
    beast::flat_buffer buffer;
    bool reusable = false;
  };
  using Held = std::shared_ptr<Connection>;

  asio::awaitable<Held> connect(bool fresh) {
    if (!fresh) {
      auto held = std::move(idle_.back());
      idle_.pop_back();
      co_return held;
    }
    auto const executor = co_await asio::this_coro::executor;
    auto held = std::make_shared<Connection>(executor);
    held->stream.expires_after(upstream_limit);
    co_await reach(held->stream);
    co_return held;
  }

  // The socket is there as soon as kubectl listens.
  asio::awaitable<void> reach(beast::basic_stream<local>& stream) {
    auto const executor = co_await asio::this_coro::executor;
    local::endpoint const where(socket_);
    boost::system::error_code trouble;
    asio::steady_timer pause(executor);
    for (auto const until = std::chrono::steady_clock::now() + start_limit; !answered_;) {
      co_await stream.async_connect(where, asio::redirect_error(asio::use_awaitable, trouble));
      answered_ = !trouble;
      if (answered_) co_return;
      if (std::chrono::steady_clock::now() > until) break;
      stream.close();
      pause.expires_after(std::chrono::milliseconds(1));
      co_await pause.async_wait(asio::use_awaitable);
    }
    co_await stream.async_connect(where, asio::use_awaitable);
  }

  asio::awaitable<Reply> talk(Connection& connection, Ask const& ask) {
    http::request<http::string_body> request;
    request.method_string(ask.method);
    request.target(prefix_ + ask.target);
    request.set(http::field::host, "localhost");
    request.set(http::field::accept_encoding, "identity");  // the server is near: packing costs more than it saves
    if (!ask.accept.empty()) request.set(http::field::accept, ask.accept);
    if (!ask.content_type.empty()) request.set(http::field::content_type, ask.content_type);
    request.body() = ask.body;
    request.prepare_payload();
    connection.stream.expires_after(upstream_limit);
    co_await http::async_write(connection.stream, request, asio::use_awaitable);
    http::response_parser<http::string_body> parser;
    parser.body_limit(most_answer);
    co_await http::async_read(connection.stream, connection.buffer, parser, asio::use_awaitable);
    connection.stream.expires_never();
    auto response = parser.release();
    Reply reply{static_cast<int>(response.result_int()), std::string(response[http::field::content_type]), {}, {}};
    for (auto [at, end] = response.equal_range(http::field::warning); at != end; ++at)
      for (auto& text : warnings_of(at->value())) reply.warnings.push_back(std::move(text));
    reply.body = std::move(response.body());
    connection.reusable = response.keep_alive();
    co_return reply;
  }

  std::string socket_, prefix_;
  bool answered_ = false;
  std::vector<Held> idle_;
};

}  // namespace

struct Server::Parts {
  Parts(std::string socket, std::string prefix)
      : work(context.get_executor()), acceptor(context), proxy(std::move(socket), std::move(prefix)), upstream(proxy) {}

  asio::awaitable<void> accept();
  asio::awaitable<void> serve(tcp::socket socket);
  asio::awaitable<http::response<http::string_body>> respond(http::request<http::string_body>& request);
  std::shared_ptr<Stage> stage_of(std::string_view& target) const;
  std::shared_ptr<Stage> stage_at(std::string_view url) const;

  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work;
  tcp::acceptor acceptor;
  ProxyUpstream proxy;
  RememberingUpstream upstream;
  std::vector<std::pair<std::string, std::shared_ptr<Stage>>> stages;
  std::vector<std::shared_ptr<Stage>> ended;  // kept, since a late verdict may still come for one
  std::size_t sessions = 0;
  std::shared_future<std::string> identity;
  std::thread thread;
};

asio::awaitable<void> Server::Parts::accept() {
  while (true) {
    boost::system::error_code trouble;
    auto socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, trouble));
    if (trouble) {  // too many open files: others will close some
      asio::steady_timer pause(context, std::chrono::milliseconds(50));
      co_await pause.async_wait(asio::use_awaitable);
      continue;
    }
    if (sessions >= most_sessions) continue;  // closes it
    ++sessions;
    asio::co_spawn(context, serve(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> Server::Parts::serve(tcp::socket socket) {
  try {
    socket.set_option(tcp::no_delay(true));
    beast::flat_buffer buffer;
    while (true) {
      http::request_parser<http::string_body> parser;
      parser.body_limit(most_request);
      parser.header_limit(64u << 10);
      co_await http::async_read(socket, buffer, parser, asio::use_awaitable);
      auto request = parser.release();
      auto response = co_await respond(request);
      co_await http::async_write(socket, response, asio::use_awaitable);
      if (!response.keep_alive()) break;
    }
  } catch (std::exception const&) {
    // The other side is gone, or sent what is no HTTP: there is nobody to tell.
  }
  --sessions;
}

// Takes "/TOKEN" off the target. Every stage is compared, so that the time tells nothing.
std::shared_ptr<Stage> Server::Parts::stage_of(std::string_view& target) const {
  std::shared_ptr<Stage> found;
  auto const token = target.substr(0, 1 + 2 * token_bytes);
  for (auto const& [path, stage] : stages)
    if (base::equal_in_constant_time(path, token)) found = stage;
  if (found) target.remove_prefix(token.size());
  return found;
}

std::shared_ptr<Stage> Server::Parts::stage_at(std::string_view url) const {
  auto token = url.substr(url.rfind('/'));
  return stage_of(token);
}

asio::awaitable<http::response<http::string_body>> Server::Parts::respond(http::request<http::string_body>& request) {
  std::string_view target(request.target().data(), request.target().size());
  Reply reply;
  if (auto const stage = stage_of(target)) {
    Ask ask{std::string(request.method_string()), std::string(target), std::move(request.body()),
            std::string(request[http::field::content_type]), std::string(request[http::field::accept]),
            std::string(request[http::field::user_agent])};
    reply = co_await stage->play(std::move(ask));
  } else {
    reply = status_reply(404, "NotFound", "not found");
  }
  http::response<http::string_body> response(static_cast<http::status>(reply.status), request.version());
  response.set(http::field::content_type, reply.content_type);
  response.keep_alive(request.keep_alive());
  response.body() = std::move(reply.body);
  response.prepare_payload();
  co_return response;
}

Server::Server(std::string socket, std::string prefix)
    : parts_(std::make_unique<Parts>(std::move(socket), std::move(prefix))) {
  try {
    tcp::endpoint const here(asio::ip::address_v4::loopback(), 0);
    parts_->acceptor.open(here.protocol());
    parts_->acceptor.bind(here);
    parts_->acceptor.listen();
  } catch (boost::system::system_error const& error) {
    throw std::runtime_error(std::string("can't listen on 127.0.0.1 for the rehearsal: ") + error.what());
  }
  asio::co_spawn(parts_->context, parts_->accept(), asio::detached);
  parts_->identity = asio::co_spawn(parts_->context, parts_->upstream.identity(), asio::use_future);
  parts_->thread = std::thread([this] { parts_->context.run(); });
}

Server::~Server() {
  parts_->context.stop();
  parts_->thread.join();
}

unsigned short Server::port() const { return parts_->acceptor.local_endpoint().port(); }

std::size_t Server::requests() const {
  return asio::post(parts_->context, asio::use_future([&] { return parts_->proxy.requests; })).get();
}

std::vector<Read> Server::reads() const {
  return asio::post(parts_->context, asio::use_future([&] { return parts_->upstream.reads(); })).get();
}

std::vector<Server::Asked> Server::slowest() const {
  return asio::post(parts_->context, asio::use_future([&] { return parts_->proxy.slowest; })).get();
}

std::string Server::identity() {
  try {
    return parts_->identity.wait_for(upstream_limit) == std::future_status::ready ? parts_->identity.get() : "";
  } catch (std::exception const&) {
    return {};
  }
}

void Server::remember_objects() {
  asio::post(parts_->context, [this] { parts_->upstream.remember_objects(); });
}

void Server::foresee(std::vector<Read> reads) {
  asio::co_spawn(parts_->context, parts_->upstream.foresee(std::move(reads)), asio::detached);
}

void Server::forget_objects() {
  asio::post(parts_->context, [this] { parts_->upstream.forget_objects(); });
}

std::string Server::open(Direction direction) {
  auto const token = "/" + base::random_hex(token_bytes);
  asio::post(parts_->context, asio::use_future([&] {
    parts_->stages.emplace_back(token, std::make_shared<Stage>(parts_->upstream, std::move(direction)));
  })).get();
  return "http://127.0.0.1:" + std::to_string(port()) + token;
}

void Server::raise_curtain(std::string const& url, Layer layer) {
  asio::post(parts_->context, asio::use_future([&] {
    if (auto const stage = parts_->stage_at(url)) stage->raise_curtain(std::move(layer));
  })).get();
}

Played Server::close(std::string const& url, std::chrono::milliseconds limit) {
  std::shared_ptr<Stage> stage;
  asio::post(parts_->context, asio::use_future([&] {
    stage = parts_->stage_at(url);
    std::erase_if(parts_->stages, [&](auto const& each) { return each.second == stage; });
    if (stage) parts_->ended.push_back(stage);
  })).get();
  if (!stage) throw std::logic_error("there is no such stage");
  asio::co_spawn(parts_->context, stage->settled(), asio::use_future).wait_for(limit);
  return asio::post(parts_->context, asio::use_future([&] { return stage->take(); })).get();
}

}  // namespace rehearsal
