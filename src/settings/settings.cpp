#include "settings/settings.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>

#include <boost/program_options.hpp>

#include "base/text.h"

namespace settings {
namespace {

namespace po = boost::program_options;

std::string variable(char const* name) {
  auto const* value = std::getenv(name);
  return value ? value : "";
}

// What may stand in the file, which the environment can say too.
po::options_description common() {
  po::options_description options;
  options.add_options()("ignore", po::value<std::vector<std::string>>()->composing())("timeout", po::value<std::string>());
  return options;
}

po::options_description from_environment() {
  auto options = common();
  for (auto const* name : {"database-url", "namespace", "kube-context", "debug"})
    options.add_options()(name, po::value<std::string>());
  return options;
}

// The name of an option by the name of its variable. An empty variable is one that is not set.
std::string option_of(std::string const& name) {
  static std::map<std::string, std::string> const names = {{"HELM_CODER_IGNORE", "ignore"},
                                                           {"HELM_CODER_TIMEOUT", "timeout"},
                                                           {"HELM_CODER_DATABASE_URL", "database-url"},
                                                           {"HELM_NAMESPACE", "namespace"},
                                                           {"HELM_KUBECONTEXT", "kube-context"},
                                                           {"HELM_DEBUG", "debug"}};
  auto const found = names.find(name);
  return found == names.end() || variable(name.c_str()).empty() ? "" : found->second;
}

// Where a file is, but can't be used, the reason.
std::string read_file(std::string const& path, po::variables_map& values) {
  std::ifstream file(path);
  if (!file) return errno == ENOENT ? "" : path + " can't be read: " + std::strerror(errno);
  try {
    auto const options = common();
    po::store(po::parse_config_file(file, options), values);
    if (file.bad()) return path + " can't be read";  // a folder, for example
  } catch (po::error const& error) {
    return path + ": " + base::printable(error.what()) + "; it may hold `ignore = CODE` and `timeout = 10m`";
  }
  return "";
}

std::vector<std::string> words(std::vector<std::string> const& lists) {
  std::vector<std::string> all;
  for (auto const& list : lists)
    for (auto const& word : base::split(list, ','))
      if (auto const trimmed = base::trim(word); !trimmed.empty()) all.emplace_back(trimmed);
  return all;
}

}  // namespace

std::string config_home() {
  if (auto const home = variable("HELM_CONFIG_HOME"); !home.empty()) return home;
  if (auto const home = variable("XDG_CONFIG_HOME"); !home.empty()) return home + "/helm";
  return variable("HOME") + "/.config/helm";
}

Settings load() {
  po::variables_map values;
  auto const options = from_environment();
  po::store(po::parse_environment(options, option_of), values);  // what is stored first wins
  Settings settings;
  settings.problem = read_file(config_home() + "/helm-coder.conf", values);
  auto const text = [&](char const* name) { return values.count(name) ? values[name].as<std::string>() : std::string(); };
  if (values.count("ignore")) settings.ignored = words(values["ignore"].as<std::vector<std::string>>());
  settings.timeout = text("timeout"), settings.database_url = text("database-url");
  settings.name_space = text("namespace"), settings.kube_context = text("kube-context");
  settings.debug = text("debug") == "true" || text("debug") == "1";
  return settings;
}

}  // namespace settings
