#pragma once

#include <string_view>

#include "rehearsal/recorded.h"

namespace rehearsal {

// The request that asks the API server for its verdict on a write. It always carries dryRun=All, and is never a DELETE.
Ask dry_run_of(Recorded const&, Layer const&);

// The same with force=true, for a server-side apply.
Ask forced(Ask, Target);

// What the API server would fill in of a new object, so that Helm can go on before the verdict is there.
base::Json as_created(base::Json object, Target const&);

Reply json_reply(int status, base::Json const&);
Reply not_found(Target const&);

// What a body is, by its content type: server-side apply's; a JSON patch, by which Helm only hands fields over to it.
bool is_apply(std::string_view content_type);
bool is_json_patch(std::string_view content_type);

}  // namespace rehearsal
