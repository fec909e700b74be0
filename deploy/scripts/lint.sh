#!/usr/bin/env bash
# lint.sh: formatting and clang-tidy must both find nothing. lint.sh format: formats instead.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$root/deploy/scripts/install.sh" build servers style
cd "$root"
mapfile -t files < <(git ls-files '*.cc' '*.h')
if [ "${1:-}" = format ]; then
  clang-format -i "${files[@]}"
  exit
fi
clang-format --dry-run -Werror "${files[@]}"
"$root/deploy/scripts/build.sh" release sepakat_protos
mapfile -t sources < <(git ls-files '*.cc')
run-clang-tidy -quiet -p build/release -j "$(nproc)" "${sources[@]/#/^$root/}" 2>build/tidy.log >build/tidy.txt ||
  { grep -E '(warning|error):' -A 3 build/tidy.txt; die "clang-tidy found the above"; }
say "lint: nothing found in ${#files[@]} files"
