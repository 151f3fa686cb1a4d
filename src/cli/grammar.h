#pragma once

namespace CLI {
class App;
}

namespace cli {

// Tells CLI11 which commands and flags there are, and how help looks. What a word may say is decided in arguments.cpp.
void describe(CLI::App& program);

}  // namespace cli
