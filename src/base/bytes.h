#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace base {

std::string to_base64(std::string_view bytes);                      // on one line
std::optional<std::string> from_base64(std::string_view text);      // nothing if it is none
std::string to_gzip(std::string_view bytes);
// Nothing and a reason if it is no gzip, or unpacks to more than `most` bytes.
std::optional<std::string> from_gzip(std::string_view bytes, std::string* why = nullptr, std::size_t most = 64u << 20);
std::string sha256_hex(std::string_view bytes);
std::string random_hex(std::size_t bytes);                          // from the system's secure source; twice as many digits
bool equal_in_constant_time(std::string_view, std::string_view);

}  // namespace base
