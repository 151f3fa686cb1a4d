#pragma once

#include <string_view>

namespace base {

// Whether a name speaks of a secret: "DB_PASSWORD", "apiToken", "signing-key". It may speak of one that holds none; what
// such a name stands for is not shown.
bool names_a_secret(std::string_view name);

// Whether a text carries a secret by its look: a URL with a password, a private key, "password=…", "token: …".
bool carries_a_secret(std::string_view text);

}  // namespace base
