#pragma once

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/test/unit_test.hpp>

// Inputs made by chance, the same ones for the same seed on every machine. By hand, longer and from another start:
//   HELM_CODER_FUZZ_ROUNDS=100 HELM_CODER_FUZZ_SEED=5000 build/sanitize/tests/fuzz_tests
namespace fuzz {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class List>
  auto const& pick(List const& list) {
    return list[below(std::size(list))];
  }

 private:
  std::mt19937_64 engine_;
};

inline std::uint64_t number_from(char const* variable, std::uint64_t otherwise) {
  char const* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

inline std::vector<std::string> corpus(std::string const& name) {
  std::ifstream file(SOURCE_DIR "/tests/fuzz/corpus/" + name);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  if (lines.empty()) throw std::runtime_error("the corpus has no " + name);
  return lines;
}

// A text with up to four small changes: bytes turned, pieces cut out, repeated, or put in from `pieces`.
inline std::string mutated(std::string text, std::vector<std::string> const& pieces, Chance& chance) {
  for (auto changes = chance.below(5); changes > 0; --changes) {
    auto const at = chance.below(text.size() + 1);
    auto const size = chance.below(8);
    switch (chance.below(5)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(chance.below(256));
        break;
      case 1: text.erase(at, size); break;
      case 2: text.insert(at, text.substr(at, size)); break;
      default: text.insert(at, chance.pick(pieces)); break;
    }
  }
  return text;
}

// Plays a round with each of so many seeds. Whatever it throws, and a round that takes long, is an error that names its seed.
template <class Round>
void rounds(std::uint64_t count, Round round) {
  constexpr std::chrono::seconds longest{10};  // with sanitizers, on a busy machine
  auto const first = number_from("HELM_CODER_FUZZ_SEED", 1);
  auto const factor = number_from("HELM_CODER_FUZZ_ROUNDS", 1);
  for (std::uint64_t seed = first; seed < first + count * factor; ++seed) {
    Chance chance(seed);
    auto const start = std::chrono::steady_clock::now();
    std::string trouble;
    try {
      trouble = round(chance);
    } catch (std::exception const& error) {
      trouble = std::string("an exception: ") + error.what();
    }
    if (std::chrono::steady_clock::now() - start > longest) trouble += " (it took more than 10 s)";
    if (!trouble.empty()) BOOST_ERROR("HELM_CODER_FUZZ_SEED=" << seed << ": " << trouble);
  }
  BOOST_TEST(count > 0u);
}

}  // namespace fuzz
