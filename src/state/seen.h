#pragma once

#include <string>
#include <variant>

namespace state {

// Why something could not be seen, and what would let us see it (a sentence for a person, or a command; may be empty).
struct Unknown {
  std::string why, tell;
  bool operator==(Unknown const&) const = default;
};

// "Could not tell" is never "fine": whoever reads a part of the state must say what happens when it is unknown.
template <class T>
using Seen = std::variant<Unknown, T>;

template <class T>
T const* seen(Seen<T> const& part) {
  return std::get_if<T>(&part);
}

}  // namespace state
