#include "rehearsal/rehearser.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "base/json.h"
#include "clients/folder.h"

namespace rehearsal {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds helm_limit = std::chrono::minutes(5);
constexpr std::chrono::milliseconds helms_limit = std::chrono::minutes(10);  // for all of a command

// The kubeconfig of a stage. Its URL holds the stage's token, so it never touches a disk.
std::string kubeconfig_of(std::string const& url, std::string const& name_space) {
  using base::Json;
  auto const named = [](char const* what, Json::Object content) { return Json::Object{{"name", "rehearsal"}, {what, std::move(content)}}; };
  Json const config = Json::Object{
      {"apiVersion", "v1"},
      {"kind", "Config"},
      {"clusters", Json::Array{named("cluster", {{"server", url}})}},
      {"users", Json::Array{named("user", {})}},
      {"contexts", Json::Array{named("context", {{"cluster", "rehearsal"}, {"user", "rehearsal"}, {"namespace", name_space}})}},
      {"current-context", "rehearsal"}};
  return base::to_text(config);
}

}  // namespace

// A Helm that was started.
struct Rehearser::Begun {
  std::string url;
  std::vector<std::string> arguments;
  Direction direction;
  std::unique_ptr<clients::MemoryFile> kubeconfig;
  std::string late;                               // a file that has its content when Helm goes on
  std::unique_ptr<clients::LateFile> in_its_place;  // until then
  std::unique_ptr<clients::Started> helm;
};

Rehearser::Rehearser(clients::Helm helm, std::string socket, std::string prefix, std::string name_space, About const& about,
                     base::Timeline& timeline)
    : helm_(std::move(helm)), name_space_(std::move(name_space)), timeline_(timeline), server_(std::move(socket), std::move(prefix), place_for("schemas", about.cluster)), foresight_(about.release) {}

void Rehearser::foresee() { server_.foresee(foresight_.reads()); }

void Rehearser::learn(int base) {
  keeping_ = std::async(std::launch::async, [this, base] {
    foresight_.keep(server_.reads(), base);
    server_.keep_schemas();
  });
}

Rehearser::~Rehearser() {
  early_.reset();  // it may still be writing there
  // Helm before 3.8 does not know KUBECACHEDIR, and keeps what it discovers of our server in the home folder.
  char const* home = std::getenv("HOME");
  std::error_code trouble;
  auto const place = "127.0.0.1_" + std::to_string(server_.port());
  if (home && *home) fs::remove_all(fs::path(home) / ".kube/cache/discovery" / place, trouble);
}

// Helm keeps what it discovers in a folder that is named after the URL, and every stage has another: they are all led to
// one, kept for this API server under Helm's own cache. A folder that can't be made only costs time.
void Rehearser::share_discovery(std::string const& url) {
  auto const identity = server_.identity();
  auto const home = clients::helm_cache_home();
  if (!shares_discovery_ || identity.empty() || home.empty()) return;
  auto const kept = fs::path(home) / "coder" / "discovery" / identity;
  auto place = url.substr(std::string_view("http://").size());
  std::replace(place.begin(), place.end(), ':', '_');  // as client-go names it
  auto const link = fs::path(folder_.path()) / "discovery" / place;
  std::error_code trouble;
  fs::create_directories(kept, trouble);
  if (trouble) return;
  fs::create_directories(link.parent_path(), trouble);
  fs::create_directory_symlink(kept, link, trouble);
}

void Rehearser::start(Begun& begun) {
  begun.url = server_.open(begun.direction);
  begun.kubeconfig = std::make_unique<clients::MemoryFile>(kubeconfig_of(begun.url, name_space_));
  auto words = begun.arguments;
  if (begun.in_its_place) std::replace(words.begin(), words.end(), begun.late, begun.in_its_place->path());
  words.insert(words.end(), {"--namespace", name_space_});
  auto command = helm_.command(std::move(words));
  command.unset.insert(command.unset.end(), {"HELM_KUBE*", "HELM_NAMESPACE"});
  command.set.insert(command.set.end(), {{"KUBECONFIG", begun.kubeconfig->path()},
                                         {"KUBECACHEDIR", folder_.path()},
                                         {"HELM_QPS", "10000"},
                                         {"HELM_BURST_LIMIT", "10000"}});
  // Helm lives for less than a second: collecting its garbage less often saves a fifth of its time.
  if (!std::getenv("GOGC")) command.set.emplace_back("GOGC", "400");
  if (begun.direction.forgets_records)
    command.set.insert(command.set.end(), {{"HELM_DRIVER", "memory"}, {"HELM_MEMORY_DRIVER_DATA", "/dev/null"}});
  command.keep = shared_;
  command.keep.push_back(begun.kubeconfig->fd());
  if (begun.in_its_place) command.keep.push_back(begun.in_its_place->fd());
  command.limit = std::clamp(helms_limit - spent_.load(), std::chrono::milliseconds(1000), helm_limit);
  command.grace = std::chrono::milliseconds(0);  // it has nothing to finish
  begun.helm = std::make_unique<clients::Started>(std::move(command));
}

void Rehearser::begin(std::vector<std::string> arguments, Direction direction, std::string late) {
  early_ = std::make_unique<Begun>();
  early_->arguments = std::move(arguments);
  early_->direction = std::move(direction);
  early_->late = std::move(late);
  if (!early_->late.empty()) early_->in_its_place = std::make_unique<clients::LateFile>();
  start(*early_);
}

// The Helm that has begun with these words, if there is one that can go on.
bool Rehearser::take_early(Begun& begun) {
  if (!early_ || early_->arguments != begun.arguments || early_->direction != begun.direction) return false;
  begun = std::move(*std::exchange(early_, nullptr));
  if (!begun.in_its_place) return true;
  auto const content = clients::read_file(begun.late, nullptr);
  return content && begun.in_its_place->fill(*content);
}

Run Rehearser::run(std::vector<std::string> const& arguments, Direction direction, Layer layer) {
  auto const began = std::chrono::steady_clock::now();
  Begun begun{.arguments = arguments, .direction = direction};
  if (!take_early(begun)) {
    begun = Begun{.arguments = arguments, .direction = std::move(direction)};
    start(begun);
  }
  share_discovery(begun.url);  // Helm looks there after its first request, and that is answered after this
  server_.raise_curtain(begun.url, std::move(layer));
  Run run;
  {
    base::Timeline::Span const span(timeline_, "helm " + arguments.at(0));
    run.ended = begun.helm->finish();
  }
  spent_ = spent_.load() + std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  base::Timeline::Span const span(timeline_, "the last verdicts of helm " + arguments.at(0));
  run.played = server_.close(begun.url);
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return run;
}

}  // namespace rehearsal
