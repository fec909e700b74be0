#!/usr/bin/env bash
# make test: builds, runs every test runner and closes with one line over all of them.
#
#   test.sh PRESET    release | ci | asan; asan runs the C++ tests only
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

preset=${1:-release}
build="$root/build/$preset"
export SEPAKAT_TEST_RESULTS="$build/test-results"
broken=()

# run NAME COMMAND...: a runner that fails is told at the end, and the next one still runs.
run() {
  say "== $1"
  "${@:2}" || broken+=("$1")
}

# Its own closing line would be the second one.
browser_tests() {
  SEPAKAT_PROGRAMS="$build/bin" "$root/deploy/scripts/web.sh" e2e | sed -E '/^[0-9]+ passed, [0-9]+ failed/d'
}

prepare() {
  local sections=(build servers statistics)
  [ "$preset" = asan ] || sections+=(browser counts)
  "$root/deploy/scripts/install.sh" "${sections[@]}" || exit 1
  "$root/deploy/scripts/kafka.sh" jars || exit 1
  [ "$preset" = asan ] || "$root/deploy/scripts/web.sh" build "$preset" || exit 1
  "$root/deploy/scripts/build.sh" "$preset" || exit 1
  rm -rf "$SEPAKAT_TEST_RESULTS"
  mkdir -p "$SEPAKAT_TEST_RESULTS"
}

prepare
run "C++ tests" ctest --test-dir "$build" --parallel 2 --output-on-failure --no-tests=error \
  --output-junit "$build/ctest.xml"
if [ "$preset" != asan ]; then
  run "web unit tests" "$root/deploy/scripts/web.sh" test
  run "browser tests" browser_tests
fi
"$root/deploy/scripts/count-tests.sh" "$build" "${broken[@]}"
