#pragma once

#include <string>

namespace collect {

// Archives of charts that were pulled before, under Helm's own cache. Each is found by the SHA-256 that a repository's index
// gives for it, and by nothing else: so what is found is what a download would bring.

// Copies the archive to `to`. False if it is not there, or is not what its name says.
bool take_cached_chart(std::string const& digest, std::string const& to);

// Keeps a copy. What can't be kept is pulled again the next time.
void cache_chart(std::string const& archive, std::string const& digest);

}  // namespace collect
