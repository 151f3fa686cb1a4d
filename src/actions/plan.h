#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "report/finding.h"
#include "state/rehearsal.h"

namespace actions {

// An object of the cluster as a step addresses it: this very one, never another of its name.
struct Object {
  state::ObjectId id;
  std::string path;  // in the API
  std::string uid;   // empty: it is not there when the plan is made
  bool operator==(Object const&) const = default;
};

// Labels and annotations by key: the text to write, or nothing where the key is to go.
using Words = std::map<std::string, std::optional<std::string>>;
struct Marks {
  Words labels, annotations;
  bool operator==(Marks const&) const = default;
};

// The kinds of work. What each needs is in it, so that a plan that was stored can be gone on with, or back.

// Saves what the later steps may have to put back.
struct Save {
  std::string folder;
  bool operator==(Save const&) const = default;
};

// Writes labels and annotations onto an object.
struct Mark {
  Object object;
  Marks now, before;
  bool with_content = false;  // the upgrade changes the object, too: taking it back restores all of it from the backup
  bool operator==(Mark const&) const = default;
};

// Deletes an object, so that it is made anew: by Helm, or at once as `next` where that is not null.
struct Remake {
  Object object;
  std::string propagation;  // Orphan or Background
  base::Json next;
  bool foreign = false;     // it was not the release's: whoever rolls the release back deletes what took its place
  bool operator==(Remake const&) const = default;
};

// Deletes an object for good.
struct Remove {
  Object object;
  bool operator==(Remove const&) const = default;
};

// Makes an object as a backup has it, where nothing has its name.
struct PutBack {
  Object object;
  std::string folder;  // of the backup
  bool operator==(PutBack const&) const = default;
};

// Takes back what a run that was killed had marked.
struct TakeBack {
  Mark mark;
  std::string folder;  // of its backup
  bool operator==(TakeBack const&) const = default;
};

// Runs Helm directly against the cluster.
struct RunHelm {
  std::vector<std::string> arguments;
  int last_revision = 0;  // of the release before; another one means that somebody else was there. 0: none
  bool operator==(RunHelm const&) const = default;
};

// Marks the record of a revision as failed, if it is still what it was.
struct FailRecord {
  std::string path, resource_version, status;
  int revision = 0;
  bool operator==(FailRecord const&) const = default;
};

// Looks whether the release is what was planned.
struct Verify {
  int after_revision = 0;     // the new revision is a later one
  std::string chart_version;  // of the new revision; empty: any
  std::vector<Object> there, gone;
  bool alone = false;         // no other revision is at work or says that it is deployed
  bool operator==(Verify const&) const = default;
};

using Work = std::variant<Save, Mark, Remake, Remove, PutBack, TakeBack, RunHelm, FailRecord, Verify>;

struct Step {
  std::string name;  // "adopt ServiceAccount/coder"
  std::string why;   // one sentence without its period, may be empty
  std::string what;  // one sentence
  std::string cost;  // what people may notice; may be empty
  std::string undo;  // what becomes of it if a later step fails; may be empty
  std::vector<report::Command> by_hand;  // the same by kubectl or helm, where there is such a thing
  Work work;
};

using Plan = std::vector<Step>;

base::Json to_json(Plan const&);
// Nothing, and the reason in `why`, if it is no plan.
std::optional<Plan> plan_from_json(base::Json const&, std::string* why);

// The file of the backup that holds an object.
std::string saved_as(state::ObjectId const&);

}  // namespace actions
