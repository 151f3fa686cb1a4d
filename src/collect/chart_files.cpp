#include "collect/chart_files.h"

#include <filesystem>
#include <memory>

#include <archive.h>
#include <archive_entry.h>

#include "base/bytes.h"
#include "clients/folder.h"

namespace collect {
namespace {

constexpr la_int64_t most_of_a_file = 5 << 20;   // bytes; Helm takes no larger one
constexpr la_int64_t most_unpacked = 100 << 20;  // bytes; nor a chart that unpacks to more. Source: helm.sh/helm/v3/pkg/chart/loader

// FOLDER/Chart.yaml, not FOLDER/charts/a/Chart.yaml.
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

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

// Nothing if it is not whole, or too large.
std::optional<std::string> content_of(Archive const& tar, archive_entry* entry) {
  auto const size = archive_entry_size(entry);
  if (size < 0 || size > most_of_a_file) return {};
  std::string content(static_cast<std::size_t>(size), '\0');
  auto const read = archive_read_data(tar.get(), content.data(), content.size());
  return read == size ? std::optional(std::move(content)) : std::nullopt;
}

// Nothing where the archive breaks off before it is known what it holds.
std::optional<Texts> texts_in(Archive const& tar) {
  Texts texts;
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  // A warning is about the entry's name, such as one that this locale can't write: it is another file's then.
  auto const is_entry = [&] { return status == ARCHIVE_OK || status == ARCHIVE_WARN; };
  while (!(texts.chart && texts.values) && (status = archive_read_next_header(tar.get(), &entry), is_entry())) {
    if (archive_entry_size(entry) > most_unpacked - archive_filter_bytes(tar.get(), 0)) return {};
    char const* path = archive_entry_pathname(entry);
    if (!path || archive_entry_filetype(entry) != AE_IFREG) continue;
    for (auto const& [name, text] : {std::pair{"Chart.yaml", &texts.chart}, std::pair{"values.yaml", &texts.values}})
      if (!*text && names(path, name) && !(*text = content_of(tar, entry))) return {};
  }
  return is_entry() || status == ARCHIVE_EOF ? std::optional(std::move(texts)) : std::nullopt;
}

std::optional<Texts> texts_of_archive(std::string const& path, std::string* why) {
  auto const bytes = clients::read_file(path, why);
  if (!bytes) return {};
  Archive const tar(archive_read_new(), archive_read_free);
  archive_read_support_filter_gzip(tar.get());
  archive_read_support_format_tar(tar.get());
  bool const is_archive = archive_read_open_memory(tar.get(), bytes->data(), bytes->size()) == ARCHIVE_OK;
  auto texts = is_archive ? texts_in(tar) : std::nullopt;
  if (texts && texts->chart) {
    texts->digest = base::sha256_hex(*bytes);
    return texts;
  }
  *why = path + (texts && archive_file_count(tar.get()) > 0 ? " holds no Chart.yaml" : " is no chart archive, or a part of one");
  return {};
}

}  // namespace

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
