#pragma once

#include <string_view>

#include "rehearsal/layer.h"

namespace rehearsal {

// A definition of custom resources that Helm makes (the folder crds/ of a chart, when it installs) is only in the layer. Helm
// waits until the API server serves its kinds, and looks for them in discovery before it renders.

bool is_definition(Key const&);

// Shows a new one as the API server soon would: its names accepted, and served.
void establish(base::Json& definition);

// Whether a group is served only because of a definition in the layer.
bool defined_in(Layer const&, std::string_view group, std::string_view version);

// Whether an answer to this request lacks what the layer defines.
bool is_discovery_of_more(Layer const&, std::string_view path);

// What the API server answers there (null: it knows nothing of it), with what the layer defines.
base::Json with_definitions(Layer const&, std::string_view path, base::Json answer);

}  // namespace rehearsal
