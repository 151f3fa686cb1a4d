#include "settings/settings.h"

#include <cstdlib>
#include <map>

#include <boost/program_options.hpp>

#include "base/text.h"
#include "settings/file.h"

namespace settings {
namespace {

namespace po = boost::program_options;

std::string variable(char const* name) {
  auto const* value = std::getenv(name);
  return value ? value : "";
}

po::options_description from_environment() {
  po::options_description options;
  for (auto const* name : {"config", "ignore", "timeout", "database-url", "namespace", "kube-context", "debug"})
    options.add_options()(name, po::value<std::string>()->default_value(""));
  return options;
}

// The name of an option by the name of its variable. An empty variable is one that is not set.
std::string option_of(std::string const& name) {
  static std::map<std::string, std::string> const names = {{"HELM_CODER_CONFIG", "config"},
                                                           {"HELM_CODER_IGNORE", "ignore"},
                                                           {"HELM_CODER_TIMEOUT", "timeout"},
                                                           {"HELM_CODER_DATABASE_URL", "database-url"},
                                                           {"HELM_NAMESPACE", "namespace"},
                                                           {"HELM_KUBECONTEXT", "kube-context"},
                                                           {"HELM_DEBUG", "debug"}};
  auto const found = names.find(name);
  return found == names.end() || variable(name.c_str()).empty() ? "" : found->second;
}

// $HELM_CONFIG_HOME, or where Helm would look.
std::string config_home() {
  if (auto const home = variable("HELM_CONFIG_HOME"); !home.empty()) return home;
  if (auto const home = variable("XDG_CONFIG_HOME"); !home.empty()) return home + "/helm";
  return variable("HOME") + "/.config/helm";
}

}  // namespace

Settings load(std::string const& file) {
  po::variables_map values;
  auto const options = from_environment();
  po::store(po::parse_environment(options, option_of), values);
  auto const text = [&](char const* name) { return values[name].as<std::string>(); };
  Settings settings;
  for (auto const& word : base::split(text("ignore"), ','))
    if (auto const trimmed = base::trim(word); !trimmed.empty()) settings.ignored.push_back({.check = std::string(trimmed)});
  settings.timeout = text("timeout"), settings.database_url = text("database-url");
  settings.name_space = text("namespace"), settings.kube_context = text("kube-context");
  settings.debug = text("debug") == "true" || text("debug") == "1";
  auto const named = file.empty() ? text("config") : file;
  settings.problem = read_file(named.empty() ? config_home() + "/helm-coder.conf" : named, !named.empty(), settings);
  return settings;
}

}  // namespace settings
