#include "collect/chart_files.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/bytes.h"
#include "clients/folder.h"

namespace collect {
namespace {

constexpr std::size_t block = 512;

// A field of a header: up to its first NUL.
std::string_view field(std::string_view header, std::size_t at, std::size_t size) {
  auto const text = header.substr(at, size);
  return text.substr(0, text.find('\0'));
}

std::optional<std::size_t> octal(std::string_view text) {
  auto const start = text.find_first_not_of(' ');
  if (start == std::string_view::npos) return {};
  text = text.substr(start, text.find_last_not_of(' ') - start + 1);
  std::size_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

bool names(std::string_view path, std::string_view name) {
  if (path.starts_with("./")) path.remove_prefix(2);
  auto const slash = path.find('/');
  return slash != std::string_view::npos && path.substr(slash + 1) == name;
}

struct Texts {
  std::optional<std::string> chart, values;
  std::string digest;
};

std::optional<Texts> texts_of_folder(std::string const& path, std::string* why) {
  std::error_code error;
  Texts texts;
  texts.chart = clients::read_file(path + "/Chart.yaml", why);
  if (!texts.chart) return {};
  if (std::filesystem::exists(path + "/values.yaml", error)) {
    texts.values = clients::read_file(path + "/values.yaml", why);
    if (!texts.values) return {};
  }
  return texts;
}

std::optional<Texts> texts_of_archive(std::string const& path, std::string* why) {
  auto const bytes = clients::read_file(path, why);
  if (!bytes) return {};
  std::string reason;
  auto const tar = base::from_gzip(*bytes, &reason);
  if (!tar) {
    *why = path + " is no chart archive: " + reason;
    return {};
  }
  Texts texts{file_in_tar(*tar, "Chart.yaml"), file_in_tar(*tar, "values.yaml"), base::sha256_hex(*bytes)};
  if (texts.chart) return texts;
  *why = path + " holds no Chart.yaml";
  return {};
}

}  // namespace

std::optional<std::string> file_in_tar(std::string_view tar, std::string_view name) {
  while (tar.size() >= block) {
    auto const header = tar.substr(0, block);
    auto const size = octal(field(header, 124, 12));
    if (!size || *size > tar.size() - block) return {};
    char const type = header[156];
    if ((type == '0' || type == '\0') && field(header, 345, 155).empty() && names(field(header, 0, 100), name))
      return std::string(tar.substr(block, *size));
    auto const whole = block + (*size + block - 1) / block * block;
    tar.remove_prefix(std::min(whole, tar.size()));
  }
  return {};
}

std::optional<ChartFiles> read_chart(std::string const& path, std::string* why) {
  std::error_code error;
  auto const texts =
      std::filesystem::is_directory(path, error) ? texts_of_folder(path, why) : texts_of_archive(path, why);
  if (!texts) return {};
  std::string reason;
  auto chart = base::parse_yaml(*texts->chart, &reason);
  auto values = chart ? base::parse_yaml(texts->values.value_or(""), &reason) : std::nullopt;
  if (values) return ChartFiles{std::move(*chart), std::move(*values), texts->digest};
  *why = (chart ? "values.yaml of " : "Chart.yaml of ") + path + " can't be read: " + reason;
  return {};
}

}  // namespace collect
