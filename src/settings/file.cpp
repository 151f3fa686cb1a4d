#include "settings/file.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

#include <boost/program_options.hpp>

#include "base/duration.h"
#include "base/text.h"

namespace settings {
namespace {

namespace po = boost::program_options;

constexpr std::size_t longest = 1u << 20;  // of a file
constexpr char hash = '\x01';              // in place of a # that begins no comment

[[noreturn]] void refuse(std::string const& sentence) { throw std::invalid_argument(sentence); }

std::string in_quotes(std::string_view word) { return "\"" + base::printable(word) + "\""; }

// One entry, as the file has it.
struct Entry {
  std::string const& key;
  std::string const& value;
  std::string const& file;
  int line;
};

bool is_date(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00";
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  auto const part = [&](std::size_t at, std::size_t size) { return static_cast<unsigned>(*base::whole_number(text.substr(at, size))); };
  return std::chrono::year_month_day(std::chrono::year(static_cast<int>(part(0, 4))), std::chrono::month(part(5, 2)), std::chrono::day(part(8, 2))).ok();
}

// "HC311 until 2026-12-31: the reason"
Ignored ignored(Entry const& entry) {
  constexpr std::string_view until = " until ";
  auto const usage = "; write ignore = CODE until 2026-12-31: the reason";
  std::string_view const text = entry.value;
  auto const colon = text.find(':');
  auto const head = base::trim(text.substr(0, colon));
  auto const reason = base::trim(colon == std::string_view::npos ? "" : text.substr(colon + 1));
  auto const at = head.find(until);
  auto const check = base::trim(head.substr(0, at));
  if (check.empty() || check.find(' ') != std::string_view::npos) refuse(in_quotes(entry.value) + " names no check" + usage);
  if (at == std::string_view::npos) refuse("ignore has to say until when" + std::string(usage));
  auto const date = base::trim(head.substr(at + until.size()));
  if (!is_date(date)) refuse(in_quotes(date) + " is no date" + usage);
  if (reason.empty()) refuse("ignore has to say why" + std::string(usage));
  return {std::string(check), std::string(reason), std::string(date), entry.file, entry.line};
}

// "30s", "24h", and because no Go duration says it, "7d".
long seconds(Entry const& entry, char const* example) {
  auto const days = entry.value.ends_with("d") ? base::whole_number(std::string_view(entry.value).substr(0, entry.value.size() - 1)) : std::nullopt;
  auto const found = days && *days <= 36500 ? std::optional<long>(*days * 86400) : base::parse_duration(entry.value);
  if (!found || *found == 0) refuse(entry.key + " " + in_quotes(entry.value) + " is no duration; write " + entry.key + " = " + example);
  return *found;
}

// For Helm, which knows no days.
std::string go_duration(Entry const& entry) {
  if (base::parse_duration(entry.value).value_or(0) == 0) refuse("the time-out " + in_quotes(entry.value) + " is no duration; write timeout = 10m");
  return entry.value;
}

int number(Entry const& entry, std::string_view text, int least, int most, char const* example) {
  auto const found = base::whole_number(text);
  if (!found || *found < least || *found > most)
    refuse(entry.key + " " + in_quotes(entry.value) + " is no number from " + std::to_string(least) + " to " + std::to_string(most) + "; write " + entry.key + " = " + example);
  return static_cast<int>(*found);
}

// As a shell and an editor would take it: from the file's own folder, or from home.
std::string folder(Entry const& entry) {
  auto const* home = std::getenv("HOME");
  if (entry.value.empty()) refuse("checks has to name a folder");
  if (home && entry.value.starts_with("~/")) return home + entry.value.substr(1);
  return (std::filesystem::absolute(entry.file).parent_path() / entry.value).lexically_normal().string();
}

std::string_view without_percent(std::string_view text) { return base::trim(text.ends_with('%') ? text.substr(0, text.size() - 1) : text); }

struct Key {
  char const* name;
  bool many;  // it may stand there several times
  void (*set)(Entry const&, Settings&);
};

// Everything that the file may hold.
constexpr Key keys[] = {
    {"ignore", true, [](Entry const& e, Settings& s) { s.ignored.push_back(ignored(e)); }},
    {"timeout", false, [](Entry const& e, Settings& s) { if (s.timeout.empty()) s.timeout = go_duration(e); }},
    {"checks", true, [](Entry const& e, Settings& s) { s.check_folders.push_back(folder(e)); }},
    {"check-time-limit", false, [](Entry const& e, Settings& s) { s.check_seconds = seconds(e, "30s"); }},
    {"index-age", false, [](Entry const& e, Settings& s) { s.index_seconds = seconds(e, "7d"); }},
    {"certificate-renewal", false, [](Entry const& e, Settings& s) { s.certificate_seconds = seconds(e, "14d"); }},
    {"record-size", false, [](Entry const& e, Settings& s) { s.record_percent = number(e, without_percent(e.value), 1, 100, "90%"); }},
    {"connections-per-replica", false, [](Entry const& e, Settings& s) { s.connections_per_replica = number(e, e.value, 1, 10'000, "30"); }}};

std::string nearest_key(std::string const& word) {
  std::vector<std::string> names;
  for (auto const& key : keys) {
    if (base::edit_distance(word, key.name) <= 2) return "unknown key " + in_quotes(word) + "; did you mean " + key.name + "?";
    names.emplace_back(key.name);
  }
  return "unknown key " + in_quotes(word) + "; the file may hold " + base::join(names, ", ");
}

po::options_description known() {
  po::options_description options;
  for (auto const& key : keys) options.add_options()(key.name, po::value<std::string>());
  return options;
}

// Boost takes every # for the beginning of a comment. Here it is one at the beginning of a line, and between blanks: the
// reason "see #42" is to arrive.
std::string with_hashes_hidden(std::string line) {
  auto const is_blank = [&](std::size_t at) { return at >= line.size() || std::isspace(static_cast<unsigned char>(line[at])); };
  bool only_blanks = true;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '#' && (only_blanks || (is_blank(i - 1) && is_blank(i + 1)))) break;
    if (line[i] == '#') line[i] = hash;
    only_blanks = only_blanks && is_blank(i);
  }
  return line;
}

// Line by line, since Boost's messages do not tell which line it was.
class Reader {
 public:
  Reader(std::string const& path, Settings& settings) : path_(path), settings_(settings) {}

  void line(std::string const& text) {
    ++number_;
    if (base::trim(text).starts_with("[")) refuse("there are no sections; take " + in_quotes(base::trim(text)) + " out");
    std::istringstream one(with_hashes_hidden(text));
    for (auto const& option : po::parse_config_file(one, options_, true).options) entry(option);
  }

  int number() const { return number_; }

 private:
  void entry(po::option const& option) {
    auto const* key = std::find_if(std::begin(keys), std::end(keys), [&](Key const& each) { return each.name == option.string_key; });
    if (key == std::end(keys)) refuse(nearest_key(option.string_key));
    auto const before = lines_.emplace(option.string_key, number_);
    if (!key->many && !before.second) refuse(option.string_key + " is set in line " + std::to_string(before.first->second) + " already");
    auto value = option.value.empty() ? std::string() : option.value.front();
    std::replace(value.begin(), value.end(), hash, '#');
    key->set({option.string_key, value, path_, number_}, settings_);
  }

  std::string const& path_;
  Settings& settings_;
  po::options_description const options_ = known();
  int number_ = 0;
  std::map<std::string, int> lines_;
};

}  // namespace

std::string read_file(std::string const& path, bool must_exist, Settings& settings) {
  auto const shown = base::printable(path);
  std::ifstream file(path);
  if (!file) return errno == ENOENT && !must_exist ? "" : "the configuration file " + shown + " can't be read: " + std::strerror(errno);
  Settings read = settings;
  Reader reader(path, read);
  std::string line;
  try {
    for (std::size_t size = 0; std::getline(file, line); size += line.size() + 1) {
      if (size > longest) return "the configuration file " + shown + " is larger than 1 MiB";
      reader.line(line);
    }
  } catch (std::invalid_argument const& error) {
    return shown + ":" + std::to_string(reader.number()) + ": " + error.what();
  } catch (po::error const&) {
    return shown + ":" + std::to_string(reader.number()) + ": " + in_quotes(base::trim(line)) + " is not of the form KEY = VALUE";
  }
  if (file.bad()) return "the configuration file " + shown + " can't be read";  // a folder, for example
  settings = std::move(read);
  return "";
}

}  // namespace settings
