#include "values/masked.h"

#include <algorithm>

#include "base/secrecy.h"
#include "base/text.h"
#include "values/outline.h"

namespace values {
namespace {

constexpr auto hidden = "(hidden)";

class Mask {
 public:
  Mask(std::string_view text, MayBeShown const& may_be_shown) : text_(text), may_be_shown_(may_be_shown) {}

  std::string text(Node const& root) {
    look(root);
    std::string out;
    std::size_t at = 0;
    for (auto const& span : spans_) {
      out += text_.substr(at, span.begin - at);
      out += hidden_lines(text_.substr(span.begin, span.end - span.begin));
      at = span.end;
    }
    return out + std::string(text_.substr(at));
  }

 private:
  void look(Node const& node) {
    switch (node.kind) {
      case Node::Kind::map:
        for (auto const& entry : node.entries) {
          path_.push_back(entry.key.text);
          look(entry.value);
          path_.pop_back();
        }
        break;
      case Node::Kind::list:
        path_.push_back("[]");
        for (auto const& item : node.items) look(item);
        path_.pop_back();
        break;
      case Node::Kind::scalar:
        if (!may_be_shown_(path_, value_of(node))) spans_.push_back(node.span);
        break;
      case Node::Kind::alias: break;
    }
  }

  base::Json value_of(Node const& node) const {
    auto const written = text_.substr(node.span.begin, node.span.end - node.span.begin);
    return written.empty() || written.front() == '&' || written.front() == '!' || node.block ? base::Json(node.text) : base::parse_yaml(written).value_or(node.text);
  }

  static std::string hidden_lines(std::string_view value) {
    std::string out = hidden;
    for (auto at = value.find('\n'); at != std::string_view::npos; at = value.find('\n', at + 1)) {
      auto const blanks = std::min(value.find_first_not_of(' ', at + 1), value.size()) - at - 1;
      out += "\n" + std::string(blanks, ' ') + hidden;
    }
    return out;
  }

  std::string_view text_;
  MayBeShown const& may_be_shown_;
  std::vector<std::string> path_;
  std::vector<Span> spans_;
};

std::string without_telling_comment(std::string const& line) {
  auto const sign = line.find('#');
  bool const tells = sign != std::string::npos && base::carries_a_secret(std::string_view(line).substr(sign));
  return tells ? line.substr(0, sign) + "# " + hidden : line;
}

}  // namespace

std::string masked(std::string_view text, MayBeShown const& may_be_shown) {
  Trouble trouble;
  auto const root = outline(text, trouble);
  if (!root) return hidden;
  auto lines = base::split(Mask(text, may_be_shown).text(*root), '\n');
  std::transform(lines.begin(), lines.end(), lines.begin(), without_telling_comment);
  return base::join(lines, "\n");
}

}  // namespace values
