#!/usr/bin/env bash
# make run: from a bare machine to the demonstration register in a browser.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$root/deploy/scripts/install.sh" build
"$root/deploy/scripts/web.sh" build release
"$root/deploy/scripts/build.sh" release sepakat sepakat_regions sepakat_parquet
exec "$root/build/release/bin/sepakat" serve --data-dir "${SEPAKAT_DATA_DIR:-$root/data}" --demo "$@"
