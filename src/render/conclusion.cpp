#include "render/conclusion.h"

#include "render/words.h"

namespace render {
namespace {

Conclusion forbidden(Document const& document) {
  auto const errors = report::tally(document.report).errors;
  auto const sentence = std::string(errors == 1 ? "The error forbids" : "The errors forbid") + " this upgrade; nothing was changed.";
  auto const all = report::together(document.report);
  if (!all) return {sentence};
  return {sentence + " With all remedies at once:", to_text(*all, document.request), document.more_flags};
}

Conclusion allowed(Document const& document, bool strictly) {
  auto const unverified = report::tally(document.report).unverified;
  std::string const sentence = unverified > 0 ? "Nothing that could be seen forbids this upgrade." : "Nothing forbids this upgrade.";
  if (strictly) return {sentence + " With --strict, what is left above counts."};
  if (document.goes_on) return {sentence};
  std::vector<std::string> next = {"upgrade"};
  if (auto const& to = document.subject.to; !to.empty()) next.insert(next.end(), {"--version", to});
  return {sentence + " Next:", to_text(report::helm_coder(next), document.request), document.more_flags};
}

}  // namespace

Conclusion conclusion(Document const& document) {
  auto const verdict = report::verdict(document.report, document.strict);
  if (verdict == report::held)
    return {"Another operation holds the release. Wait until it ends; if nobody works on it any more:", to_text(report::helm_coder({"recover"}), document.request)};
  if (verdict == report::forbidden) return forbidden(document);
  if (verdict == report::could_not_run) return {"The upgrade was not rehearsed, so nothing is known of it: see \"not verified\" above. Nothing was changed."};
  return allowed(document, verdict == report::doubtful);
}

}  // namespace render
