#include "rehearsal/judge.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "clients/kubernetes.h"

namespace rehearsal {
namespace {

using state::Cause;
using state::Judgement;

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Where a Go value that an error message repeats ends: past a quoted string, or past balanced brackets.
std::size_t end_of_value(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i)
        if (text[i] == '\\') ++i;
    } else if (contains("{[(", text.substr(i, 1))) {
      ++depth;
    } else if (contains("}])", text.substr(i, 1))) {
      --depth;
    } else if (depth <= 0 && text.substr(i).starts_with(": ")) {
      return i;
    }
  }
  return text.size();
}

// Wordings of a rejected change; sources: k8s.io/apimachinery pkg/api/validation and the validations of core, apps, rbac
// and batch. Used as a second opinion only: whether the object is valid by itself decides where it can be asked.
bool sounds_immutable(std::string_view message) {
  static constexpr std::array wordings = {"immutable",      "may not change once set", "may not be changed", "cannot be changed",
                                          "cannot change",  "can not be unset",        "may not be unset",   "are forbidden",
                                          "may not change fields other than",          "can not be less than previous value"};
  return std::any_of(wordings.begin(), wordings.end(), [&](auto wording) { return contains(message, wording); });
}

// A 403 by admission. Quota and PodSecurity are plug-ins of the API server and have no reason code of their own.
Cause admission_cause(std::string_view message) {
  if (contains(message, "exceeded quota") || contains(message, "failed quota")) return Cause::quota;
  if (contains(message, "violates PodSecurity") || contains(message, "PodSecurityPolicy")) return Cause::pod_security;
  return Cause::admission;
}

Cause cause_of(clients::Status const& status, bool creates) {
  switch (status.code) {
    case 403: return Cause::forbidden;
    case 404: return Cause::missing;
    case 409: {
      auto const& causes = status.causes;
      bool const manager = std::any_of(causes.begin(), causes.end(), [](auto const& why) { return why.reason == "FieldManagerConflict"; });
      return manager ? Cause::conflict : status.reason == "AlreadyExists" ? Cause::exists : Cause::other;
    }
    case 422: return !creates && sounds_immutable(status.message) ? Cause::immutable : Cause::invalid;
    case 400: return contains(status.message, "admission webhook") ? Cause::admission : Cause::invalid;
    case 413: return Cause::invalid;
    case 500: return contains(status.message, "failed calling webhook") ? Cause::admission : Cause::other;
    default: return Cause::other;
  }
}

// Answers that are no judgement of the object: overload, time-outs, a broken gateway, a webhook that knows no dry run.
bool tells_nothing(clients::Status const& status) {
  return status.code == 0 || status.code == 401 || status.code == 408 || status.code == 429 || status.code >= 501 ||
         (status.code == 400 && contains(status.message, "does not support dry run"));
}

}  // namespace

std::string without_values(std::string_view message) {
  constexpr std::array<std::string_view, 3> marks = {"Invalid value: ", "Unsupported value: ", "Duplicate value: "};
  std::array<std::size_t, 3> places{};  // of the next of each mark; from the start on: not looked for yet
  std::string text;
  for (std::size_t start = 0;;) {
    for (std::size_t i = 0; i < marks.size(); ++i)
      if (places[i] <= start) places[i] = message.find(marks[i], start);
    auto const nearest = std::min_element(places.begin(), places.end());
    if (*nearest == std::string_view::npos) {
      auto const rest = message.substr(start);
      return text + std::string(rest.substr(0, rest.find('\n')));  // a diff of the whole object may follow
    }
    auto const mark = marks[static_cast<std::size_t>(nearest - places.begin())];
    auto const value = message.substr(*nearest + mark.size());
    auto const end = end_of_value(value);
    bool const invalid = mark == marks[0];
    text += message.substr(start, *nearest - start);
    if (!invalid || end >= value.size()) text += mark.substr(0, mark.size() - 2);
    if (end >= value.size()) return text;
    if (!invalid) text += ": ";
    start = *nearest + mark.size() + end + 2;
  }
}

bool is_kubernetes_object(base::Json const& json) {
  auto const& kind = json["kind"].str();
  return !kind.empty() && kind != "Status" && json["metadata"].is_object();
}

state::ObjectId object_of(Recorded const& write) {
  auto kind = write.after["kind"].str();
  if (kind.empty()) kind = write.before["kind"].str();
  if (kind.empty()) {
    auto const body = base::parse_json(write.body);
    kind = body ? (*body)["kind"].str_or(write.target.resource) : write.target.resource;
  }
  return {kind, write.target.group, write.target.name_space, write.target.name};
}

state::Verdict judge(Recorded const& write) {
  state::Verdict verdict;
  if (!write.not_asked.empty()) {
    verdict.message = write.not_asked;
    return verdict;
  }
  verdict.status = write.reply.status;
  for (auto const& warning : write.reply.warnings) verdict.warnings.push_back(base::printable(warning));
  if (write.reply.ok()) {
    if (!is_kubernetes_object(write.after)) {
      verdict.message = "the API server's answer holds no object";
      return verdict;
    }
    verdict.judgement = Judgement::accepted;
    if (!write.doubt.empty()) {
      verdict.judgement = Judgement::not_verified;
      verdict.message = write.doubt;
    }
    return verdict;
  }
  auto const status = clients::status_of(write.reply.status, write.reply.body);
  if (tells_nothing(status)) {
    verdict.message = "the API server gave no verdict: " + base::printable(without_values(status.message));
    return verdict;
  }
  verdict.judgement = Judgement::rejected;
  verdict.cause = cause_of(status, write.creates);
  verdict.message = base::printable(without_values(status.message));
  for (auto const& why : status.causes)
    verdict.fields.push_back({base::printable(why.field), why.reason, base::printable(without_values(why.message))});
  if (write.target.resource == "secrets" && verdict.cause != Cause::conflict) {  // its data may be repeated in any form
    verdict.message = status.reason;
    for (auto& field : verdict.fields) field.message = sounds_immutable(field.message) ? "field is immutable" : field.reason;
  }
  return verdict;
}

void rights_or_admission(state::Verdict& verdict, May may) {
  if (verdict.cause != Cause::forbidden) return;
  if (may == May::yes) verdict.cause = admission_cause(verdict.message);
  if (may == May::unknown) {
    verdict.judgement = Judgement::not_verified;
    verdict.cause = Cause::none;
  }
}

}  // namespace rehearsal
