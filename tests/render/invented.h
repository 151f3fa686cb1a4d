#pragma once

#include "render/report.h"

// Reports that no cluster made, for the renderers.
namespace invented {

report::Report clean();
report::Report troubled();  // every result, every kind of remedy, long words and hostile text
report::Subject subject();
report::Effects effects();
state::Request request();

}  // namespace invented
