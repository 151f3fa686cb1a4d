#pragma once

#include <stdexcept>

#include "actions/perform.h"

namespace actions {

// Thrown by a step that can't be done and has changed nothing.
struct Untouched : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// One step. Throws std::runtime_error with a sentence for the person where it can't be done.
void do_work(Work const&, Hands const&);

// Takes a step back, as what Helm left allows.
void undo_work(Work const&, Hands const&, Aftermath);

}  // namespace actions
