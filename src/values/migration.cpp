#include "values/migration.h"

#include <algorithm>
#include <utility>

#include "checks/knowledge.h"
#include "journey/conditions.h"
#include "values/reasons.h"
#include "values/tree.h"

namespace values {
namespace {

using base::Json;
using state::RenamedKey;

// One thing to do, and why.
struct Step {
  Change::Kind kind = Change::Kind::removed;
  Path from, to;
  std::string why;
  Json value;  // that is added
};

bool is_branch(Json const& value) { return !value.members().empty(); }

class Migrator {
 public:
  Migrator(std::string_view text, Wanted const& wanted, state::Knowledge const& known)
      : wanted_(wanted), known_(known), original_(text) {
    out_.text = text;
  }

  // False, and what is wrong, if the text is no file of values.
  bool run(Trouble& trouble) {
    auto outlined = outline(original_, trouble);
    if (!outlined) return false;
    root_ = std::move(*outlined);
    auto tree = base::parse_yaml(original_, &trouble.why);
    if (!tree) return false;
    tree_ = tree->is_object() ? std::move(*tree) : Json(Json::Object{});
    keep_ = name_to_keep();
    look_at_changes();
    find_dead(tree_, {});
    do_all();
    rename_all();
    for (auto& step : added_) steps_.push_back(std::move(step));
    do_all();
    note_leaves(tree_, {});
    if (!out_.refusals.empty()) out_.text = original_, out_.changes.clear();
    return true;
  }

  Migration result() { return std::move(out_); }

 private:
  bool since(std::string const& version) const { return checks::at_or_after(wanted_.target, version); }

  bool due(RenamedKey const& entry) const {
    bool const gone = (since(entry.ignored_since) && entry.ignored_until.empty()) || since(entry.refused_since);
    return gone || (!entry.to.empty() && since(entry.renamed_since));
  }

  // A branch whose being there counts for the target.
  std::string name_to_keep() const {
    for (auto const& entry : known_.keys)
      if (!entry.present_until.empty() && !since(entry.present_until)) return entry.from;
    return "";
  }

  RenamedKey const* entry_of(std::string const& name) const {
    auto const* entry = checks::renamed_key(known_, name);
    return entry && due(*entry) ? entry : nullptr;
  }

  // --- What is to be done --------------------------------------------------------------------------------------------

  // Whether all that is below goes the same way as the branch itself.
  bool goes_as_one(RenamedKey const& above, Json const& value, Path const& path) const {
    if (!is_branch(value)) return true;
    return std::all_of(value.members().begin(), value.members().end(), [&](auto const& member) {
      auto below = path;
      below.push_back(member.first);
      auto const name = name_of(below);
      auto const* entry = entry_of(name);
      return entry && checks::new_name(*entry, name) == checks::new_name(above, name) && goes_as_one(above, member.second, below);
    });
  }

  template <class Look>
  void below(Json const& value, Path const& path, Look look) {
    if (value.has("<<") && touches(path)) return refuse(name_of(path), "it takes in another map with <<, of which nothing can be told here; write out what that brings");
    for (auto const& [key, member] : value.members()) {
      auto longer = path;
      longer.push_back(key);
      look(member, longer);
    }
  }

  // Whether something that is to be changed can be on this way.
  bool touches(Path const& path) const {
    auto const name = name_of(path);
    return std::any_of(known_.keys.begin(), known_.keys.end(), [&](auto const& entry) {
      auto const leads = [&](std::string const& key) { return path.empty() || key == name || key.starts_with(name + "."); };
      return due(entry) && (leads(entry.from) || leads(entry.to));
    });
  }

  void find_dead(Json const& value, Path const& path) {
    auto const name = name_of(path);
    if (std::find(idle_.begin(), idle_.end(), name) != idle_.end())
      return remove(path, "It had no effect so far, and would have one under its new name.");
    auto const* entry = path.empty() ? nullptr : entry_of(name);
    bool const dead = entry && entry->to.empty() && goes_as_one(*entry, value, path);
    if (dead) return remove(path, reasons::removed(*entry, wanted_.target));
    if (is_branch(value)) below(value, path, [&](Json const& member, Path const& longer) { find_dead(member, longer); });
  }

