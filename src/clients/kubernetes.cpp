#include "clients/kubernetes.h"

#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>
#include <thread>

// One of the two files that may include Beast: a minute with an optimiser and sanitizers.
namespace clients {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using Socket = boost::asio::local::stream_protocol;
using Stream = beast::basic_stream<Socket>;
using Message = http::request<http::string_body>;
using Parser = http::response_parser<http::string_body>;

constexpr std::uint64_t most_body = 64u << 20;
constexpr std::size_t most_connections = 12;

// The peer has closed a connection that was idle, as it may at any time.
bool is_closed(Stream& stream) {
  char byte = 0;
  auto const size = recv(stream.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return size >= 0 || errno != EAGAIN;  // unasked-for bytes are no answer of ours either
}

Answer answer_of(Parser& parser) {
  auto& message = parser.get();
  Answer answer{.status = static_cast<int>(message.result_int())};
  for (auto const& field : message) answer.headers.emplace_back(field.name_string(), field.value());
  answer.body = std::move(message.body());
  return answer;
}

std::string words_of(beast::error_code const& error, std::chrono::milliseconds limit) {
  if (error == beast::error::timeout)
    return "the cluster did not answer within " + std::to_string(limit.count()) + " ms";
  if (error == http::error::body_limit) return "the answer is larger than 64 MiB";
  if (error == http::error::end_of_stream) return "`kubectl proxy` closed the connection";
  return "no answer through `kubectl proxy`: " + error.message();
}

}  // namespace

struct Kubernetes::Connection {
  std::string socket, prefix;
  boost::asio::io_context io;
  std::optional<Stream> stream;
  beast::flat_buffer buffer;

  // Beast's deadlines hold for asynchronous operations only, so one after the other is started and run to its end.
  template <class Start>
  beast::error_code complete(Start start) {
    beast::error_code result;
    start([&](beast::error_code const& error, auto...) { result = error; });
    io.restart();
    io.run();
    return result;
  }

  beast::error_code exchange(Message& request, std::optional<Parser>& parser, std::chrono::milliseconds limit) {
    beast::error_code error;
    bool const fresh = !stream || is_closed(*stream);
    if (fresh) {
      stream.emplace(io);
      buffer.clear();
    }
    stream->expires_after(limit);
    if (fresh) error = complete([&](auto done) { stream->async_connect(Socket::endpoint(socket), done); });
    if (!error) error = complete([&](auto done) { http::async_write(*stream, request, done); });
    if (!error) error = complete([&](auto done) { http::async_read(*stream, buffer, *parser, done); });
    if (error || !parser->get().keep_alive()) stream.reset();
    return error;
  }
};

Kubernetes::Kubernetes(std::string socket, std::string prefix) : connection_(std::make_unique<Connection>()) {
  connection_->socket = std::move(socket);
  connection_->prefix = std::move(prefix);
}
Kubernetes::~Kubernetes() = default;

std::unique_ptr<Kubernetes> Kubernetes::another() const {
  return std::make_unique<Kubernetes>(connection_->socket, connection_->prefix);
}

Answer Kubernetes::send(std::string_view method, std::string_view target, std::string_view body,
                        std::string_view content_type, std::string_view accept, std::chrono::milliseconds limit) {
  Message request;
  request.version(11);
  request.method_string(method);
  request.target(connection_->prefix + std::string(target));
  request.set(http::field::host, "localhost");  // kubectl proxy refuses other names
  request.set(http::field::accept, accept);
  request.set(http::field::accept_encoding, "identity");
  request.set(http::field::user_agent, "helm-coder");
  if (!body.empty()) {
    request.set(http::field::content_type, content_type);
    request.body() = body;
  }
  request.prepare_payload();
  std::optional<Parser> parser;
  parser.emplace();
  parser->body_limit(most_body);
  bool const reused = connection_->stream.has_value();
  auto error = connection_->exchange(request, parser, limit);
  // Closed in the moment in which we sent: a read may simply be asked again.
  if (error && error != beast::error::timeout && reused && method == "GET" && !parser->got_some()) {
    parser.emplace();
    parser->body_limit(most_body);
    error = connection_->exchange(request, parser, limit);
  }
  if (error) return {.body = words_of(error, limit)};
  return answer_of(*parser);
}

std::vector<Answer> Kubernetes::send_all(std::vector<Request> const& requests) {
  std::vector<Answer> answers(requests.size());
  std::atomic<std::size_t> next = 0;
  auto const work = [&](Kubernetes& client) {
    for (std::size_t i = next++; i < requests.size(); i = next++) {
      auto const& each = requests[i];
      answers[i] = client.send(each.method, each.target, each.body, each.content_type, each.accept);
    }
  };
  auto const helpers = std::min(most_connections, requests.size()) - std::min<std::size_t>(1, requests.size());
  while (beside_.size() < helpers) beside_.push_back(another());
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < helpers; ++i) threads.emplace_back([&, i] { work(*beside_[i]); });
  work(*this);
  threads.clear();
  return answers;
}

}  // namespace clients
