#pragma once

#include <string>

#include "actions/plan.h"
#include "render/report.h"
#include "state/request.h"

namespace render {

// The steps of a plan, numbered, with what each changes and costs, and how it would be done by hand.
std::string plan_table(actions::Plan const&, state::Request const&, Look);

// The same as one JSON document: {"format": "helm-coder-plan/1", "steps": […]}.
base::Json plan_json(actions::Plan const&, state::Request const&);

}  // namespace render
