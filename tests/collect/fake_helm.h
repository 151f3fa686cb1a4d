#pragma once

#include "clients/helm.h"
#include "clients/scratch.h"

// A helm that writes down how it was called and does what a test says.
struct FakeHelm {
  scratch::Folder folder;
  scratch::Variable bin{"HELM_BIN", (folder / "helm").string()};
  scratch::Variable config{"HELM_REPOSITORY_CONFIG", (folder / "repositories.yaml").string()};
  scratch::Variable cache{"HELM_REPOSITORY_CACHE", folder.path()};
  FakeHelm() { program("exit 1"); }

  void program(std::string const& body) {
    scratch::script(folder / "helm", "echo \"$*\" >> " + (folder / "calls").string() + "\n" + body);
  }
  clients::Helm helm() const { return *clients::Helm::find(nullptr); }
  std::string calls() const { return scratch::text_of(folder / "calls"); }
};
