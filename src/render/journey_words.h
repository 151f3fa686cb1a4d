#pragma once

#include <string>

#include "journey/journey.h"

// What the table and the Markdown of a journey say alike. All of it is fit for one line.
namespace render::words {

std::string said(journey::Note const&);  // with its condition and its advice
std::string said(journey::Step const&);
std::string said(report::Finding const&);  // of a key, without the key
std::string heading(journey::Stop const&, std::size_t number);
std::string nothing_to_do(journey::Journey const&);

}  // namespace render::words
