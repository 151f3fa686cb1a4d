#include "values/defaults.h"

#include "values/tree.h"

namespace values {
namespace {

class Comparison {
 public:
  Comparison(state::Values const& own, state::Values const& defaults) : own_(own), defaults_(defaults) {}

  void look(base::Json const& own, base::Json const* by_default, std::string const& name) {
    if (!own.members().empty() && (!by_default || by_default->is_object() || by_default->is_null())) {
      for (auto const& [key, value] : own.members()) look(value, by_default ? by_default->find(key) : nullptr, name.empty() ? key : name + "." + key);
      return;
    }
    if (name.empty()) return;
    auto const kind = !by_default ? Compared::Kind::extra : same(own, *by_default) ? Compared::Kind::same : Compared::Kind::other;
    found.push_back({kind, name, text_of(own_, name), by_default ? text_of(defaults_, name) : ""});
  }

  std::vector<Compared> found;

 private:
  static std::string text_of(state::Values const& flat, std::string const& name) {
    auto const at = flat.set.find(name);
    return at == flat.set.end() ? "{…}" : at->second;
  }

  state::Values const& own_;
  state::Values const& defaults_;
};

}  // namespace

std::vector<Compared> compared(base::Json const& own, base::Json const& defaults, state::Values const& own_flat, state::Values const& default_flat) {
  Comparison comparison(own_flat, default_flat);
  comparison.look(own, &defaults, "");
  return std::move(comparison.found);
}

}  // namespace values
