#include "rehearsal/gate.h"

#include "rehearsal/path.h"

namespace rehearsal {

std::vector<clients::Answer> ask(clients::Kubernetes& api, std::vector<clients::Request> const& requests) {
  std::vector<clients::Request> good;
  std::vector<clients::Answer> answers(requests.size());
  std::vector<clients::Answer*> places;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (may_leave(requests[i].method, requests[i].target)) {
      good.push_back(requests[i]);
      places.push_back(&answers[i]);
    } else {
      answers[i].body = requests[i].target + " is no place for an object";
    }
  }
  auto sent = api.send_all(good);
  for (std::size_t i = 0; i < sent.size(); ++i) *places[i] = std::move(sent[i]);
  return answers;
}

}  // namespace rehearsal
