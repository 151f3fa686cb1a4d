#pragma once

#include <cstdint>

namespace state {

// Limits of checks, which a person may set otherwise in the configuration file: docs/configuration.md.
struct Thresholds {
  std::int64_t index_seconds = 24 * 60 * 60;  // HC105: an index that is older may lack versions
  int record_percent = 85;                    // HC206: of what the API server allows
  std::int64_t certificate_seconds = 30 * 24 * 60 * 60;  // HC421: a certificate that ends within this is to be renewed first
  int connections_per_replica = 30;           // HC507; source: Coder's CODER_MAX_DB_CONNECTIONS
  bool operator==(Thresholds const&) const = default;
};

}  // namespace state
