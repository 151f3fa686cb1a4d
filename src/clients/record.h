#pragma once

#include <optional>
#include <string>

#include "base/json.h"

namespace clients {

// Helm's record of one revision, as a Secret or ConfigMap of the API holds it: data.release is base64 of gzip of JSON (in a
// Secret the API adds a second base64). Helm 3 and 4 write the same format; source: pkg/storage/driver/util.go.
std::string record_name(std::string const& release, int revision);  // "sh.helm.release.v1.coder.v3"

// The release JSON in a Secret or ConfigMap document; nothing and a reason if it does not decode.
std::optional<base::Json> decode_record(base::Json const& object, std::string* why);

// Puts a changed release JSON back into the document, with the label `status` that Helm keeps beside it.
void encode_record(base::Json& object, base::Json const& release);

// The release JSON with another status and description, as Helm itself marks a failed operation.
base::Json with_status(base::Json release, std::string const& status, std::string const& description);

}  // namespace clients
