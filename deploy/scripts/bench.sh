#!/usr/bin/env bash
# make bench: builds and runs every benchmark, one after the other on an otherwise idle machine.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$root/deploy/scripts/install.sh" build servers statistics
"$root/deploy/scripts/build.sh" release sepakat_benches
for bench in "$root"/build/release/bench/*; do
  "$bench"
done
