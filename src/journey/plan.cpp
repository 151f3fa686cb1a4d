#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "checks/knowledge.h"
#include "checks/outdated_keys.h"
#include "checks/stops.h"
#include "journey/conditions.h"
#include "journey/journey.h"
#include "journey/kubernetes.h"

namespace journey {
namespace {

using state::KnownChange;

constexpr auto values_file = "values.yaml";

// {version} and {previous} in a text of the knowledge.
std::string filled(std::string text, Stop const& stop) {
  for (auto const& [mark, version] : {std::pair("{version}", &stop.version), std::pair("{previous}", &stop.from)})
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.replace(at, std::string_view(mark).size(), *version);
  return text;
}

std::string typed(report::Command const& command, state::Request const& request) {
  return base::shell_quoted(report::words(command, request));
}

// A command that names a place of its own, or a release that is not this one, is taken as it is.
std::string command_of(KnownChange const& change, Stop const& stop, state::Request const& request) {
  if (change.command.empty()) return "";
  auto const words = base::split(filled(change.command, stop), ' ');
  bool const elsewhere = std::find(words.begin(), words.end(), "-n") != words.end();
  auto const text = elsewhere ? base::shell_quoted(words) : typed({words}, request);
  return change.file.empty() ? text : text + " > " + base::shell_quoted({filled(change.file, stop)});
}

// Whether the stop is the first that has it, or one of those at which it is done each time.
bool comes_at(KnownChange const& change, base::Version const& from, base::Version const& to) {
  auto const since = base::parse_version(change.version), until = base::parse_version(change.until);
  if (!since || to < *since || (until && to >= *until)) return false;
  return change.each_time || from < *since;
}

class Planner {
 public:
  Planner(Sight const& sight, state::Knowledge const& known) : sight_(sight), known_(known), kubernetes_(sight, known) {}

  Journey plan() {
    Journey journey{.from = base::to_text(sight_.from), .to = base::to_text(sight_.to)};
    auto from = sight_.from;
    for (auto const& version : checks::stops(known_, sight_.from, sight_.to, sight_.index)) {
      auto const to = base::parse_version(version);
      if (!to || *to <= from) continue;
      journey.stops.push_back(stop(from, version, *to));
      from = *to;
    }
    if (!journey.stops.empty()) journey.next = next(journey.stops.front());
    look_at_last(journey);
    kubernetes_.sum_up(journey);
    note_unseen(sight_.values, "the release's values", journey);
    note_unseen(sight_.services, "the Services of the namespace", journey);
    look_at_providers(journey);
    return journey;
  }

 private:
  // Nobody is sent into what will fail: preflight tells all of why.
  std::string next(Stop const& stop) const {
    bool const fails = std::any_of(stop.notes.begin(), stop.notes.end(), [](auto const& note) { return note.forbids; });
    return fails ? typed(report::helm_coder({"preflight", "--version", stop.version}), sight_.request) : stop.upgrade;
  }

  // A release that is in trouble is no place to start from.
  void look_at_last(Journey& journey) const {
    auto const& [number, status] = std::tie(sight_.last.number, sight_.last.status);
    if (number == 0 || status == "deployed" || status == "superseded") return;
    journey.notes.push_back({.about = "release",
                             .text = "The last operation on the release, revision " + std::to_string(number) + ", is " + status + ".",
                             .advice = "First find out what it left, and the way out of it."});
    journey.next = typed(report::helm_coder({"recover"}), sight_.request);
  }

  // What is done of the move to Networking v2 can be seen only where it has begun.
  void look_at_providers(Journey& journey) const {
    auto const& what = known_.providers;
    if (!checks::at_or_after(sight_.from, what.v2_since) || checks::at_or_after(sight_.from, what.v2_required) || !checks::at_or_after(sight_.to, what.v2_required)) return;
    constexpr auto object = "Coder's workspace providers";
    note_unseen(sight_.coder, object, journey);
    if (auto const* coder = state::seen(sight_.coder)) note_unseen(coder->providers, object, journey);
    note_unseen(sight_.family, "the releases of workspace providers", journey);
    auto const* family = state::seen(sight_.family);
    if (family && !family->unsure.empty()) journey.unverified.push_back({"the releases of workspace providers", family->unsure, "helm list -A"});
  }

  Stop stop(base::Version const& from, std::string const& version, base::Version const& to) {
    auto const* line = checks::known_line(known_, to);
    Stop stop{.from = from == sight_.from ? base::to_text(from) : last_, .version = version, .released = line ? line->released : ""};
    last_ = version;
    if (line && to < sight_.to && !line->why_stop.empty()) stop.why = line->why_stop;
    kubernetes_.judge(to, stop);
    look_at_flaws(to, stop);
    look_at_keys(from, to, stop);
    auto timeout = std::string();
    // What is done once comes before what is done each time: the dump of the database is the last thing.
    for (bool const each_time : {false, true})
      for (auto const& change : known_.changes)
        if (change.each_time == each_time && comes_at(change, from, to)) add(change, stop, timeout);
    stop.upgrade = upgrade(stop, timeout);
    return stop;
  }

