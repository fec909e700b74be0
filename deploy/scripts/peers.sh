#!/usr/bin/env bash
# What SEPAKAT is measured beside, by name and pinned version, below build/tools/peers.
#
#   peers.sh NAME...    duckdb | chdb | streams; all when none is named
#
# A peer that cannot be had is told and left out: its rows in the table of make bench say so. A second call returns
# at once.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

peers="$tools/peers"
duckdb=@duckdb/node-api@1.5.6-r.1
chdb=chdb@3.4.0

npm_peer() {
  local folder="$peers/$1" package=$2
  [ "$(cat "$folder/.installed" 2>/dev/null)" != "$package" ] || return 0
  rm -rf "$folder"
  mkdir -p "$folder"
  say "installing $package"
  npm install --silent --no-save --no-package-lock --no-audit --prefix "$folder" "$package" >"$peers/$1.log" 2>&1 ||
    { tail -n 5 "$peers/$1.log" >&2; say "$package cannot be had: its rows will be empty"; return 0; }
  echo "$package" >"$folder/.installed"
}

mkdir -p "$peers"
for peer in "${@:-duckdb chdb}"; do
  for name in $peer; do
    case "$name" in
      duckdb) npm_peer duckdb "$duckdb" ;;
      chdb) npm_peer chdb "$chdb" ;;
      *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
    esac
  done
done
