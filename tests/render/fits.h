#pragma once

#include <string>

// Whether a JSON document fits a schema, which is a file of the repository.
bool fits(std::string const& document, char const* schema);
