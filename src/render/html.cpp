#include "render/html.h"

#include <algorithm>

#include "base/text.h"
#include "render/conclusion.h"
#include "render/words.h"

namespace render {
namespace html {

pugi::xml_node add(pugi::xml_node parent, char const* name, char const* style, std::string_view text) {
  auto child = render::add(parent, name, text);
  set(child, "class", style);
  return child;
}

void whisper(pugi::xml_node parent, std::string_view text) { add(parent, "span", "whisper", text); }

pugi::xml_node section(pugi::xml_node main, char const* id, std::string_view title, std::string_view remark) {
  auto made = render::add(main, "section");
  auto const heading = std::string(id) + "-heading";
  set(made, "id", id), set(made, "aria-labelledby", heading);
  auto head = render::add(made, "h2", title);
  set(head, "id", heading);
  if (!remark.empty()) add(head, "span", "remark", remark);
  return made;
}

}  // namespace html

namespace {

using html::add;
using report::Result;

constexpr char const* style =
#include "report.css.inc"
    ;

struct Kind {
  Result result;
  char const *id, *title, *word, *sign;
};
constexpr Kind kinds[] = {{Result::error, "errors", "Errors", "Error", "×"},
                          {Result::warning, "warnings", "Warnings", "Warning", "!"},
                          {Result::not_verified, "not-verified", "Not verified", "Not verified", "?"},
                          {Result::passed, "passed", "Passed", "Passed", "✓"},
                          {Result::not_asked, "not-asked", "Not asked", "Not asked", "·"}};

Kind const& kind_of(Result result) {
  return *std::find_if(std::begin(kinds), std::end(kinds), [&](auto const& kind) { return kind.result == result; });
}

char const* headline(report::Exit exit) {
  switch (exit) {
    case report::forbidden: return "Not yet: something forbids this upgrade";
    case report::held: return "Not now: another operation holds the release";
    case report::doubtful: return "Not quite: something is left to look at";
    case report::could_not_run: return "Not known: nothing was rehearsed";
    default: return "Clear: nothing that was seen forbids this upgrade";
  }
}

class Page {
 public:
  explicit Page(Document const& document) : document_(document) {}

  std::string text() {
    page_.append_child(pugi::node_doctype).set_value("html");
    auto root = render::add(page_, "html");
    set(root, "lang", "en");
    head(render::add(root, "head"));
    auto body = render::add(root, "body");
    set(add(body, "a", "skip", "Skip to the findings"), "href", "#findings");
    header(render::add(body, "header"));
    auto nav = render::add(body, "nav");
    auto main = render::add(body, "main");
    set(main, "id", "findings");
    for (auto const& kind : kinds)
      if (kind.result != Result::passed && kind.result != Result::not_asked) results(main, kind);
    html::add_changes(main, document_);
    html::add_rollbacks(main, document_);
    passed(main);
    results(main, kind_of(Result::not_asked));
    html::add_timings(main, document_);
    navigation(nav, main);
    footer(render::add(body, "footer"));
    return to_text(page_, pugi::format_indent | pugi::format_no_declaration);
  }

 private:
  // Nothing is fetched and nothing runs: a browser is told so, whatever a message may hold.
  void head(pugi::xml_node head) const {
    set(render::add(head, "meta"), "charset", "utf-8");
    auto const meta = [&](char const* key, char const* name, char const* content) {
      auto const one = render::add(head, "meta");
      set(one, key, name), set(one, "content", content);
    };
    meta("http-equiv", "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
    meta("name", "viewport", "width=device-width, initial-scale=1");
    meta("name", "color-scheme", "light dark");
    render::add(head, "title", title() + ", helm coder preflight");
    render::add(head, "style", style);
  }

  std::string title() const {
    auto const& s = document_.subject;
    return s.release + (s.from.empty() ? "" : " " + s.from) + (s.to.empty() ? "" : " → " + s.to);
  }

  void header(pugi::xml_node header) const {
    add(header, "p", "product", "helm coder preflight");
    render::add(header, "h1", title());
    auto const exit = report::verdict(document_.report, document_.strict);
    auto verdict = render::add(header, "div");
    set(verdict, "class", "verdict " + std::string(name_of(exit)));
    add(verdict, "p", "headline", headline(exit));
    tally(verdict);
    auto const [sentence, command, lacks_flags] = conclusion(document_);
    render::add(verdict, "p", sentence);
    if (!command.empty()) add(verdict, "pre", "command", command);
    if (lacks_flags) render::add(verdict, "p", "with the other flags for Helm that were given");
    facts(header);
  }

  void tally(pugi::xml_node parent) const {
    auto const count = report::tally(document_.report);
    std::string const texts[] = {base::count_of(count.errors, "error"), base::count_of(count.warnings, "warning"), std::to_string(count.unverified) + " not verified",
                                 std::to_string(count.passed) + " passed", std::to_string(count.not_asked) + " not asked"};
    auto list = add(parent, "ul", "tally");
    for (std::size_t i = 0; i < std::size(kinds); ++i) {
      if (kinds[i].result == Result::not_asked && count.not_asked == 0) continue;
      auto item = render::add(list, "li");
      mark(item, kinds[i]);
      render::add(item, "span", texts[i]);
    }
  }

  static void mark(pugi::xml_node parent, Kind const& kind) {
    auto const sign = render::add(parent, "span", kind.sign);
    set(sign, "class", "mark " + std::string(kind.id)), set(sign, "aria-hidden", "true");
  }

  void facts(pugi::xml_node header) const {
    auto const& s = document_.subject;
    auto list = add(header, "dl", "facts");
    auto const fact = [&](char const* name, std::string const& value) {
      if (value.empty()) return;
      auto pair = render::add(list, "div");
      render::add(pair, "dt", name), render::add(pair, "dd", value);
    };
    fact("Release", s.release), fact("Namespace", s.name_space);
    fact("Installed", s.from), fact("Target", s.to);
    fact("Helm", s.helm), fact("Kubernetes", s.kubernetes);
    if (s.rehearsed) fact("Rehearsed", base::count_of(s.rehearsed->requests, "request") + " in " + tenths(s.rehearsed->seconds) + " s");
    if (document_.at > 0) fact("Seen", when());
  }

  std::string when() const {
    auto text = utc(document_.at).substr(0, 16);
    text[10] = ' ';
    return text + " UTC";
  }

  void results(pugi::xml_node main, Kind const& kind) const {
    std::vector<report::Line const*> lines;
    for (auto const& line : document_.report.lines)
      if (line.result == kind.result) lines.push_back(&line);
    if (lines.empty()) return;
    auto part = html::section(main, kind.id, kind.title, std::to_string(lines.size()));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      auto article = add(part, "article", kind.id);
      heading(article, *lines[i], kind);
      // Several checks in a row often lack the same.
      auto const* reason = only_reason(*lines[i]);
      for (; reason && i + 1 < lines.size() && same_reason(reason, only_reason(*lines[i + 1])); ++i) heading(article, *lines[i + 1], kind);
      outcome(article, *lines[i]);
      explanation(article, *lines[i]);
    }
  }

