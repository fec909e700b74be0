#!/usr/bin/env bash
# Installs what is missing of deploy/packages.txt, and the pinned Node.js, which Debian 12 has too old.
#
#   install.sh SECTION...    e.g. install.sh build servers; the sections stand in the list
#
# A second call with nothing new to do returns at once. Needs root or sudo only when something is missing.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

list="$root/deploy/packages.txt"
node_version=22.23.3
npm_version=10.9.9

packages_of() {
  awk -v want="$1" '/^\[/ { here = $1 == "[" want "]" } here && /^[a-z0-9]/' "$list"
}

# A package counts as there when a program of its name is: npm may come from elsewhere and exclude Debian's.
missing_of() {
  local package
  for package in "$@"; do
    command -v "$package" >/dev/null || dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q ' installed$' || echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "packages are missing and this user is not root and has no sudo; as root run: $0 ${sections[*]}"
  fi
}

# Debian starts a server when its package is installed. Ours are started by tests on ports of their own, so this one
# must not start, now or at the next boot.
apt_install() {
  local policy=/usr/sbin/policy-rc.d log="$tools/apt.log" ours=
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
    ours=1
  fi
  local failed=
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 || failed=1
  [ -z "$ours" ] || as_root rm -f "$policy"
  [ -z "$failed" ] || { tail -n 20 "$log" >&2; die "apt-get could not install the packages above (log: $log)"; }
  case " $* " in
    *" redis-server "*) [ ! -d /run/systemd/system ] || as_root systemctl disable --quiet redis-server ;;
  esac
}

install_packages() {
  local wanted missing
  mapfile -t wanted < <(for section in "$@"; do packages_of "$section"; done)
  [ "${#wanted[@]}" -gt 0 ] || die "deploy/packages.txt has no section among: $*"
  mapfile -t missing < <(missing_of "${wanted[@]}")
  [ "${#missing[@]}" -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "this is not a Debian system; install by hand: ${missing[*]}"
  say "installing ${#missing[@]} Debian packages for: $* (a minute or two)"
  apt_install "${missing[@]}"
}

install_node() {
  local arch folder="$tools/node"
  [ "$(node --version 2>/dev/null)" != "v$node_version" ] || [ ! -x "$folder/bin/npm" ] || return 0
  case "$(uname -m)" in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) die "no Node.js package for $(uname -m)" ;;
  esac
  say "installing Node.js $node_version"
  mkdir -p "$folder"
  npm install --silent --no-save --no-package-lock --prefix "$folder" \
    "node-linux-$arch@$node_version" "npm@$npm_version" >"$tools/npm.log" 2>&1 ||
    { tail -n 20 "$tools/npm.log" >&2; die "npm could not install Node.js (log: $tools/npm.log)"; }
  ln -sfn node_modules/.bin "$folder/bin"
}

sections=("$@")
[ $# -gt 0 ] || { sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2; }
mkdir -p "$tools"
stamp="$tools/installed-$(IFS=-; echo "${sections[*]}")"
now=$(cat "$list" "${BASH_SOURCE[0]}" | cksum)
[ "$(cat "$stamp" 2>/dev/null)" != "$now" ] || exit 0
install_packages "${sections[@]}"
case " $* " in *" build "*) install_node ;; esac
case " $* " in *" servers "*) "$root/deploy/scripts/kafka.sh" jars ;; esac
echo "$now" >"$stamp"
