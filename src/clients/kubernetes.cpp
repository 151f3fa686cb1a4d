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

#include "clients/completed.h"

// One of the four files that may include Beast: a minute with an optimiser and sanitizers.
namespace clients {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using Socket = boost::asio::local::stream_protocol;
using Stream = beast::basic_stream<Socket>;
using Message = http::request<http::string_body>;
using Parser = http::response_parser<http::string_body>;

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t most_body = 32u << 20;      // bytes; the API server's own objects have 3 MiB at most
constexpr std::uint64_t most_together = 256u << 20;  // of answers to requests that are sent side by side
constexpr std::size_t most_connections = 24;
constexpr int most_early = 10;    // answers that only announce another (100 Continue, 103 Early Hints)
constexpr int most_timeouts = 3;  // one after the other, of a client with limited patience

void renew(std::optional<Parser>& parser) {
  parser.emplace();
  parser->body_limit(most_body);
}

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
    return "the cluster did not answer within " + (limit.count() % 1000 ? std::to_string(limit.count()) + " ms" : std::to_string(limit.count() / 1000) + " s");
  if (error == http::error::body_limit) return "the answer is larger than " + std::to_string(most_body >> 20) + " MiB";
  if (error == http::error::end_of_stream) return "`kubectl proxy` closed the connection";
  return "no answer through `kubectl proxy`: " + error.message();
}

}  // namespace

struct Kubernetes::Connection {
  std::string socket, prefix;
  boost::asio::io_context io;
  std::optional<Stream> stream;
  beast::flat_buffer buffer;

  beast::error_code exchange(Message& request, std::optional<Parser>& parser, std::chrono::milliseconds limit) {
    beast::error_code error;
    bool const fresh = !stream || is_closed(*stream);
    if (fresh) {
      stream.emplace(io);
      buffer.clear();
    }
    stream->expires_after(limit);
    if (fresh) error = completed(io, [&](auto done) { stream->async_connect(Socket::endpoint(socket), done); });
    if (!error) error = completed(io, [&](auto done) { http::async_write(*stream, request, done); });
    for (int early = 0; !error && early <= most_early; ++early) {
      if (early > 0) renew(parser);
      error = completed(io, [&](auto done) { http::async_read(*stream, buffer, *parser, done); });
      if (error || parser->get().result_int() >= 200) break;
    }
    if (!error && parser->get().result_int() < 200) error = http::error::bad_status;
    // What nobody asked for is no answer to what is asked next.
    if (error || !parser->get().keep_alive() || buffer.size() > 0) stream.reset();
    return error;
  }
};

// Shared by the clients that come from each other.
struct Kubernetes::Patience {
  std::atomic<Clock::time_point> until = Clock::time_point::max();
  std::atomic<int> timeouts = 0;  // one after the other

  bool limited() const { return until.load() != Clock::time_point::max(); }
  std::optional<std::string> why_over() const {
    if (!limited()) return {};
    if (timeouts >= most_timeouts) return "the cluster did not answer " + std::to_string(most_timeouts) + " requests in time, and is not asked any more";
    if (Clock::now() >= until.load()) return "the cluster took too long for all that there is to ask, and is not asked any more";
    return {};
  }
};

Kubernetes::Kubernetes(std::string socket, std::string prefix)
    : connection_(std::make_unique<Connection>()), patience_(std::make_shared<Patience>()) {
  connection_->socket = std::move(socket);
  connection_->prefix = std::move(prefix);
}
Kubernetes::~Kubernetes() = default;

std::string const& Kubernetes::socket() const { return connection_->socket; }
std::string const& Kubernetes::prefix() const { return connection_->prefix; }

std::unique_ptr<Kubernetes> Kubernetes::another() const {
  auto client = std::make_unique<Kubernetes>(connection_->socket, connection_->prefix);
  client->patience_ = patience_;
  return client;
}

void Kubernetes::be_patient_for(std::optional<std::chrono::seconds> limit) {
  patience_->until = limit ? Clock::now() + *limit : Clock::time_point::max();
  patience_->timeouts = 0;
}

Answer Kubernetes::send(std::string_view method, std::string_view target, std::string_view body,
                        std::string_view content_type, std::string_view accept, std::chrono::milliseconds limit) {
  if (auto why = patience_->why_over()) return {.body = std::move(*why)};
  if (patience_->limited()) limit = std::min(limit, std::chrono::ceil<std::chrono::milliseconds>(patience_->until.load() - Clock::now()));
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
  renew(parser);
  bool const reused = connection_->stream.has_value();
  auto error = connection_->exchange(request, parser, limit);
  // Closed in the moment in which we sent: a read may simply be asked again.
  if (error && error != beast::error::timeout && reused && method == "GET" && !parser->got_some()) {
    renew(parser);
    error = connection_->exchange(request, parser, limit);
  }
  patience_->timeouts = error == beast::error::timeout ? patience_->timeouts + 1 : 0;
  if (error) return {.body = words_of(error, limit)};
  return answer_of(*parser);
}

std::vector<Answer> Kubernetes::send_all(std::vector<Request> const& requests) {
  std::vector<Answer> answers(requests.size());
  std::atomic<std::size_t> next = 0, together = 0;
  auto const work = [&](Kubernetes& client) {
    for (std::size_t i = next++; i < requests.size(); i = next++) {
      auto const& each = requests[i];
      answers[i] = client.send(each.method, each.target, each.body, each.content_type, each.accept);
      if ((together += answers[i].body.size()) > most_together) answers[i] = {.body = "the answers are too large: more than " + std::to_string(most_together >> 20) + " MiB together"};
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
