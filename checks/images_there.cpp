#include <algorithm>

#include "base/text.h"
#include "checks/images.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  std::vector<std::string> open;
  for (auto const& each : rehearsal.images) {
    if (!each.is_new || each.found == state::Judgement::accepted) continue;
    auto const object = name_of(each.object, request);
    if (each.found == state::Judgement::rejected && each.pulled)
      out.findings.push_back({object, "", "a node could not pull its image " + each.image + " (" + each.message + ")",
                              Advice{"Correct the image in your values, or see to it that the nodes reach its registry and may pull from it."}});
    else if (each.found == state::Judgement::rejected)
      out.findings.push_back({object, "", "the registry does not have its image " + each.image + " (" + each.message + ")",
                              Advice{"Correct the image in your values, or bring it into the registry first."}});
    else if (each.pull_policy == "Never")
      out.unverified.push_back({object, "its image " + each.image + " is never pulled (imagePullPolicy), so every node must have it", ""});
    else if (!each.message.empty())
      out.unverified.push_back({object, "image " + each.image + ": " + each.message, "Pull it on a node, or from a machine that reaches the registry."});
    else if (std::find(open.begin(), open.end(), each.image) == open.end())
      open.push_back(each.image);
  }
  if (!open.empty() && (request.check_images || request.pull_images))
    out.unverified.push_back({"", "whether " + base::join(open, ", ") + " can be pulled was not looked up", "Run it with --check-images or --pull-images again."});
  else if (!open.empty())
    out.not_asked.push_back({"", "whether " + base::join(open, ", ") + " can be pulled", "Run it with --check-images, which takes skopeo, crane or docker, or with --pull-images, which has a pod pull them."});
  note_images(rehearsal, out);
  return out;
}

}  // namespace

extern Check const images_there;
Check const images_there{.code = "HC332",
                         .name = "images-there",
                         .severity = Severity::error,
                         .summary = "every new image is in its registry",
                         .page =
#include "images_there.md.inc"
                         ,
                         .run = on<test>};

}  // namespace checks
