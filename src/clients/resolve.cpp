#include "clients/resolve.h"

#include <netdb.h>
#include <sys/socket.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace clients {
namespace {

struct Lookup {
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  std::vector<std::string> addresses;
  std::string error;
};

void look_up(std::string const& host, std::size_t most, Lookup& lookup) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  auto const code = getaddrinfo(host.c_str(), nullptr, &hints, &list);
  std::lock_guard const lock(lookup.mutex);
  if (code != 0) lookup.error = gai_strerror(code);
  char text[NI_MAXHOST];
  for (auto const* each = code == 0 ? list : nullptr; each && lookup.addresses.size() < most; each = each->ai_next)
    if (getnameinfo(each->ai_addr, each->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0)
      lookup.addresses.emplace_back(text);
  if (code == 0) freeaddrinfo(list);
  lookup.done = true;
  lookup.changed.notify_one();
}

}  // namespace

std::vector<std::string> resolve(std::string const& host, std::chrono::milliseconds limit, std::string* why,
                                 std::size_t most) {
  auto const lookup = std::make_shared<Lookup>();
  // Detached, since nothing can end it: it holds only what it shares with us, and ends by itself.
  std::thread([=] { look_up(host, most, *lookup); }).detach();
  std::unique_lock lock(lookup->mutex);
  if (!lookup->changed.wait_for(lock, limit, [&] { return lookup->done; })) {
    *why = "its name could not be looked up in time";
    return {};
  }
  *why = lookup->error;
  return lookup->addresses;
}

}  // namespace clients
