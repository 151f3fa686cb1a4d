#include "cli/waiting.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <thread>

#include "base/duration.h"
#include "base/text.h"
#include "checks/check.h"
#include "checks/waiting.h"
#include "clients/process.h"

namespace cli {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// A look asks the cluster some dozens of questions: often enough for a short wait, seldom enough for a busy API server.
milliseconds interval(std::chrono::seconds wait) { return std::clamp(milliseconds(wait) / 20, milliseconds(1'000), milliseconds(15'000)); }

void sleep_until(Clock::time_point then) {
  while (Clock::now() < then) {
    if (clients::Interrupts::pending()) throw std::runtime_error("interrupted while waiting; nothing was changed");
    std::this_thread::sleep_for(std::min<Clock::duration>(milliseconds(100), then - Clock::now()));
  }
}

std::string in_words(std::vector<report::Line> const& lines) {
  std::vector<std::string> words;
  for (auto const& line : lines) {
    auto const& object = line.outcome.findings.front().object;
    words.push_back(line.code + " " + line.name + (object.empty() ? "" : " (" + base::printable(object) + ")"));
  }
  return base::join(words, ", ");
}

// What is said once, and again when it is something else.
class Voice {
 public:
  void say(std::string const& sentence) {
    if (sentence == said_) return;
    said_ = sentence;
    std::fprintf(stderr, "%s\n", sentence.c_str());
  }

 private:
  std::string said_;
};

// Whether another look may show something better.
bool goes_on(Live const& live, std::vector<report::Ignore> const& ignored, Voice& voice) {
  auto const [lines, stands] = checks::awaited(checks::judge(live.state, ignored));
  if (lines.empty()) return false;
  if (!stands.empty()) {
    voice.say("not waiting: " + base::join(stands, ", ") + (stands.size() == 1 ? " forbids" : " forbid") + " the upgrade anyway, and will not pass by itself");
    return false;
  }
  voice.say("waiting for " + in_words(lines) + " …");
  return true;
}

}  // namespace

std::unique_ptr<Live> look_until_passed(PreflightOptions const& options, std::vector<report::Ignore> const& ignored) {
  clients::Interrupts const interrupts;
  auto const end = Clock::now() + options.wait;
  Voice voice;
  auto live = look(options.target);
  while (goes_on(*live, ignored, voice) && Clock::now() < end) {
    live.reset();  // its proxy and its Helm
    while (!live) {
      sleep_until(std::min(end, Clock::now() + interval(options.wait)));
      try {
        live = look(options.target);
      } catch (std::runtime_error const& error) {
        // An API server may be away for a moment, too.
        if (clients::Interrupts::pending() || Clock::now() >= end) throw;
        voice.say(std::string("waiting for the cluster: ") + base::printable(error.what()));
      }
    }
  }
  return live;
}

}  // namespace cli
