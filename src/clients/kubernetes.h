#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "clients/process.h"

namespace clients {

// Where the cluster is, as given by flags or by the HELM_KUBE* variables of an outer Helm. Empty: kubectl's own default.
struct Access {
  std::string kubeconfig;  // a path, or a list of them as KUBECONFIG takes it
  std::string context, api_server, token, ca_file, tls_server_name, as_user;
  std::vector<std::string> as_groups;
  bool insecure = false;
};

// HELM_KUBECONTEXT, HELM_KUBEAPISERVER, HELM_KUBETOKEN, HELM_KUBECAFILE, HELM_KUBEASUSER, HELM_KUBEASGROUPS,
// HELM_KUBEINSECURE_SKIP_TLS_VERIFY, HELM_KUBETLS_SERVER_NAME and KUBECONFIG.
Access access_from_environment();

// `kubectl ARGS…` that reaches the same cluster, for what no HTTP request does (port-forward). A token travels in a file in
// memory that the Spawn owns.
std::optional<Spawn> kubectl_command(Access const&, std::vector<std::string> arguments, std::string* why);

struct Answer {
  int status = 0;  // HTTP; 0: no answer, `body` says why
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool ok() const { return status >= 200 && status < 300; }
  std::string header(std::string_view name) const;  // the first of that name, in any case; "" if there is none
};

// `kubectl proxy` on a Unix socket in a 0700 folder: every login, TLS and proxy setting is kubectl's. Its lifetime is the
// object's. A token reaches it in a kubeconfig in memory: never in argv, never on a disk.
class Proxy {
 public:
  // Returns while kubectl still starts, so that something else may be done meanwhile; `ready` waits until the socket
  // answers. Whether the cluster does shows with the first request (500 or 502 if not). `read_only`: a second process refuses
  // DELETE and CONNECT, whatever we send. Nothing, or false, and a reason on failure.
  static std::unique_ptr<Proxy> launch(Access const&, bool read_only, std::string* why);
  bool ready(std::string* why);
  static std::unique_ptr<Proxy> start(Access const&, bool read_only, std::string* why);  // both
  ~Proxy();
  std::string const& socket() const;  // path of the Unix socket
  std::string const& prefix() const;  // path of the server's URL, "" or "/k8s/clusters/c-1", to put in front of each request

 private:
  struct Parts;
  explicit Proxy(std::unique_ptr<Parts>);
  std::unique_ptr<Parts> parts_;
};

struct Request {
  std::string method, target;
  std::string body = {}, content_type = "application/json", accept = "application/json";
};

// A blocking client with keep-alive connections; not for use from two threads at once, but there may be several.
class Kubernetes {
 public:
  Kubernetes(std::string socket, std::string prefix);
  explicit Kubernetes(Proxy const& proxy) : Kubernetes(proxy.socket(), proxy.prefix()) {}
  ~Kubernetes();
  std::unique_ptr<Kubernetes> another() const;  // to the same API server, for another thread
  std::string const& socket() const;            // as those of Proxy
  std::string const& prefix() const;

  Answer send(std::string_view method, std::string_view target, std::string_view body = {},
              std::string_view content_type = "application/json", std::string_view accept = "application/json",
              std::chrono::milliseconds limit = std::chrono::seconds(30));
  Answer get(std::string_view target) { return send("GET", target); }

  // From now on all answers together may take so long, or, where nothing is given, as long as they like; then, or after some
  // that did not come in time, no more requests are sent. Holds for those that come from `another`, too.
  void be_patient_for(std::optional<std::chrono::seconds> limit);

  // Several that do not depend on each other, side by side; the answers in the order of the requests.
  std::vector<Answer> send_all(std::vector<Request> const&);

 private:
  struct Connection;
  struct Patience;
  std::unique_ptr<Connection> connection_;
  std::shared_ptr<Patience> patience_;
  std::vector<std::unique_ptr<Kubernetes>> beside_;  // with a connection each
};

// A Status document of the API server.
struct Status {
  int code = 0;
  std::string reason;   // "Invalid", "Forbidden", "NotFound", …
  std::string message;
  struct Why {
    std::string reason, field, message;
  };
  std::vector<Why> causes;
};

// From an answer that is none of success; an answer that is no Status gets the HTTP code and a short text.
Status status_of(int code, std::string_view body);

// Why an answer is none of success, fit for a person: the API server's words, or why there was no answer.
std::string error_of(Answer const&);

// One segment of a path or a value of a query, percent-encoded.
std::string url_encoded(std::string_view);

}  // namespace clients
