#pragma once

#include <string>
#include <vector>

#include "rehearsal/references.h"

namespace rehearsal {

// What is to be known of a certificate in PEM, with its chain behind it and the key that should be its own. `hosts`: names
// that it should be made for, "*.example.com" too.
state::Certificate read_certificate(std::string const& pem, std::string const& key, std::vector<std::string> const& hosts);

// The certificates in the Secrets that somebody refers to. `values`: as a person set them; they name hosts, too.
std::vector<state::Certificate> certificates_of(std::vector<Referred> const&, std::map<Key, Lookup> const&, base::Json const& values);

}  // namespace rehearsal