  void heading(pugi::xml_node article, report::Line const& line, Kind const& kind) const {
    auto head = render::add(article, "h3");
    set(head, "id", line.code);
    mark(head, kind);
    html::whisper(head, std::string(kind.word) + ": ");
    render::add(head, "span", line.summary);
    add(head, "code", "code", line.code);
    if (line.ignore) add(head, "span", "remark", ignoring(line));
  }

  void outcome(pugi::xml_node article, report::Line const& line) const {
    auto list = add(article, "ul", "findings");
    for (auto const& each : line.outcome.findings) {
      auto item = render::add(list, "li");
      about(item, each.object, each.field);
      add(item, "p", "message", each.message.empty() ? "(no words)" : each.message);
      auto const text = to_text(each.remedy, document_.request);
      if (!text.empty()) remedy(item, text, std::holds_alternative<report::Command>(each.remedy));
    }
    for (auto const& each : line.outcome.unverified) {
      auto item = render::add(list, "li");
      about(item, each.object, "");
      add(item, "p", "message", (line.result == Result::not_verified ? "" : "not verified: ") + (each.why.empty() ? "(no words)" : each.why));
      if (!each.tell.empty()) remedy(item, each.tell, !each.tell.ends_with('.'));
    }
    for (auto const& each : line.result == Result::not_asked ? line.outcome.not_asked : std::vector<report::Unverified>()) {
      auto item = render::add(list, "li");
      about(item, each.object, "");
      add(item, "p", "message", each.why);
      if (!each.tell.empty()) remedy(item, each.tell, !each.tell.ends_with('.'));
    }
    if (!list.first_child()) article.remove_child(list);
  }

  static void about(pugi::xml_node item, std::string const& object, std::string const& field) {
    if (object.empty() && field.empty()) return;
    auto line = add(item, "p", "about");
    if (!object.empty()) add(line, "code", "object", object);
    if (!field.empty()) add(line, "code", "field", field);
  }

  static void remedy(pugi::xml_node item, std::string const& text, bool is_command) {
    auto box = add(item, "div", "remedy");
    add(box, "p", "label", "What to do");
    add(box, is_command ? "pre" : "p", is_command ? "command" : "advice", text);
  }

  // The check's page, so that whoever gets the report needs nothing else.
  void explanation(pugi::xml_node article, report::Line const& line) const {
    auto const page = document_.page_of ? document_.page_of(line.code) : std::string_view();
    if (page.empty()) return;
    auto details = render::add(article, "details");
    render::add(details, "summary", "More about " + line.code);
    add(details, "pre", "page", base::trim(page.substr(std::min(page.find('\n'), page.size()))));
  }

  void passed(pugi::xml_node main) const {
    auto const& kind = kind_of(Result::passed);
    auto const count = report::tally(document_.report).passed;
    if (count == 0) return;
    auto part = html::section(main, kind.id, kind.title, std::to_string(count));
    auto details = render::add(part, "details");
    render::add(details, "summary", "Show what was looked at and is well");
    auto list = add(details, "ul", "passed-list");
    for (auto const& line : document_.report.lines) {
      if (line.result != Result::passed) continue;
      auto item = render::add(list, "li");
      mark(item, kind);
      render::add(item, "span", line.summary);
      if (!line.detail.empty()) add(item, "span", "remark", line.detail);
      add(item, "code", "code", line.code);
    }
  }

  // A link to each section that there is.
  static void navigation(pugi::xml_node nav, pugi::xml_node main) {
    set(nav, "aria-label", "Sections");
    auto list = render::add(nav, "ul");
    for (auto part : main.children("section")) {
      auto const link = render::add(render::add(list, "li"), "a", part.child("h2").text().as_string());
      set(link, "href", "#" + std::string(part.attribute("id").as_string()));
    }
  }

  void footer(pugi::xml_node footer) const {
    render::add(footer, "p", "Made by helm coder " HELM_CODER_VERSION ". The upgrade was rehearsed only: nothing was changed. What may be a secret is hidden. "
                             "This page needs no network and runs no script.");
  }

  Document const& document_;
  pugi::xml_document page_;
};

}  // namespace

std::string html_page(Document const& document) { return Page(document).text(); }

}  // namespace render
