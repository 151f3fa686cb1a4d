#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/options.h"
#include "settings/settings.h"

// What the words of the command line may say. Each function returns the meaning, or throws std::invalid_argument with one
// sentence for the person: what is wrong, and what to write instead.
namespace cli {

bool switched_on(std::string const& flag, std::string const& word);  // --flag, --flag=true, --flag=false
// "" is the table. `others`: what else the command can print.
Format format(std::string const& word, std::vector<Format> const& others = {Format::json, Format::yaml});
std::chrono::seconds waiting_time(std::string const& word);  // of preflight's --wait; Helm's own words for it are no time
PlanFormat plan_format(std::string const& word);
ValuesOptions::What values_action(std::string const& word);
int revision(std::string const& word);
std::string release_name(std::string const& word);
std::string name_space(std::string const& word);
std::string wanted_version(std::string const& flag, std::string const& word);  // without a leading v
std::vector<std::string> objects(std::string const& flag, std::vector<std::string> const& words);  // KIND/NAME or all
std::string database_url(std::string const& word);    // refused if it holds a password
bool database_via(std::string const& word);           // "pod" or nothing
std::string pod_image(std::string const& word);       // a reference, as far as can be told here
std::string database_snapshot(std::string const& word);  // "taken" or nothing
std::string coder_url(std::string const& word);       // https:// (http:// on this machine only), without a final slash

// What is accepted: by --ignore, and by the settings. Each names a check that is there and may be ignored.
std::vector<report::Ignore> ignored(std::vector<std::string> const& flags, settings::Settings const&);

void set_timeout(state::Request&, std::string const& flag, settings::Settings const&);
void set_place(Target&, settings::Settings const&);  // namespace and context
void set_judging(Target&, std::vector<std::string> const& folders, settings::Settings const&);  // own checks, limits
// Lets flags, as the variables that they stand for, win over the settings.
void overlay(settings::Settings&, std::vector<std::pair<std::string, std::string>> const& variables);

// The target of a command that has one.
Target* target_of(Command&);

// "there is no check "HC20". Did you mean HC202?"
std::string no_such_check(std::string const& word);

}  // namespace cli
