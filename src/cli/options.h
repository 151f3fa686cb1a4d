#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "report/report.h"
#include "state/knowledge.h"
#include "state/request.h"
#include "state/thresholds.h"

namespace cli {

enum class Format { table, brief, json, yaml, junit, sarif, html };

// What the given values (-f, --set, …) are put on top of.
enum class ValuesBase {
  own,    // what the release was given itself, over the new chart's defaults: `helm upgrade --reset-then-reuse-values`
  reset,  // only the new chart's defaults
  reuse   // the old chart's defaults too, as `helm upgrade --reuse-values` does
};

// A file or folder that a flag names and that has to be there.
struct Named {
  std::string flag, path;
  bool folder = false;
};

// The release and the chart that a command is about. How to reach the cluster is in the environment, where Parsed puts what
// flags said of it: clients::access_from_environment().
struct Target {
  state::Request request;
  ValuesBase values_base = ValuesBase::own;
  std::vector<std::string> helm_flags;   // as they were given, for `helm upgrade`: values, hooks, post-renderer, …
  std::vector<std::string> chart_flags;  // as they were given, for whatever fetches the chart: --repo, --username, --devel, …
  std::string database_url;              // may hold a password that came by the environment
  bool database_via_pod = false;         // ask it from a pod in the release's namespace
  std::string database_pod_image;        // for that pod; empty: the chart's own for its built-in database
  bool yes = false;                      // to every question
  std::string coder_url;                 // of Coder's API; empty: through the API server
  std::string coder_token_file;
  std::vector<Named> named;              // on the command line, to be read by us or by Helm
  std::vector<std::string> check_folders;  // of --checks and the configuration file: folders of checks of the person's own
  std::chrono::seconds check_limit{10};    // for each call of one of these
  bool rollback_check = true;
  bool debug = false;
  std::string knowledge_folder;          // newer files than those that are built in; empty: none
  state::Knowledge knowledge = {};       // what is in it; empty: what is built in
  state::Thresholds thresholds = {};
};

struct PreflightOptions {
  Target target;
  Format format = Format::table;
  std::vector<report::Ignore> ignored;
  bool strict = false;
  bool diff = false;     // print what changes in the cluster, too
  bool timings = false;  // and on standard error where the time went
  std::string snapshot;  // judge this file instead of the cluster
  bool example = false;  // judge the recording that is built in
  std::chrono::seconds wait{0};  // for what may pass by itself
};

struct UpgradeOptions {
  Target target;
  std::vector<report::Ignore> ignored;
  bool strict = false, yes = false, dry_run = false;
  Format format = Format::table;
};

struct RecoverOptions {
  Target target;
  bool yes = false, dry_run = false;
  Format format = Format::table;
};

enum class PlanFormat { table, json, yaml, markdown };

struct PlanOptions {
  Target target;
  std::string from;  // a version, instead of a look at the cluster; empty: look
  std::string to;    // a version or a line; empty: the newest that is known
  PlanFormat format = PlanFormat::table;
};

struct ValuesOptions {
  enum class What { show, migrate, diff };
  Target target;  // the version is the one to migrate to
  What what = What::show;
  Format format = Format::table;  // yaml is what show prints anyway
  std::string input;  // a file, or - for standard input; empty: the release's own values
  std::string file;   // where the result goes; empty: standard output
  bool write = false;     // into the file that it came from
  bool defaults = false;  // compare with the chart's defaults
  int revision = 0;       // of the release; 0: the one that an upgrade starts from
};

struct SnapshotOptions {
  Target target;
  std::string file;  // empty: standard output
};

struct ChecksOptions {
  Format format = Format::table;
};

struct ExplainOptions {
  std::string check;  // code or name, as typed
  bool all = false;   // every page instead
};

struct VersionOptions {
  Format format = Format::table;
};

struct Help {
  std::string text;
};

struct Misuse {
  std::string sentence;  // what, where, what to do
  std::string command;   // whose --help tells more; empty: the program's
};

using Command = std::variant<Help, Misuse, PreflightOptions, UpgradeOptions, RecoverOptions, PlanOptions, ValuesOptions, SnapshotOptions,
                             ChecksOptions, ExplainOptions, VersionOptions>;

struct Parsed {
  Command command;
  // What was said by flags that a Helm around us would have swallowed, as the variables that it would have set.
  std::vector<std::pair<std::string, std::string>> environment = {};
};

}  // namespace cli
