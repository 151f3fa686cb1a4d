#include "values/sheet.h"

#include <algorithm>

#include "base/text.h"

namespace values {

std::string quoted(std::string const& key, char quote) { return quote ? quote + key + quote : key; }

Sheet::Sheet(std::string_view text) : text_(text), lines_(text) {
  Trouble trouble;
  auto root = outline(text, trouble);
  if (!root) throw Refused{to_text(trouble)};
  root_ = std::move(*root);
}

char Sheet::quote_of(Node const& key) const {
  char const first = key.span.begin < text_.size() ? text_[key.span.begin] : 0;
  return first == '"' || first == '\'' ? first : 0;
}

void Sheet::must_be_open(Node const& node, Path const& path, std::size_t depth) const {
  auto const name = base::join({path.begin(), path.begin() + static_cast<std::ptrdiff_t>(depth)}, ".");
  auto const where = (name.empty() ? "the file" : name) + " (" + line_words(node.span.begin) + ")";
  if (node.kind == Node::Kind::alias) throw Refused{where + " is only a reference to what stands at &" + node.anchor};
  if (node.kind == Node::Kind::map && find(node, "<<")) throw Refused{where + " takes in another map with <<"};
}

Way Sheet::way(Path const& path) const {
  Way way;
  auto const* node = &root_;
  for (auto const& key : path) {
    must_be_open(*node, path, way.entries.size());
    auto const* entry = node->kind == Node::Kind::map ? find(*node, key) : nullptr;
    if (!entry) throw Refused{base::join(path, ".") + " can't be found where it stands"};
    way.maps.push_back(node);
    way.entries.push_back(entry);
    node = &entry->value;
  }
  return way;
}

std::pair<Node const*, std::size_t> Sheet::nearest(Path const& path) const {
  auto const* node = &root_;
  for (std::size_t depth = 0;; ++depth) {
    must_be_open(*node, path, depth);
    auto const* entry = depth + 1 < path.size() ? find(*node, path[depth]) : nullptr;
    if (!entry) return {node, depth};
    bool const nothing = entry->value.kind == Node::Kind::scalar && is_null(entry->value);
    if (entry->value.kind == Node::Kind::scalar && !nothing) throw Refused{path[depth] + " (" + line_words(entry->key.span.begin) + ") is no map"};
    if (entry->value.kind == Node::Kind::list) throw Refused{path[depth] + " (" + line_words(entry->key.span.begin) + ") is a list"};
    node = &entry->value;
    if (nothing) return {node, depth + 1};
  }
}

bool Sheet::is_null(Node const& node) const {
  auto const written = cut(node.span);
  return written.empty() || written == "~" || written == "null";
}

void Sheet::must_stand_alone(Entry const& entry) const {
  if (!lines_.begins_line(entry.key.span.begin)) throw Refused{line_words(entry.key.span.begin) + " begins in a way that can't be taken apart"};
}

// Edits do not overlap; of two at one place the one that only puts comes first.
std::string Sheet::result() {
  std::stable_sort(edits_.begin(), edits_.end(), [](auto const& a, auto const& b) {
    return std::pair(a.span.begin, a.span.end) < std::pair(b.span.begin, b.span.end);
  });
  std::string out;
  std::size_t at = 0;
  for (auto const& edit : edits_) {
    if (edit.span.begin < at) throw Refused{"two changes of it meet in " + line_words(edit.span.begin)};
    out += text_.substr(at, edit.span.begin - at);
    if (edit.lines && !out.empty() && out.back() != '\n' && out != "\xef\xbb\xbf") out += lines_.line_break();
    out += edit.text;
    at = edit.span.end;
  }
  out += text_.substr(at);
  bool const unfinished = !text_.empty() && text_.back() != '\n';
  while (unfinished && !out.empty() && (out.back() == '\n' || out.back() == '\r')) out.pop_back();
  return out;
}

}  // namespace values
