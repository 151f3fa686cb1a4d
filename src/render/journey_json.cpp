#include "render/journey.h"

namespace render {
namespace {

using base::Json;

template <class T, class Write>
Json list(std::vector<T> const& all, Write write) {
  Json::Array items;
  for (auto const& each : all) items.push_back(write(each));
  return items;
}

Json of_note(journey::Note const& note) {
  return Json::Object{{"about", note.about}, {"text", note.text}, {"advice", note.advice}, {"onlyIf", note.only_if},
                      {"forbids", note.forbids}, {"source", note.source}};
}

Json of_step(journey::Step const& step) {
  return Json::Object{{"text", step.text}, {"command", step.command}, {"onlyIf", step.only_if}, {"source", step.source},
                      {"done", step.done}};
}

Json of_key(report::Finding const& key) {
  auto const* advice = std::get_if<report::Advice>(&key.remedy);
  return Json::Object{{"key", key.object}, {"text", key.message}, {"advice", advice ? advice->sentence : ""}};
}

Json of_unverified(report::Unverified const& each) {
  return Json::Object{{"object", each.object}, {"why", each.why}, {"tell", each.tell}};
}

Json of_stop(journey::Stop const& stop) {
  return Json::Object{{"from", stop.from},
                      {"version", stop.version},
                      {"lineReleased", stop.released},
                      {"why", stop.why},
                      {"changes", list(stop.notes, of_note)},
                      {"keys", list(stop.keys, of_key)},
                      {"before", list(stop.before, of_step)},
                      {"upgrade", stop.upgrade},
                      {"after", list(stop.after, of_step)}};
}

}  // namespace

Json journey_json(Planned const& planned) {
  auto const& journey = planned.journey;
  auto const& stops = journey.stops;
  return Json::Object{{"format", "helm-coder-journey/1"},
                      {"version", HELM_CODER_VERSION},
                      {"release", planned.request.release},
                      {"namespace", planned.request.name_space_given ? Json(planned.request.name_space) : Json()},
                      {"from", journey.from},
                      {"to", journey.to},
                      {"kubernetes", planned.kubernetes.empty() ? Json() : Json(planned.kubernetes)},
                      {"notes", list(journey.notes, of_note)},
                      {"stops", list(stops, of_stop)},
                      {"unverified", list(journey.unverified, of_unverified)},
                      {"next", journey.next.empty() ? Json() : Json(journey.next)}};
}

}  // namespace render