  void find_renamed(Json const& value, Path const& path) {
    auto const name = name_of(path);
    auto const* entry = path.empty() ? nullptr : entry_of(name);
    bool const renamed = entry && !entry->to.empty() && goes_as_one(*entry, value, path);
    bool const stays = name == keep_;
    if (renamed && !stays && rename(*entry, value, path)) return;
    if (is_branch(value)) below(value, path, [&](Json const& member, Path const& longer) { find_renamed(member, longer); });
  }

  // One at a time, since each may make the branch that the next one goes to; those that only get another name first.
  void rename_all() {
    for (;;) {
      find_renamed(tree_, {});
      std::stable_partition(steps_.begin(), steps_.end(), [](auto const& step) { return step.from.size() == 1 && step.to.size() == 1; });
      if (steps_.empty() || !out_.refusals.empty()) break;
      steps_.resize(1);
      do_all();
    }
    steps_.clear();
    auto const* kept = keep_.empty() ? nullptr : tree_.find(keep_);
    bool const moved = std::any_of(out_.changes.begin(), out_.changes.end(), [&](auto const& change) { return change.from.starts_with(keep_ + "."); });
    if (kept && moved && kept->is_object() && kept->members().empty())
      out_.changes.push_back({Change::Kind::emptied, keep_, "", "It stays as {}: up to the target that it is there at all decides what objects are called.", line_at({keep_})});
  }

  // False if the two branches can be put together key by key.
  bool rename(RenamedKey const& entry, Json const& value, Path const& path) {
    auto const name = name_of(path), successor = checks::new_name(entry, name);
    auto const to = path_of(successor);
    auto const* there = at(tree_, to);
    if (value == Json(Json::Object{}) && holds_others(entry)) return remove(path, "It is empty."), true;
    if (value == Json("")) return remove(path, "It is empty, which says nothing under this name."), true;
    if (!there) return steps_.push_back({Change::Kind::renamed, path, to, reasons::renamed(entry, wanted_.target), {}}), true;
    if (same(*there, value)) return remove(path, shown(successor) + " says the same, and is its new name."), true;
    if (is_branch(value) && there->is_object() && holds_others(entry)) return false;
    refuse(name, shown(successor) + " is its new name and says something else; " + reasons::who_wins(entry) + ". Remove one of the two", successor);
    return true;
  }

  // Whether its children are known by themselves: then it is no value but a branch.
  bool holds_others(RenamedKey const& entry) const {
    return std::any_of(known_.keys.begin(), known_.keys.end(), [&](auto const& other) {
      return other.from.starts_with(entry.from + ".") && other.from.find('.', entry.from.size() + 1) == std::string::npos;
    });
  }

  void remove(Path const& path, std::string const& why) {
    if (path.size() == 1 && path[0] == keep_) return;
    steps_.push_back({Change::Kind::removed, path, {}, why, {}});
  }

  void refuse(std::string const& name, std::string const& why, std::string const& other = "") {
    for (auto const& earlier : out_.refusals)
      if (earlier.key == shown(name)) return;
    out_.refusals.push_back({shown(name), shown(other), why + ".", line_at(path_of(name)), other.empty() ? 0 : line_at(path_of(other))});
  }

  // What a version changes where a value can keep it from doing so.
  void look_at_changes() {
    journey::Sight const sight{.request = {}, .from = wanted_.target, .to = wanted_.target, .cluster = state::Unknown{"", ""}, .values = wanted_.flat,
                               .services = wanted_.services, .index = {}};
    for (auto const& change : known_.changes) {
      if (change.values.empty() || !since(change.version) || since(change.until)) continue;
      auto const truth = journey::hold(change.clauses, sight, known_);
      if (truth == journey::Truth::no) continue;
      if (truth == journey::Truth::unknown) note("Not known here, but " + change.only_if + ": " + change.text + " " + change.advice);
      else heed(change);
    }
  }

  void heed(state::KnownChange const& change) {
    idle_.insert(idle_.end(), change.idle.begin(), change.idle.end());
    auto const* there = change.unless.empty() ? nullptr : at(tree_, path_of(change.unless));
    if (there && !checks::is_empty_value(base::to_text(*there)))
      return note(change.unless + " is set, and counts from " + change.version + " on: see whether it says what you want. " + change.text);
    for (auto const& value : change.values) {
      auto const path = path_of(value.key);
      if (!at(tree_, path)) added_.push_back({Change::Kind::added, {}, path, change.text, value_of(value)});
    }
    if (!change.then.empty()) note(change.then);
  }

