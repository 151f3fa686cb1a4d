#include "base/text.h"
#include "render/html.h"
#include "render/words.h"
#include "state/names.h"

namespace render::html {
namespace {

using report::Change;

char const* word_of(Change change) {
  switch (change) {
    case Change::made: return "new";
    case Change::deleted: return "deleted";
    case Change::unknown: return "not known";
    case Change::changed:
    case Change::unchanged: break;
  }
  return "changes";
}

// Minus and plus are read aloud as nothing, so the words stand beside them.
void side(pugi::xml_node field, char const* element, char const* word, std::string const& text) {
  if (text.empty()) return;
  auto value = render::add(field, element);
  whisper(value, std::string(word) + ": ");
  add(value, "span", "value", text);
}

void add_field(pugi::xml_node list, state::Difference const& difference) {
  auto field = render::add(list, "li");
  add(field, "code", "field", difference.line > 0 ? difference.path + ", line " + std::to_string(difference.line) : difference.path);
  if (difference.before == state::hidden && difference.after == state::hidden) {
    add(field, "span", "remark", "hidden, changed");
    return;
  }
  side(field, "del", "before", difference.before);
  side(field, "ins", "after", difference.after);
}

void add_fields(pugi::xml_node parent, state::Changes const& changes) {
  auto list = add(parent, "ul", "fields");
  for (auto const& field : changes.fields) add_field(list, field);
  if (changes.more > 0) add(list, "li", "remark", "and " + base::count_of(static_cast<std::size_t>(changes.more), "more difference"));
  if (!changes.unsure.empty()) add(list, "li", "remark", "not certain: " + changes.unsure);
}

void name(pugi::xml_node parent, report::ObjectChange const& object, state::Request const& request) {
  auto const tag = std::string("tag ") + (object.change == Change::made ? "new" : object.change == Change::deleted ? "deleted" : object.change == Change::unknown ? "unknown" : "changed");
  set(render::add(parent, "span", word_of(object.change)), "class", tag);
  add(parent, "code", "object", state::to_text(object.object, request.name_space));
  if (!object.api_version.empty()) add(parent, "span", "remark", object.api_version);
}

void add_object(pugi::xml_node list, report::ObjectChange const& object, state::Request const& request) {
  auto item = render::add(list, "li");
  if (object.change != Change::changed) {
    auto line = add(item, "p", "change", {});
    name(line, object, request);
    if (!object.why.empty()) add(line, "span", "remark", object.why);
    return;
  }
  auto details = render::add(item, "details");
  auto summary = add(details, "summary", "change");
  name(summary, object, request);
  auto const count = object.changes.fields.size() + static_cast<std::size_t>(object.changes.more);
  add(summary, "span", "remark", base::count_of(count, "field"));
  add_fields(details, object.changes);
}

char const* word_of(state::Fate fate) {
  switch (fate) {
    case state::Fate::as_before: return "as before";
    case state::Fate::changed: return "changed";
    case state::Fate::created: return "there, which was not";
    case state::Fate::deleted: return "gone";
  }
  return "";
}

void add_line(pugi::xml_node list, std::string const& object, std::string const& text) {
  auto item = render::add(list, "li");
  add(item, "code", "object", object);
  if (!text.empty()) render::add(item, "span", text);
}

void add_rollback(pugi::xml_node part, state::Rollback const& rollback, state::Request const& request) {
  auto const of = [&](state::ObjectId const& object) { return state::to_text(object, request.name_space); };
  auto article = add(part, "article", "rollback");
  auto head = render::add(article, "h3");
  char const* const word = !rollback.tried ? "not tried" : rollback.works ? "works" : "fails";
  set(render::add(head, "span", word), "class", std::string("tag ") + (!rollback.tried ? "unknown" : rollback.works ? "new" : "deleted"));
  render::add(head, "span", "Helm's rollback " + rollback.from);
  if (auto const& why = rollback.tried ? rollback.error : rollback.why_not_tried; !why.empty()) add(article, "p", "message", why);
  auto list = add(article, "ul", "fields");
  for (auto const& write : rollback.rejected) add_line(list, of(write.object), "refused: " + write.verdict.message);
  for (auto const& object : rollback.unproven) add_line(list, of(object), "not verified");
  for (auto const& one : rollback.aftermath)
    add_line(list, of(one.object), "after the failure " + std::string(word_of(one.failed)) + ", after the rollback " + word_of(one.rolled_back));
  if (!list.first_child()) article.remove_child(list);
}

}  // namespace

void add_changes(pugi::xml_node main, Document const& document) {
  if (!document.effects) return;
  auto const& effects = *document.effects;
  auto const unchanged = report::count_of(effects, Change::unchanged);
  auto const shown = effects.objects.size() - unchanged;
  auto part = section(main, "changes", "What changes in the cluster", base::count_of(shown, "object"));
  if (!effects.complete) render::add(part, "p", "The rehearsal did not come to the end: there may be more.");
  auto list = add(part, "ul", "changes");
  for (auto const& object : effects.objects)
    if (object.change != Change::unchanged) add_object(list, object, document.request);
  if (!list.first_child()) part.remove_child(list);
  if (unchanged > 0) add(part, "p", "remark", base::count_of(unchanged, "object") + (unchanged == 1 ? " stays as it is." : " stay as they are."));
}

void add_rollbacks(pugi::xml_node main, Document const& document) {
  if (!document.effects || document.effects->rollbacks.empty()) return;
  auto part = section(main, "rollbacks", "If the upgrade fails", "");
  for (auto const& rollback : document.effects->rollbacks) add_rollback(part, rollback, document.request);
}

}  // namespace render::html
