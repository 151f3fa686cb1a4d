#pragma once

#include <string>

#include "rehearsal/recorded.h"

namespace fuzz {

// Why a request that leaves for the API server could do harm; empty: it can't. Written without a look at the code under
// test: it takes the request apart by itself.
std::string harm_of(rehearsal::Ask const&);

}  // namespace fuzz