  Json value_of(state::NewValue const& value) const {
    auto found = base::parse_json(value.json).value_or(Json());
    for (auto const& entry : known_.keys)
      if (auto const* old = !value.like.empty() && entry.to == value.like ? at(tree_, path_of(entry.from)) : nullptr; old && !old->str().empty()) return *old;
    auto const* like = value.like.empty() ? nullptr : at(tree_, path_of(value.like));
    return like && !like->str().empty() ? *like : found;
  }

  void note(std::string const& sentence) {
    if (std::find(out_.notes.begin(), out_.notes.end(), sentence) == out_.notes.end()) out_.notes.push_back(sentence);
  }

  void note_leaves(Json const& value, Path const& path) {
    for (auto const& [key, member] : value.members()) {
      auto longer = path;
      longer.push_back(key);
      note_leaves(member, longer);
    }
    if (is_branch(value) || path.empty()) return;
    auto const name = name_of(path);
    auto const* entry = checks::renamed_key(known_, name);
    if (entry && !entry->ignored_until.empty() && checks::fate_of(*entry, name, base::to_text(value), wanted_.target) == checks::Fate::ignored)
      note(shown(name) + ": the chart ignores it since " + entry->ignored_since + ", and takes it again from " + entry->ignored_until + " on.");
    if (path.back() == "image" && !value.str().empty()) note(shown(name) + " is set, so that image runs whatever version the chart has. Remove it if it is Coder's own.");
  }

  // --- Doing ---------------------------------------------------------------------------------------------------------

  std::size_t line_at(Path const& path) const {
    auto const* node = &root_;
    Entry const* entry = nullptr;
    for (auto const& key : path) {
      entry = find(*node, key);
      if (!entry) return 0;
      node = &entry->value;
    }
    return entry ? line_of(original_, entry->key.span.begin) : 0;
  }

  Spliced spliced(Step const& step) const {
    if (step.kind == Change::Kind::added) return put(out_.text, step.to, base::to_text(step.value));
    return step.to.empty() ? removed(out_.text, step.from, keep_) : moved(out_.text, step.from, step.to, keep_);
  }

  Json intended(Step const& step) const {
    auto tree = tree_;
    auto value = step.value;
    if (auto const* old = step.from.empty() ? nullptr : at(tree_, step.from)) value = *old;
    if (!step.from.empty()) erase(tree, step.from, keep_);
    if (!step.to.empty()) set(tree, step.to, std::move(value));
    return tree;
  }

  void do_all() {
    auto const steps = std::exchange(steps_, {});
    if (!out_.refusals.empty()) return;
    for (auto const& step : steps) {
      auto const name = name_of(step.from.empty() ? step.to : step.from);
      auto next = spliced(step);
      if (!next.why.empty()) return refuse(name, "it can't be changed by itself, since " + next.why + ". Change it by hand");
      auto tree = intended(step);
      auto const read = base::parse_yaml(next.text);
      bool const empty = read && read->is_null() && tree.members().empty();
      if (!empty && !(read && same(*read, tree)))
        return refuse(name, "it can't be changed by itself, since something else in the file hangs on it, such as a reference (*) to it. Change it by hand");
      out_.changes.push_back({step.kind, shown(name_of(step.from)), shown(name_of(step.to)), step.why, line_at(step.from)});
      out_.text = std::move(next.text);
      tree_ = std::move(tree);
    }
  }

  Wanted const& wanted_;
  state::Knowledge const& known_;
  std::string original_;
  Node root_;             // of the original
  Json tree_;             // as it is by now
  std::string keep_;
  std::vector<std::string> idle_;
  std::vector<Step> steps_, added_;
  Migration out_;
};

}  // namespace

std::optional<Migration> migrate(std::string_view text, Wanted const& wanted, state::Knowledge const& known, Trouble& trouble) {
  Migrator migrator(text, wanted, known);
  if (!migrator.run(trouble)) return {};
  return migrator.result();
}

}  // namespace values
