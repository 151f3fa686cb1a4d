#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "clients/kubernetes.h"

namespace clients {

// One GET over HTTP or HTTPS. Certificates are verified with those that the system trusts, or with SSL_CERT_FILE; the
// variables https_proxy and no_proxy count as for curl. A redirect is an answer like any other: it is not followed.
struct WebRequest {
  std::string url;     // http:// or https://
  std::string socket;  // a Unix socket to go through, whatever the host in `url`; empty: none
  std::vector<std::pair<std::string, std::string>> headers = {};  // may hold a secret; without line breaks
  std::chrono::milliseconds limit{5'000};  // for all of it
  std::size_t most_body = 8u << 20;        // bytes; more is no answer
};

// Status 0 where there is none, or it comes too late or is too large; then the body says why, in words for a person.
Answer get(WebRequest const&);

// Side by side, each on a thread of its own; the answers in the order of the requests.
std::vector<Answer> get_all(std::vector<WebRequest> const&);

// The scheme, host and port of a URL, "https://coder.example.com", and its host alone; empty where it is no URL over HTTP.
std::string origin_of(std::string const& url);
std::string host_of(std::string const& url);

}  // namespace clients
