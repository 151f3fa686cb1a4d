#pragma once

#include "collect/database.h"

namespace collect {

// Asks Coder's database from a short-lived pod in the release's namespace instead of from here; `question.pod` is set. The
// password stays in the cluster: the pod gets it from the Secret that the release names, and psql there asks what libpq would
// here. May wait for a person's answer.
state::Seen<state::Database> database_from_pod(DatabaseQuestion const&);

// The image that the chart of this version runs its built-in database from, which has psql: as the values say, else as the
// chart does by itself.
std::string database_image(base::Json const& values, base::Json const& chart);

}  // namespace collect
