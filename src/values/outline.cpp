#include "values/outline.h"

#include <yaml.h>

#include <algorithm>
#include <memory>
#include <set>

#include "base/text.h"

namespace values {
namespace {

constexpr int deepest = 100;
constexpr std::size_t largest = 4u << 20;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

struct Stop {
  Trouble trouble;
};

std::string string_of(yaml_char_t const* text) { return text ? reinterpret_cast<char const*>(text) : ""; }

// Where each character begins: libyaml counts characters, and leaves a byte order mark out.
std::vector<std::size_t> starts_of_characters(std::string_view text) {
  std::vector<std::size_t> starts;
  for (auto at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0; at < text.size();) {
    starts.push_back(at);
    at += std::max<std::size_t>(base::utf8_size(text.substr(at)), 1);
  }
  starts.push_back(text.size());
  return starts;
}

// Of a text after | or >: libyaml's end is behind the empty lines that follow it, which belong to it only after |+.
std::size_t end_of_block(std::string_view text, Span span) {
  auto const header = text.substr(span.begin, text.find('\n', span.begin) - span.begin);
  bool const keeps = header.substr(0, header.find('#')).find('+') != std::string_view::npos;
  auto end = span.end;
  for (;;) {
    auto const line = end > 0 ? text.rfind('\n', end - 1) : std::string_view::npos;
    if (line == std::string_view::npos || line < span.begin || !base::trim(text.substr(line, end - line)).empty()) return end;
    end = line > 0 && text[line - 1] == '\r' ? line - 1 : line;
    if (keeps) return end;
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), starts_(starts_of_characters(text)) {
    if (!yaml_parser_initialize(&parser_)) throw std::bad_alloc();
    yaml_parser_set_input_string(&parser_, reinterpret_cast<unsigned char const*>(text.data()), text.size());
  }
  ~Reader() {
    drop();
    yaml_parser_delete(&parser_);
  }
  Reader(Reader const&) = delete;
  Reader& operator=(Reader const&) = delete;

  Node read() {
    next();
    next();
    if (event_.type == YAML_STREAM_END_EVENT) return nothing();
    next();
    auto root = node(0);
    next();
    next();
    if (event_.type != YAML_STREAM_END_EVENT) stop("a second document begins, and Helm reads only the first; keep one of them");
    if (root.kind == Node::Kind::scalar && is_null(root)) return nothing();
    if (root.kind != Node::Kind::map) throw Stop{{"it is no map of keys and values", 1, 1}};
    return root;
  }

 private:
  [[noreturn]] void stop(std::string const& why) const { throw Stop{{why, event_.start_mark.line + 1, event_.start_mark.column + 1}}; }

  Node nothing() const {
    Node node;
    node.kind = Node::Kind::map;
    node.span = {0, text_.size()};
    return node;
  }

  bool is_null(Node const& node) const {
    auto const written = text_.substr(node.span.begin, node.span.end - node.span.begin);
    return written.empty() || written == "~" || written == "null";
  }

  void drop() {
    if (has_event_) yaml_event_delete(&event_);
    has_event_ = false;
  }

  void next() {
    drop();
    if (!yaml_parser_parse(&parser_, &event_)) throw Stop{trouble()};
    has_event_ = true;
  }

  Trouble trouble() const {
    std::string const why = parser_.problem ? parser_.problem : "it is no YAML";
    if (parser_.error == YAML_READER_ERROR) {
      auto const at = std::min(parser_.problem_offset, text_.size());
      return {why, line_of(text_, at), at - (text_.substr(0, at).rfind('\n') + 1) + 1};
    }
    auto const context = parser_.context ? " (" + std::string(parser_.context) + ")" : "";
    return {why + context, parser_.problem_mark.line + 1, parser_.problem_mark.column + 1};
  }

  std::size_t byte(yaml_mark_t const& mark) const { return starts_[std::min(mark.index, starts_.size() - 1)]; }

  Node node(int depth) {
    if (depth > deepest) stop("it is nested too deeply");
    Node node;
    node.span = {byte(event_.start_mark), byte(event_.end_mark)};
    switch (event_.type) {
      case YAML_ALIAS_EVENT:
        node.kind = Node::Kind::alias;
        node.anchor = string_of(event_.data.alias.anchor);
        break;
      case YAML_SCALAR_EVENT: scalar(node); break;
      case YAML_SEQUENCE_START_EVENT: list(node, depth); break;
      default: map(node, depth);
    }
    return node;
  }

  void scalar(Node& node) const {
    auto const& seen = event_.data.scalar;
    node.anchor = string_of(seen.anchor);
    node.text.assign(reinterpret_cast<char const*>(seen.value), seen.length);
    node.block = seen.style == YAML_LITERAL_SCALAR_STYLE || seen.style == YAML_FOLDED_SCALAR_STYLE;
    if (node.block) node.span.end = end_of_block(text_, node.span);
  }

  void list(Node& list, int depth) {
    list.kind = Node::Kind::list;
    list.anchor = string_of(event_.data.sequence_start.anchor);
    list.flow = event_.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    for (next(); event_.type != YAML_SEQUENCE_END_EVENT; next()) {
      list.items.push_back(node(depth + 1));
      list.span.end = std::max(list.span.end, list.items.back().span.end);
    }
    if (list.flow) list.span.end = byte(event_.end_mark);
  }

  void map(Node& map, int depth) {
    map.kind = Node::Kind::map;
    map.anchor = string_of(event_.data.mapping_start.anchor);
    map.flow = event_.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    std::set<std::string> known;
    for (next(); event_.type != YAML_MAPPING_END_EVENT; next()) {
      auto key = node(depth + 1);
      if (key.kind == Node::Kind::scalar && !known.insert(key.text).second)
        throw Stop{{"the key " + key.text + " is there a second time, and Helm takes only one of them; keep one", line_of(text_, key.span.begin),
                    key.span.begin - (text_.substr(0, key.span.begin).rfind('\n') + 1) + 1}};
      next();
      map.entries.push_back({std::move(key), node(depth + 1)});
      map.span.end = std::max(map.span.end, map.entries.back().value.span.end);
    }
    if (map.flow) map.span.end = byte(event_.end_mark);
  }

  std::string_view text_;
  std::vector<std::size_t> starts_;
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool has_event_ = false;
};

}  // namespace

std::optional<Node> outline(std::string_view text, Trouble& trouble) {
  if (text.size() > largest) trouble = {"it has more than 4 MiB, which are no values of Coder", 0, 0};
  else if (base::valid_utf8(text) != text) trouble = {"it is not written in UTF-8", 0, 0};
  else try {
    return Reader(text).read();
  } catch (Stop const& stop) {
    trouble = stop.trouble;
  }
  return {};
}

std::string to_text(Trouble const& trouble) {
  if (trouble.line == 0) return trouble.why;
  return "line " + std::to_string(trouble.line) + ", column " + std::to_string(trouble.column) + ": " + trouble.why;
}

Entry const* find(Node const& map, std::string_view key) {
  auto const& all = map.entries;
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& entry) { return entry.key.kind == Node::Kind::scalar && entry.key.text == key; });
  return found == all.end() ? nullptr : &*found;
}

std::size_t line_of(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), '\n'));
}

}  // namespace values
