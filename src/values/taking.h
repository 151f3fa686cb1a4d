#pragma once

#include <optional>

#include "values/sheet.h"

namespace values {

struct Taken {
  Piece piece;
  std::size_t hole = 0;       // where lines can take its place
  std::optional<Span> place;  // or words, among others in braces
};

// Takes out what the way leads to, with the branches above it that become empty, down to `guard`. A branch called `keep`
// becomes {} instead. `stays`: something will be put into the same place, so comments above it stay there.
Taken take(Sheet&, Way const&, std::size_t guard, std::string const& keep, bool stays);

}  // namespace values
