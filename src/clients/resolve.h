#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace clients {

// The addresses of a host name, at most `most`, in the order of preference. Empty and a reason when there are none, or
// when the system's resolver, which can't be given a limit, takes longer than ours.
std::vector<std::string> resolve(std::string const& host, std::chrono::milliseconds limit, std::string* why,
                                 std::size_t most = 4);

}  // namespace clients
