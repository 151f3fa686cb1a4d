#include "rehearsal/rehearser.h"

#include <chrono>
#include <stdexcept>
#include <system_error>

#include <sys/mman.h>
#include <unistd.h>

#include "base/json.h"

namespace rehearsal {
namespace {

constexpr auto helm_limit = std::chrono::minutes(5);

// The kubeconfig of a stage: its URL holds the stage's token, so it never touches a disk.
class Kubeconfig {
 public:
  Kubeconfig(std::string const& url, std::string const& name_space) : fd_(memfd_create("kubeconfig", MFD_CLOEXEC)) {
    using base::Json;
    Json const config = Json::Object{
        {"apiVersion", "v1"},
        {"kind", "Config"},
        {"clusters", Json::Array{Json::Object{{"name", "rehearsal"}, {"cluster", Json::Object{{"server", url}}}}}},
        {"users", Json::Array{Json::Object{{"name", "rehearsal"}, {"user", Json::Object{}}}}},
        {"contexts", Json::Array{Json::Object{{"name", "rehearsal"},
                                              {"context", Json::Object{{"cluster", "rehearsal"}, {"user", "rehearsal"}, {"namespace", name_space}}}}}},
        {"current-context", "rehearsal"}};
    auto const text = base::to_text(config);
    if (fd_ < 0 || write(fd_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
      throw std::system_error(errno, std::generic_category(), "can't make a file in memory");
  }
  ~Kubeconfig() { close(fd_); }
  Kubeconfig(Kubeconfig const&) = delete;
  Kubeconfig& operator=(Kubeconfig const&) = delete;
  int fd() const { return fd_; }
  std::string path() const { return "/dev/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

}  // namespace

Rehearser::Rehearser(clients::Helm helm, std::string socket, std::string prefix, std::string name_space)
    : helm_(std::move(helm)), name_space_(std::move(name_space)), server_(std::move(socket), std::move(prefix)) {}

Run Rehearser::run(std::vector<std::string> arguments, Direction direction, Layer layer) {
  auto const start = std::chrono::steady_clock::now();
  auto const url = server_.open(std::move(direction), std::move(layer));
  Kubeconfig const kubeconfig(url, name_space_);
  arguments.insert(arguments.end(), {"--namespace", name_space_});
  auto command = helm_.command(std::move(arguments));
  command.unset.insert(command.unset.end(), {"HELM_KUBE*", "HELM_NAMESPACE"});
  command.set.insert(command.set.end(), {{"KUBECONFIG", kubeconfig.path()},
                                         {"KUBECACHEDIR", folder_.path()},
                                         {"HELM_QPS", "10000"},
                                         {"HELM_BURST_LIMIT", "10000"}});
  command.keep.push_back(kubeconfig.fd());
  command.limit = helm_limit;
  Run run;
  run.ended = clients::run(command);
  run.played = server_.close(url);
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return run;
}

}  // namespace rehearsal
