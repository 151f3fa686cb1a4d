#include "clients/child.h"
#include "clients/folder.h"
#include "clients/helm.h"
#include "clients/kubernetes.h"

namespace clients {

struct Proxy::Parts {
  Folder folder;  // before the process: it outlives it
  std::string socket, prefix;
  std::unique_ptr<Background> kubectl;
};

namespace {

constexpr std::chrono::seconds start_limit{20};

// kubectl's words without its "error: " and without the lines of its log that may come before.
std::string words_of(std::string const& errors) {
  Ended ended{.how = Ended::How::exited, .code = 1};
  ended.err = errors;
  auto const words = error_of(ended);
  // It asked for a user name and found no terminal.
  return words == "EOF" ? "no login is configured for this API server" : words;
}

}  // namespace

Proxy::Proxy(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Proxy::~Proxy() = default;
std::string const& Proxy::socket() const { return parts_->socket; }
std::string const& Proxy::prefix() const { return parts_->prefix; }

std::unique_ptr<Proxy> Proxy::launch(Access const& access, bool read_only, std::string* why) {
  auto parts = std::make_unique<Parts>();
  parts->socket = parts->folder.path() + "/s";
  std::vector<std::string> arguments{"proxy", "--unix-socket=" + parts->socket};
  if (read_only) arguments.push_back("--reject-methods=^(DELETE|CONNECT)$");
  auto const spawn = kubectl_command(access, std::move(arguments), why);
  if (!spawn) return nullptr;
  parts->kubectl = Background::start(*spawn, why);
  if (!parts->kubectl) return nullptr;
  parts->prefix = server_path(access);  // while kubectl starts
  return std::unique_ptr<Proxy>(new Proxy(std::move(parts)));
}

bool Proxy::ready(std::string* why) {
  // It prints "Starting to serve on …" when it listens.
  if (parts_->kubectl->read_line(start_limit)) return true;
  *why = "`kubectl proxy` did not start: " + words_of(parts_->kubectl->errors()) + "; make `kubectl version` work first, with the same kubeconfig and context";
  return false;
}

std::unique_ptr<Proxy> Proxy::start(Access const& access, bool read_only, std::string* why) {
  auto proxy = launch(access, read_only, why);
  return proxy && proxy->ready(why) ? std::move(proxy) : nullptr;
}

}  // namespace clients
