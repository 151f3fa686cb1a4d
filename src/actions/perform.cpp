#include "actions/perform.h"

#include <stdexcept>

#include "actions/perform_step.h"

namespace actions {
namespace {

class Performance {
 public:
  Performance(Plan const& plan, Hands const& hands, Journal& journal) : plan_(plan), hands_(hands), journal_(journal) {}

  Performed play() {
    for (std::size_t i = 0; i < plan_.size(); ++i) {
      std::string why;
      bool const at_helm = i == last_helm();
      if (may_begin(i, &why) && attempt(i, &why)) {
        past_ = past_ || at_helm;
        continue;
      }
      if (!past_) return go_back(i, why);
      result_.left.push_back(plan_[i].name + ": " + why);
    }
    result_.ok = result_.left.empty();
    if (result_.ok) journal_.close("done");
    return std::move(result_);
  }

 private:
  // Once Helm has ended well, an interruption no longer stops what is to come after it.
  bool may_begin(std::size_t, std::string* why) {
    if (!helm_ran_ && hands_.interrupted()) return *why = "interrupted", false;
    return hands_.still_ours(why);
  }

  bool attempt(std::size_t i, std::string* why) {
    auto const& step = plan_[i];
    try {
      journal_.note(Event::begun, i);
      begun_ = i + 1;
      hands_.tell(step, Event::begun, {});
      helm_ran_ = helm_ran_ || std::holds_alternative<RunHelm>(step.work);
      do_work(step.work, hands_);
      journal_.note(Event::done, i);
      hands_.tell(step, Event::done, {});
      return true;
    } catch (std::runtime_error const& error) {
      if (dynamic_cast<Untouched const*>(&error)) begun_ = i;  // nothing is to be taken back of it
      *why = error.what();
      note(Event::failed, i, *why);
      hands_.tell(step, Event::failed, *why);
      return false;
    }
  }

  Performed go_back(std::size_t failed, std::string const& why) {
    result_.problem = plan_[failed].name + ": " + why;
    if (helm_ran_) result_.aftermath = aftermath();
    for (auto i = begun_; i-- > 0;) undo(i);
    if (result_.left.empty()) close("taken back: " + result_.problem);
    return std::move(result_);
  }

  void undo(std::size_t i) {
    auto const& step = plan_[i];
    if (step.undo.empty() || std::holds_alternative<RunHelm>(step.work)) return;
    std::string why;
    try {
      if (!hands_.still_ours(&why)) throw std::runtime_error(why);
      undo_work(step.work, hands_, result_.aftermath);
      note(Event::undone, i, {});
      hands_.tell(step, Event::undone, {});
    } catch (std::runtime_error const& error) {
      result_.left.push_back(step.name + " could not be taken back: " + error.what());
      note(Event::not_undone, i, error.what());
      hands_.tell(step, Event::not_undone, error.what());
    }
  }

  Aftermath aftermath() const {
    try {
      auto const records = records_of(hands_.api, hands_.release);
      if ((records.empty() ? 0 : records.back().revision) == last_before()) return Aftermath::untouched;
      return !records.empty() && records.back().status == "deployed" ? Aftermath::rolled_back : Aftermath::stuck;
    } catch (std::runtime_error const&) {
      return Aftermath::stuck;
    }
  }

  std::size_t last_helm() const {
    auto i = plan_.size();
    while (i-- > 0)
      if (std::holds_alternative<RunHelm>(plan_[i].work)) break;
    return i;
  }

  int last_before() const {
    for (auto const& step : plan_)
      if (auto const* run = std::get_if<RunHelm>(&step.work)) return run->last_revision;
    return 0;
  }

  // Going back must not end because the disk is full.
  void note(Event event, std::size_t i, std::string const& words) {
    try {
      journal_.note(event, i, words);
    } catch (std::runtime_error const&) {
    }
  }
  void close(std::string const& words) {
    try {
      journal_.close(words);
    } catch (std::runtime_error const&) {
    }
  }

  Plan const& plan_;
  Hands const& hands_;
  Journal& journal_;
  Performed result_;
  std::size_t begun_ = 0;  // how many steps were begun
  bool helm_ran_ = false;
  bool past_ = false;  // Helm has ended well
};

}  // namespace

Performed perform(Plan const& plan, Hands const& hands, Journal& journal) { return Performance(plan, hands, journal).play(); }

}  // namespace actions
