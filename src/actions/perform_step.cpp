#include "actions/perform_step.h"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "base/text.h"
#include "clients/clock.h"
#include "clients/helm.h"
#include "clients/record.h"
#include "rehearsal/ownership.h"

namespace actions {
namespace {

using base::Json;

constexpr char const* manager = "?fieldManager=helm-coder";

std::string named(Object const& object) { return object.id.kind + "/" + object.id.name; }

[[noreturn]] void fail(std::string const& sentence) { throw std::runtime_error(sentence); }

void expect(clients::Answer const& answer, std::string const& doing) {
  if (!answer.ok()) fail(doing + " failed: " + clients::error_of(answer));
}

// The object as it stands, which must be the one that the plan was made for; null where it is gone.
Json live(Object const& object, Hands const& hands) {
  auto found = get(hands.api, object.path);
  auto const& uid = found["metadata"]["uid"].str();
  if (!found.is_null() && !object.uid.empty() && uid != object.uid)
    throw Untouched(named(object) + " is not the one that the plan was made for: somebody replaced it meanwhile");
  return found;
}

Json words_patch(Words const& words) {
  Json patch(Json::Object{});
  for (auto const& [key, text] : words) patch.set(key) = text ? Json(*text) : Json();
  return patch;
}

void write_marks(Object const& object, Marks const& marks, Hands const& hands) {
  Json metadata(Json::Object{});
  if (!object.uid.empty()) metadata.set("uid") = object.uid;  // another object of this name is left alone
  if (!marks.labels.empty()) metadata.set("labels") = words_patch(marks.labels);
  if (!marks.annotations.empty()) metadata.set("annotations") = words_patch(marks.annotations);
  auto const patch = base::to_text(Json::Object{{"metadata", std::move(metadata)}});
  expect(hands.api.send("PATCH", object.path + manager, patch, "application/merge-patch+json"), "labelling " + named(object));
}

void create(Object const& object, Json const& content, Hands const& hands) {
  auto const body = base::to_text(as_new(content));
  clients::Answer answer;
  // An address that was freed a moment ago may not be free for everybody yet.
  for (int i = 0; i < 6; ++i) {
    answer = hands.api.send("POST", collection_of(object.path) + manager, body);
    if (answer.ok() || (answer.status != 422 && answer.status != 409)) break;
    std::this_thread::sleep_for(hands.between);
  }
  expect(answer, "creating " + named(object));
}

// Deletes this very object and waits until it is gone.
void remove(Object const& object, std::string const& uid, std::string const& propagation, Hands const& hands) {
  Json const options = Json::Object{{"apiVersion", "v1"},
                                    {"kind", "DeleteOptions"},
                                    {"propagationPolicy", propagation},
                                    {"preconditions", Json::Object{{"uid", uid}}}};
  auto const answer = hands.api.send("DELETE", object.path, base::to_text(options));
  if (answer.status != 404) expect(answer, "deleting " + named(object));
  auto const deadline = std::chrono::steady_clock::now() + hands.patience;
  Json found;
  for (;;) {
    found = get(hands.api, object.path);
    if (found.is_null() || found["metadata"]["uid"].str() != uid) return;
    if (std::chrono::steady_clock::now() >= deadline) break;
    std::this_thread::sleep_for(hands.between);
  }
  std::vector<std::string> holders;
  for (auto const& finalizer : found["metadata"]["finalizers"].items()) holders.push_back(base::printable(finalizer.str()));
  fail(named(object) + " is being deleted and does not go" + (holders.empty() ? "" : ": it is held by " + base::join(holders, ", ")));
}

Json saved(Object const& object, Hands const& hands) {
  auto content = hands.backup.load(saved_as(object.id));
  if (!content) fail("the backup " + hands.backup.folder() + " does not hold " + named(object));
  return std::move(*content);
}

// What people and charts write of an object.
Json content_of(Json const& object) { return as_new(object); }

// --- doing ----------------------------------------------------------------------------------------------------------

void work(Save const&, Hands const&) {}  // the backup is there before the first step

void work(Mark const& mark, Hands const& hands) {
  if (live(mark.object, hands).is_null()) throw Untouched(named(mark.object) + " is gone");
  write_marks(mark.object, mark.now, hands);
}

void work(Remake const& remake, Hands const& hands) {
  auto const& object = remake.object;
  auto const old = live(object, hands);
  if (!old.is_null()) {
    hands.backup.save_object(saved_as(object.id), old);  // as it is at this moment
    remove(object, old["metadata"]["uid"].str(), remake.propagation, hands);
  }
  if (remake.next.is_null()) return;
  try {
    create(object, remake.next, hands);
  } catch (std::runtime_error const& error) {
    if (old.is_null()) throw;
    create(object, old, hands);
    fail(std::string(error.what()) + "; the old one was put back");
  }
}

void work(Remove const& removal, Hands const& hands) {
  auto const found = live(removal.object, hands);
  if (found.is_null()) return;
  hands.backup.save_object(saved_as(removal.object.id), found);
  remove(removal.object, found["metadata"]["uid"].str(), "Background", hands);
}

void work(PutBack const& put, Hands const& hands) {
  if (!get(hands.api, put.object.path).is_null()) return;
  auto content = Backup(put.folder).load(saved_as(put.object.id));
  if (!content) fail("the backup " + put.folder + " does not hold " + named(put.object));
  create(put.object, *content, hands);
}

void work(RunHelm const& run, Hands const& hands) {
  auto const records = records_of(hands.api, hands.release);
  auto const last = records.empty() ? 0 : records.back().revision;
  if (last != run.last_revision)
    fail("the release changed since it was looked at: revision " + std::to_string(last) + " is the last one now, and somebody else made it");
  auto const ended = hands.helm(run.arguments);
  if (ended.ok()) return;
  using How = clients::Ended::How;
  fail(ended.how == How::exited      ? "Helm ended with code " + std::to_string(ended.code)
       : ended.how == How::signalled ? "Helm was killed by signal " + std::to_string(ended.code)
                                     : "Helm " + clients::error_of(ended));
}

void work(FailRecord const& stale, Hands const& hands) {
  auto record = get(hands.api, stale.path);
  auto const name = "the record of revision " + std::to_string(stale.revision);
  if (record.is_null()) fail(name + " is gone");
  if (record["metadata"]["resourceVersion"].str() != stale.resource_version)
    fail(name + " changed since it was looked at: somebody works on the release");
  std::string why;
  auto const release = clients::decode_record(record, &why);
  if (!release) fail(name + " can't be read: " + why);
  hands.backup.save_object("record-" + std::to_string(stale.revision) + ".json", record);
  auto const words = "helm coder recover: " + stale.status + " was marked failed at " + clients::format_time(clients::unix_now());
  clients::encode_record(record, clients::with_status(*release, "failed", words));
  // With the resourceVersion in it: a change that comes in between is not overwritten.
  expect(hands.api.send("PUT", stale.path, base::to_text(record)), "marking " + name + " as failed");
}

void work(Verify const& verify, Hands const& hands) {
  auto const found = differences(verify, hands);
  if (!found.empty()) fail(base::join(found, "; "));
}

// --- undoing --------------------------------------------------------------------------------------------------------

void restore(Mark const& mark, Json const& now, Hands const& hands) {
  auto before = saved(mark.object, hands);
  if (content_of(before) == content_of(now)) return;
  before.erase("status");
  auto& metadata = before.set("metadata");
  for (auto const* key : {"resourceVersion", "uid"}) metadata.set(key) = now["metadata"][key];
  metadata.erase("managedFields");
  auto const answer = hands.api.send("PUT", mark.object.path + manager, base::to_text(before));
  if (answer.ok()) return;
  write_marks(mark.object, mark.before, hands);
  fail(named(mark.object) + " has its labels back, but not its content (" + clients::error_of(answer) + "); the backup has it");
}

bool has(Json const& words, Words const& wanted) {
  for (auto const& [key, text] : wanted)
    if (text ? words[key].str() != *text || !words.has(key) : words.has(key)) return false;
  return true;
}

bool has(Json const& object, Marks const& marks) {
  auto const& metadata = object["metadata"];
  return has(metadata["labels"], marks.labels) && has(metadata["annotations"], marks.annotations);
}

void undo(Mark const& mark, Hands const& hands, Aftermath aftermath) {
  // Whoever rolls the release back deletes what the failed revision has and the earlier one has not, whosever it is.
  if (aftermath == Aftermath::stuck) fail("it keeps helm.sh/resource-policy until the release is recovered");
  auto const now = live(mark.object, hands);
  if (now.is_null()) {
    if (!mark.with_content) fail(named(mark.object) + " is gone; the backup has it");
    return create(mark.object, saved(mark.object, hands), hands);
  }
  if (mark.with_content) return restore(mark, now, hands);
  if (!has(now, mark.before)) write_marks(mark.object, mark.before, hands);
}

void work(TakeBack const& taken, Hands const& hands) {
  Backup const backup(taken.folder);
  Hands const there{.api = hands.api, .release = hands.release, .backup = backup};
  undo(taken.mark, there, Aftermath::rolled_back);
}

void undo(Remake const& remake, Hands const& hands, Aftermath aftermath) {
  auto const& object = remake.object;
  auto const now = get(hands.api, object.path);
  auto const uid = now["metadata"]["uid"].str();
  if (uid == object.uid && !now["metadata"]["deletionTimestamp"].str().empty()) fail("it is being deleted, and comes back only when it is gone");
  if (!now.is_null() && (aftermath == Aftermath::rolled_back || uid == object.uid)) return;
  // Whoever rolls the release back deletes what is there now, whosever it is.
  if (remake.foreign && aftermath == Aftermath::stuck) fail("it comes back when the release is recovered");
  if (!now.is_null() && !rehearsal::names_release(now, hands.release.name, hands.release.name_space))
    fail("somebody else made " + named(object) + " meanwhile; the backup has the old one");
  auto const before = saved(object, hands);
  if (!now.is_null()) remove(object, uid, remake.propagation, hands);
  create(object, before, hands);
}

template <class T>
void undo(T const&, Hands const&, Aftermath) {}

}  // namespace

void do_work(Work const& each, Hands const& hands) {
  std::visit([&](auto const& known) { work(known, hands); }, each);
}

void undo_work(Work const& each, Hands const& hands, Aftermath aftermath) {
  std::visit([&](auto const& known) { undo(known, hands, aftermath); }, each);
}

}  // namespace actions
