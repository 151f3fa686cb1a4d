#include "cli/told.h"

#include <cstdio>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

#include "cli/commands.h"
#include "render/yaml.h"

namespace cli {

using base::Json;

Told::Told(std::string const& command, state::Request const& request, Format format)
    : format_(format),
      document_(Json::Object{{"format", "helm-coder-outcome/1"}, {"version", HELM_CODER_VERSION}, {"command", command},
                             {"release", request.release}, {"namespace", request.name_space}, {"exitCode", Json()},
                             {"preflight", Json()}, {"diagnosis", Json()}, {"ways", Json::Array{}}, {"plan", Json()}, {"outcome", Json()}}) {
  if (format_ == Format::table) return;
  std::fflush(stdout);
  output_ = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (output_ < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) throw std::runtime_error("standard output can't be kept for the result");
}

Told::~Told() { restore(); }

void Told::restore() {
  if (output_ < 0) return;
  std::fflush(stdout);
  dup2(output_, STDOUT_FILENO);
  close(output_);
  output_ = -1;
}

void Told::say(char const* member, Json json) { document_.set(member) = std::move(json); }
void Told::add(char const* list, Json json) { document_.set(list).add(std::move(json)); }

int Told::end(int exit_code) {
  restore();
  say("exitCode", exit_code);
  if (format_ != Format::table) print(format_ == Format::yaml ? render::yaml(document_) : base::to_pretty_text(document_));
  return exit_code;
}

}  // namespace cli
