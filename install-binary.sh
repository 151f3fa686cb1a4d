#!/bin/sh
# Leaves a bin/helm-coder that runs in the folder of this script. `helm plugin install` and `helm plugin update` call it.
#
#   install-binary.sh       keeps one of the right version that is there already
#   install-binary.sh -u    replaces it
#
# Without further ado it builds from source. To install a binary that was built elsewhere:
#   HELM_CODER_ARCHIVE=FILE     an archive on this machine; its SHA-256 in HELM_CODER_SHA256 or in FILE.sha256
#   HELM_CODER_BASE_URL=URL     a folder that holds helm-coder-VERSION-OS-ARCH.tar.gz and the same with .sha256
# An archive holds the one file helm-coder. Nothing is installed whose checksum is missing or wrong.
set -eu

say() { printf 'helm coder: %s\n' "$*"; }
fail() {
  printf 'helm coder: %s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
version=$(sed -n 's/^version: *"\{0,1\}\([^" ]*\).*/\1/p' "$here/plugin.yaml")
work=''
trap 'rm -rf "${work:-/nonexistent}"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

is_ours() { [ -x "$1" ] && [ "$("$1" version 2>/dev/null)" = "helm coder $version" ]; }

# Under its final name only when it is whole and runs.
put() {
  mkdir -p "$here/bin"
  cp "$1" "$here/bin/.helm-coder.new"
  chmod 755 "$here/bin/.helm-coder.new"
  if ! words=$("$here/bin/.helm-coder.new" version 2>&1); then
    rm -f "$here/bin/.helm-coder.new"
    fail "the new helm-coder does not run on this machine: $words"
  fi
  mv -f "$here/bin/.helm-coder.new" "$here/bin/helm-coder"
  say "installed $words"
}

sha256_of() {
  if have sha256sum; then
    sha256sum "$1"
  elif have shasum; then
    shasum -a 256 "$1"
  else
    openssl dgst -sha256 -r "$1"
  fi | sed '1s/^\\\{0,1\}\([0-9a-f]*\).*/\1/'
}

check_sum() {
  archive=$1 wanted=$2
  have sha256sum || have shasum || have openssl ||
    fail "no program to check a SHA-256 with; install sha256sum, shasum or openssl"
  case $wanted in
    *[!0-9a-f]*) fail "\"$wanted\" is no SHA-256 for $archive" ;;
  esac
  [ ${#wanted} -eq 64 ] || fail "no SHA-256 for $archive: set HELM_CODER_SHA256, or put it into $archive.sha256"
  found=$(sha256_of "$archive")
  [ "$found" = "$wanted" ] || fail "$archive is not what it should be: its SHA-256 is $found, not $wanted"
}

first_word_of() { [ ! -r "$1" ] || sed -n '1s/[[:space:]].*//;1p' "$1"; }

install_archive() {
  [ -r "$1" ] || fail "HELM_CODER_ARCHIVE=$1 can't be read"
  wanted=${HELM_CODER_SHA256:-}
  [ -n "$wanted" ] || wanted=$(first_word_of "$1.sha256")
  check_sum "$1" "$(printf %s "$wanted" | tr 'A-F' 'a-f')"
  tar -xzf "$1" -C "$work" helm-coder || fail "$1 does not hold the file helm-coder"
  put "$work/helm-coder"
}

platform() {
  os=$(uname -s | tr '[:upper:]' '[:lower:]')
  arch=$(uname -m)
  case $arch in
    x86_64) arch=amd64 ;;
    aarch64) arch=arm64 ;;
  esac
  printf '%s-%s' "$os" "$arch"
}

fetch() {
  if have curl; then
    curl -fsSL --retry 2 -o "$2" "$1"
  elif have wget; then
    wget -q -O "$2" "$1"
  else
    fail "no program to download with; install curl or wget, or set HELM_CODER_ARCHIVE"
  fi || fail "$1 could not be downloaded"
}

install_from_url() {
  name=helm-coder-$version-$(platform).tar.gz
  say "downloading $name"
  fetch "${1%/}/$name" "$work/$name"
  [ -n "${HELM_CODER_SHA256:-}" ] || fetch "${1%/}/$name.sha256" "$work/$name.sha256"
  install_archive "$work/$name"
}

# What the build needs and this machine lacks, as Debian's packages; empty where nothing can be said.
missing_packages() {
  have dpkg-query || return 0
  while read -r package; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q ' installed$' || printf '%s ' "$package"
  done <"$here/packages.txt"
}

install_packages() {
  [ "$(id -u)" = 0 ] || return 1
  have apt-get || return 1
  say "installing what the build needs: $1"
  # shellcheck disable=SC2086 # words on purpose
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --no-remove $1; } \
    </dev/null >"$work/apt.log" 2>&1 || { tail -n 20 "$work/apt.log" >&2 && fail "apt-get could not install them"; }
}

missing_tools() {
  for tool in cmake ninja "${CXX:-c++}"; do
    have "$tool" || printf '%s ' "$tool"
  done
}

configure() { cmake -S "$here" -B "$here/build/release" -G Ninja -DCMAKE_BUILD_TYPE=Release </dev/null >"$work/configure.log" 2>&1; }

# A machine where the configuration works has what it takes, wherever that came from.
prepare() {
  [ -z "$(missing_tools)" ] && configure && return 0
  packages=$(missing_packages)
  if [ -n "$packages" ]; then
    install_packages "$packages" || fail "to build helm-coder, packages are missing. Install them and try again:
  sudo apt-get install $packages"
  fi
  tools=$(missing_tools)
  [ -z "$tools" ] || fail "to build helm-coder, these programs are missing: $tools
Install them and the libraries that README.md lists; or set HELM_CODER_ARCHIVE or HELM_CODER_BASE_URL to install a binary."
  configure || {
    grep -A 6 'CMake Error' "$work/configure.log" | head -n 30 >&2
    fail "the build can't be configured; README.md lists what it needs"
  }
}

build() {
  say "building from source, which takes some minutes"
  prepare
  cmake --build "$here/build/release" --target helm-coder </dev/null >"$work/build.log" 2>&1 || {
    grep -E -A 5 'error:|FAILED' "$work/build.log" | head -n 40 >&2
    fail "the build failed"
  }
  put "$here/build/release/bin/helm-coder"
}

update=''
case ${1:-} in
  '') ;;
  -u) update=yes ;;
  *) fail "unknown argument $1; it takes -u or nothing" ;;
esac
[ -n "$version" ] || fail "$here/plugin.yaml names no version"
if [ -z "$update" ] && is_ours "$here/bin/helm-coder"; then
  exit 0
fi
work=$(mktemp -d)
if [ -n "${HELM_CODER_ARCHIVE:-}" ]; then
  install_archive "$HELM_CODER_ARCHIVE"
elif [ -n "${HELM_CODER_BASE_URL:-}" ]; then
  install_from_url "$HELM_CODER_BASE_URL"
else
  build
fi
