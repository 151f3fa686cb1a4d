#include "clients/tunnel.h"

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <mutex>
#include <thread>

#include "base/text.h"
#include "clients/completed.h"
#include "clients/folder.h"

namespace clients {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::use_awaitable;
using Protocol = asio::local::stream_protocol;
using WebSocket = websocket::stream<beast::basic_stream<Protocol>>;

// How the kubelet carries a port in a WebSocket (k8s.io/kubelet, pkg/cri/streaming/portforward/websocket.go): the first byte
// of a message is its channel, and what comes first in each channel is the port in two bytes.
constexpr char const* subprotocol = "v4.channel.k8s.io";
enum Channel : char { data = 0, error = 1 };
constexpr std::size_t port_size = 2;
constexpr std::size_t most_read = 16u << 10;     // bytes at once
constexpr std::size_t most_message = 1u << 20;   // bytes
constexpr std::size_t most_trouble = 1u << 10;   // bytes that are kept

}  // namespace

struct Tunnel::Parts {
  Folder folder;
  asio::io_context io{1};
  Protocol::acceptor acceptor{io};
  Protocol::socket near{io};
  WebSocket far{io};
  mutable std::mutex mutex;
  std::string trouble;
  std::thread thread;

  asio::awaitable<void> outwards() {
    std::array<char, 1 + most_read> message{data};
    for (;;) {
      auto const space = asio::buffer(message.data() + 1, most_read);
      auto const size = co_await near.async_read_some(space, use_awaitable);
      auto const whole = asio::buffer(message.data(), 1 + size);
      co_await far.async_write(whole, use_awaitable);
    }
  }

  asio::awaitable<void> inwards() {
    std::array<std::size_t, 2> to_skip{port_size, port_size};
    for (beast::flat_buffer buffer;; buffer.clear()) {
      co_await far.async_read(buffer, use_awaitable);
      std::string_view text(static_cast<char const*>(buffer.data().data()), buffer.size());
      if (text.empty() || (text[0] != data && text[0] != error)) continue;
      auto& skipped = to_skip[static_cast<std::size_t>(text[0])];
      bool const is_data = text[0] == data;
      text.remove_prefix(1);
      auto const skip = std::min(skipped, text.size());
      skipped -= skip;
      text.remove_prefix(skip);
      if (text.empty()) continue;
      if (!is_data) co_return note(text);
      auto const rest = asio::buffer(text);
      co_await asio::async_write(near, rest, use_awaitable);
    }
  }

  asio::awaitable<void> carry() {
    near = co_await acceptor.async_accept(use_awaitable);
    acceptor.close();
    asio::co_spawn(io, outwards(), [this](std::exception_ptr const&) { end(); });
    co_await inwards();
  }

  void note(std::string_view text) {
    std::lock_guard const lock(mutex);
    trouble += base::printable(std::string(base::trim(text.substr(0, most_trouble - std::min(most_trouble, trouble.size())))));
  }

  // Whoever is at the other end of one of the two finds it closed.
  void end() {
    beast::error_code ignored;
    near.close(ignored);
    io.stop();
  }
};

Tunnel::Tunnel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Tunnel::~Tunnel() {
  parts_->io.stop();
  if (parts_->thread.joinable()) parts_->thread.join();
}

std::string const& Tunnel::folder() const { return parts_->folder.path(); }

std::string Tunnel::trouble() const {
  std::lock_guard const lock(parts_->mutex);
  return parts_->trouble;
}

std::unique_ptr<Tunnel> Tunnel::open(Kubernetes const& api, Pod const& pod, std::string const& socket, std::chrono::milliseconds limit, Failure* failure) {
  auto parts = std::make_unique<Parts>();
  auto& far = parts->far;
  auto const target = api.prefix() + "/api/v1/namespaces/" + url_encoded(pod.name_space) + "/pods/" + url_encoded(pod.name) +
                      "/portforward?ports=" + std::to_string(pod.port);
  beast::get_lowest_layer(far).expires_after(limit);
  auto code = completed(parts->io, [&](auto done) { beast::get_lowest_layer(far).async_connect(Protocol::endpoint(api.socket()), done); });
  websocket::response_type response;
  if (!code) {
    far.set_option(websocket::stream_base::decorator([](websocket::request_type& request) { request.set(beast::http::field::sec_websocket_protocol, subprotocol); }));
    far.binary(true);
    far.read_message_max(most_message);
    code = completed(parts->io, [&](auto done) { far.async_handshake(response, "localhost", target, done); });
  }
  if (code == websocket::error::upgrade_declined) {
    Answer const answer{.status = static_cast<int>(response.result_int()), .headers = {}, .body = response.body()};
    *failure = {answer.status, error_of(answer)};
    return nullptr;
  }
  if (code) {
    *failure = {0, code == beast::error::timeout ? "nobody answered in time" : code.message()};
    return nullptr;
  }
  beast::get_lowest_layer(far).expires_never();
  Protocol::endpoint const where(parts->folder.path() + "/" + socket);
  parts->acceptor.open(where.protocol());
  parts->acceptor.bind(where);
  parts->acceptor.listen(1);
  asio::co_spawn(parts->io, parts->carry(), [all = parts.get()](std::exception_ptr const&) { all->end(); });
  parts->io.restart();
  parts->thread = std::thread([all = parts.get()] { all->io.run(); });
  return std::unique_ptr<Tunnel>(new Tunnel(std::move(parts)));
}

}  // namespace clients