  void add(KnownChange const& change, Stop& stop, std::string& timeout) {
    auto const holds = hold(change.clauses, sight_, known_);
    if (holds == Truth::no) return;
    bool const known = holds == Truth::yes && !change.clauses.empty();
    auto const only_if = known ? "" : change.only_if;
    if (change.moment == state::Moment::with)
      stop.notes.push_back({.about = change.about, .text = filled(change.text, stop), .advice = filled(change.advice, stop),
                            .only_if = only_if, .source = change.source});
    else
      (change.moment == state::Moment::before ? stop.before : stop.after)
          .push_back({.text = filled(change.text, stop), .command = command_of(change, stop, sight_.request), .only_if = only_if,
                      .source = change.source, .done = is_done(change, stop)});
    if (!change.timeout.empty()) timeout = change.timeout;
  }

  // Nothing that the stops before this one may undo counts.
  bool is_done(KnownChange const& change, Stop const& stop) const {
    if (change.done_if.empty() || stop.from != base::to_text(sight_.from)) return false;
    auto clauses = change.done_if;
    for (auto& clause : clauses) clause.name = filled(clause.name, stop);
    return hold(clauses, sight_, known_) == Truth::yes;
  }

  void look_at_flaws(base::Version const& to, Stop& stop) const {
    auto const* release = checks::known_release(known_, to);
    if (!release)
      stop.notes.push_back({.about = "Coder", .text = "This program does not know this version: read its changelog."});
    if (!release || release->symptom.empty()) return;
    auto const hit = release->only_with.empty() ? Truth::yes : is_set(release->only_with, sight_);
    if (hit == Truth::no) return;
    stop.notes.push_back({.about = "flaw", .text = "In " + stop.version + ", " + release->symptom + ".",
                          .advice = "It is corrected in " + release->fixed_in + ".",
                          .only_if = hit == Truth::unknown ? "if " + release->only_with + " is set" : ""});
  }

  // The keys that the chart before still took.
  void look_at_keys(base::Version const& from, base::Version const& to, Stop& stop) {
    auto const* values = state::seen(sight_.values);
    if (!values) return;
    bool for_good = false;
    for (auto const& [key, value] : values->set) {
      auto const* entry = checks::renamed_key(known_, key);
      if (!entry || checks::fate_of(*entry, key, value, from) != checks::Fate::taken) continue;
      auto const fate = checks::fate_of(*entry, key, value, to);
      if (fate == checks::Fate::taken) continue;
      stop.keys.push_back(checks::outdated_key(fate, key, *entry, *values));
      for_good = for_good || fate == checks::Fate::refused || entry->ignored_until.empty();
    }
    if (for_good) rewrite_values(stop);
  }

  void rewrite_values(Stop& stop) {
    rewritten_ = true;
    if (sight_.resets_values) {
      stop.before.push_back({.text = "Change the keys that are named above in the files that you give with -f; helm coder values migrate --version " + last_ + " --write -f FILE does it."});
      return;
    }
    stop.before.push_back({.text = "Write the release's values, with the keys that are named above changed, into a file, and read what it says was done. "
                                   "The file may hold passwords: keep it to yourself.",
                           .command = typed(report::helm_coder({"values", "migrate", "--version", last_}), sight_.request) + " > " + values_file});
  }

  std::string upgrade(Stop const&, std::string const& timeout) {
    std::vector<std::string> words{"upgrade", "--version", last_};
    if (sight_.request.timeout_given) words.insert(words.end(), {"--timeout", std::to_string(sight_.request.timeout_seconds) + "s"});
    else if (!timeout.empty()) words.insert(words.end(), {"--timeout", timeout});
    if (sight_.resets_values || rewritten_) words.emplace_back("--reset-values");
    if (rewritten_ && !sight_.resets_values) words.insert(words.end(), {"-f", values_file});
    rewritten_ = false;
    return typed(report::helm_coder(std::move(words)), sight_.request);
  }

  template <class T>
  static void note_unseen(state::Seen<T> const& part, std::string const& what, Journey& journey) {
    if (auto const* unknown = std::get_if<state::Unknown>(&part)) journey.unverified.push_back({what, unknown->why, unknown->tell});
  }

  Sight const& sight_;
  state::Knowledge const& known_;
  Kubernetes kubernetes_;
  std::string last_;
  bool rewritten_ = false;  // this stop's values are in a file
};

}  // namespace

Journey plan(Sight const& sight, state::Knowledge const& known) { return Planner(sight, known).plan(); }

}  // namespace journey
