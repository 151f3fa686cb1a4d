#pragma once

#include <string>

#include "base/semver.h"
#include "state/knowledge.h"

// Why a key is changed, in sentences.
namespace values::reasons {

std::string removed(state::RenamedKey const&, base::Version const& target);
std::string renamed(state::RenamedKey const&, base::Version const& target);

// Which of two names counts where; a part of a sentence.
std::string who_wins(state::RenamedKey const&);

}  // namespace values::reasons
