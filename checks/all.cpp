#include <algorithm>

#include "checks/check.h"

namespace checks {

// Ascending by code. A check that is given up leaves its code here as a comment, so that it is never used again.
extern Check const helm_version;                  // HC101
extern Check const dry_run_lookup;                // HC102
extern Check const kubectl_found;                 // HC103
extern Check const repository_added;              // HC104
extern Check const index_fresh;                   // HC105
extern Check const target_exists;                 // HC106
extern Check const target_sound;                  // HC107
extern Check const target_flaws;                  // HC108
extern Check const target_known;                  // HC109
extern Check const other_product;                 // HC110
extern Check const release_exists;                // HC201
extern Check const no_operation;                  // HC202
extern Check const history_readable;              // HC203
extern Check const base_revision;                 // HC204
extern Check const last_succeeded;                // HC205
extern Check const record_size;                   // HC206
extern Check const rehearsal_ended;               // HC301
extern Check const immutable_fields;              // HC302
extern Check const manifest_known;                // HC303
extern Check const ownership;                     // HC304
extern Check const terminating;                   // HC305
extern Check const still_wanted_objects;          // HC306
extern Check const deletions;                     // HC307
extern Check const data_kept;                     // HC308
extern Check const addresses_kept;                // HC309
extern Check const way_in;                        // HC310
extern Check const overwritten_changes;           // HC311
extern Check const workloads_ready;               // HC312
extern Check const own_routes;                    // HC313
extern Check const routes_kept;                   // HC314
extern Check const internal_stays_internal;       // HC315
extern Check const referenced_objects;            // HC316
extern Check const helpful_secrets;               // HC317
extern Check const no_trailing_blanks;            // HC318
extern Check const valid_objects;                 // HC320
extern Check const admission;                     // HC321
extern Check const quota;                         // HC322
extern Check const pod_security;                  // HC323
extern Check const apply_conflicts;               // HC324
extern Check const nothing_missing;               // HC325
extern Check const rights;                        // HC326
extern Check const hooks;                         // HC327
extern Check const judged;                        // HC328
extern Check const steady_rendering;              // HC329
extern Check const server_warnings;               // HC330
extern Check const claims_in_use;                 // HC331
extern Check const images_there;                  // HC332
extern Check const same_registry;                 // HC333
extern Check const storage_there;                 // HC334
extern Check const rollback_possible;             // HC340
extern Check const one_line_at_a_time;            // HC401
extern Check const no_jump_back;                  // HC402
extern Check const no_older_patch;                // HC403
extern Check const renders;                       // HC404
extern Check const kubernetes_accepted;           // HC405
extern Check const kubernetes_supported;          // HC406
extern Check const time_enough;                   // HC407
extern Check const refused_keys;                  // HC410
extern Check const ignored_keys;                  // HC411
extern Check const pinned_images;                 // HC412
extern Check const built_in_database;             // HC413
extern Check const one_name;                      // HC414
extern Check const known_keys;                    // HC415
extern Check const certificates_load;             // HC420
extern Check const certificates_in_time;          // HC421
extern Check const certificates_fit;              // HC422
extern Check const database_reachable;            // HC501
extern Check const database_version;              // HC502
extern Check const database_rights;               // HC503
extern Check const database_password_whitespace;  // HC504
extern Check const database_contrib;              // HC505
extern Check const database_writable;             // HC506
extern Check const database_connections;          // HC507
extern Check const database_quiet;                // HC508
extern Check const database_product;              // HC509
extern Check const database_user_names;           // HC510
extern Check const database_backup;               // HC511
extern Check const running_version;               // HC601
extern Check const running_line;                  // HC602
extern Check const set_up;                        // HC603
extern Check const providers_ready;               // HC604
extern Check const networking_v2;                 // HC605
extern Check const providers_in_lockstep;         // HC606
extern Check const satellites_in_lockstep;        // HC607
extern Check const workspaces_rebuilt;            // HC608
extern Check const external_connect;              // HC609
extern Check const access_url;                    // HC610
extern Check const provider_accounts;             // HC611

std::vector<Check const*> const& all() {
  static std::vector<Check const*> const list = {
      &helm_version,
      &dry_run_lookup,
      &kubectl_found,
      &repository_added,
      &index_fresh,
      &target_exists,
      &target_sound,
      &target_flaws,
      &target_known,
      &other_product,
      &release_exists,
      &no_operation,
      &history_readable,
      &base_revision,
      &last_succeeded,
      &record_size,
      &rehearsal_ended,
      &immutable_fields,
      &manifest_known,
      &ownership,
      &terminating,
      &still_wanted_objects,
      &deletions,
      &data_kept,
      &addresses_kept,
      &way_in,
      &overwritten_changes,
      &workloads_ready,
      &own_routes,
      &routes_kept,
      &internal_stays_internal,
      &referenced_objects,
      &helpful_secrets,
      &no_trailing_blanks,
      &valid_objects,
      &admission,
      &quota,
      &pod_security,
      &apply_conflicts,
      &nothing_missing,
      &rights,
      &hooks,
      &judged,
      &steady_rendering,
      &server_warnings,
      &claims_in_use,
      &images_there,
      &same_registry,
      &storage_there,
      &rollback_possible,
      &one_line_at_a_time,
      &no_jump_back,
      &no_older_patch,
      &renders,
      &kubernetes_accepted,
      &kubernetes_supported,
      &time_enough,
      &refused_keys,
      &ignored_keys,
      &pinned_images,
      &built_in_database,
      &one_name,
      &known_keys,
      &certificates_load,
      &certificates_in_time,
      &certificates_fit,
      &database_reachable,
      &database_version,
      &database_rights,
      &database_password_whitespace,
      &database_contrib,
      &database_writable,
      &database_connections,
      &database_quiet,
      &database_product,
      &database_user_names,
      &database_backup,
      &running_version,
      &running_line,
      &set_up,
      &providers_ready,
      &networking_v2,
      &providers_in_lockstep,
      &satellites_in_lockstep,
      &workspaces_rebuilt,
      &external_connect,
      &access_url,
      &provider_accounts,
  };
  return list;
}

Check const* find(std::string_view code_or_name) {
  auto const found = std::find_if(all().begin(), all().end(), [&](Check const* check) {
    return check->code == code_or_name || check->name == code_or_name;
  });
  return found == all().end() ? nullptr : *found;
}

namespace {

report::Line judge_one(Check const& check, state::State const& state, std::vector<report::Ignore> const& ignored) {
  using report::Result;
  report::Line line{.code = std::string(check.code),
                    .name = std::string(check.name),
                    .category = std::string(report::category_of(check.code)),
                    .summary = std::string(check.summary),
                    .severity = check.severity,
                    .outcome = check.run(state)};
  if (!line.outcome.findings.empty()) {
    line.result = check.severity == Severity::error ? Result::error : Result::warning;
    if (check.may_be_ignored) report::accept(ignored, line);
  } else if (!line.outcome.unverified.empty()) {
    line.result = Result::not_verified;
  } else if (!line.outcome.not_asked.empty()) {
    line.result = Result::not_asked;
  } else if (check.detail) {
    line.detail = check.detail(state);
  }
  return line;
}

}  // namespace

report::Report judge(state::State const& state, std::vector<report::Ignore> const& ignored) {
  report::Report report;
  for (auto const* check : all()) report.lines.push_back(judge_one(*check, state, ignored));
  return report;
}

}  // namespace checks
