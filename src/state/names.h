#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "state/coder.h"
#include "state/rehearsal.h"

namespace state {

// The words for an enumeration's values, in JSON and in text.
template <class E>
struct Names;

template <>
struct Names<Judgement> {
  static constexpr std::pair<Judgement, std::string_view> all[] = {
      {Judgement::accepted, "accepted"}, {Judgement::rejected, "rejected"}, {Judgement::not_verified, "not-verified"}};
};

template <>
struct Names<Cause> {
  static constexpr std::pair<Cause, std::string_view> all[] = {
      {Cause::none, "none"},         {Cause::immutable, "immutable"}, {Cause::invalid, "invalid"},
      {Cause::admission, "admission"}, {Cause::quota, "quota"},       {Cause::pod_security, "pod-security"},
      {Cause::forbidden, "forbidden"}, {Cause::conflict, "conflict"}, {Cause::exists, "exists"},
      {Cause::missing, "missing"},   {Cause::other, "other"}};
};

template <>
struct Names<Ending> {
  static constexpr std::pair<Ending, std::string_view> all[] = {
      {Ending::finished, "finished"}, {Ending::ownership, "ownership"}, {Ending::render, "render"},
      {Ending::manifest, "manifest"}, {Ending::storage, "storage"},     {Ending::other, "other"}};
};

template <>
struct Names<Fate> {
  static constexpr std::pair<Fate, std::string_view> all[] = {
      {Fate::as_before, "as-before"}, {Fate::changed, "changed"}, {Fate::created, "created"}, {Fate::deleted, "deleted"}};
};

template <>
struct Names<Told> {
  static constexpr std::pair<Told, std::string_view> all[] = {{Told::not_said, "not-said"}, {Told::no, "no"}, {Told::yes, "yes"}};
};

template <class E>
constexpr std::string_view name_of(E value) {
  for (auto const& [each, name] : Names<E>::all)
    if (each == value) return name;
  return "";
}

// "Service/d", and with its namespace where that is not `home`: "Service/d in other".
std::string to_text(ObjectId const&, std::string_view home);

}  // namespace state
