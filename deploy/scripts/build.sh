#!/usr/bin/env bash
# build.sh PRESET [TARGET...]: configures when needed and builds, everything when no target is named.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

preset=$1
shift
cd "$root"
if [ ! -f "build/$preset/build.ninja" ]; then
  mkdir -p build
  cmake --preset "$preset" >"build/configure-$preset.log" 2>&1 ||
    { tail -n 40 "build/configure-$preset.log" >&2; die "cmake could not configure the preset $preset"; }
fi
cmake --build "build/$preset" ${1:+--target "$@"}
