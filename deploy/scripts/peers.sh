#!/usr/bin/env bash
# What SEPAKAT is measured beside, by name and pinned version, below build/tools/peers. (PostgreSQL and R are Debian
# packages: install.sh.)
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

# Compiled from tests/bench/peers/streams, its libraries from Maven Central.
streams_peer() {
  local source="$root/tests/bench/peers/streams" folder="$peers/streams"
  local now; now=$(find "$source" -type f -print0 | sort -z | xargs -0 cksum | cksum)
  [ "$(cat "$folder/.installed" 2>/dev/null)" != "$now" ] || return 0
  rm -rf "$folder"
  mkdir -p "$folder"
  say "building the Kafka Streams peer (Maven)"
  mvn -q -B -f "$source/pom.xml" -Dpeer.output="$folder" compile dependency:build-classpath \
    -Dmdep.outputFile="$folder/classpath.txt" >"$peers/streams.log" 2>&1 ||
    { tail -n 5 "$peers/streams.log" >&2; say "Kafka Streams cannot be had: its rows will be empty"; return 0; }
  echo "$now" >"$folder/.installed"
}

mkdir -p "$peers"
[ $# -gt 0 ] || set -- duckdb chdb streams
for peer in "$@"; do
  case "$peer" in
    duckdb) npm_peer duckdb "$duckdb" ;;
    chdb) npm_peer chdb "$chdb" ;;
    streams) streams_peer ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
  esac
done
