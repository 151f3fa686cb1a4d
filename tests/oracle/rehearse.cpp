// Rehearses an upgrade exactly as `preflight WORDS` does and prints what Helm asked, bodies included, as JSON. They may
// hold secrets: so this is a program of the tests only.
#include "cli/live.h"
#include "tests/preflight_words.h"

namespace {

using base::Json;

Json json_of(rehearsal::Recorded const& write) {
  auto const& target = write.target;
  Json::Array query;
  for (auto const& [name, value] : target.query) query.push_back(Json::Array{name, value});
  return Json::Object{{"method", write.method},
                      {"path", target.path},
                      {"query", std::move(query)},
                      {"contentType", write.content_type},
                      {"body", base::parse_json(write.body).value_or(Json())},  // null: protobuf, or none
                      {"creates", write.creates},
                      {"after", write.after},
                      {"changed", write.on_changed},
                      {"renamed", write.renamed},
                      {"record", rehearsal::is_helm_record(target.key())}};
}

Json looked_at(cli::Target const& target) {
  auto const live = cli::look(target);
  Json::Array writes;
  for (auto const& write : live->rehearsed.writes) writes.push_back(json_of(write));
  return Json::Object{{"rehearsal", state::to_json(live->state)["rehearsal"]}, {"writes", std::move(writes)}};
}

}  // namespace

int main(int count, char** words) {
  return with_preflight_words("rehearse", count, words, [](auto const& target) { cli::print(base::to_text(looked_at(target))); });
}
