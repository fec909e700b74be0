#!/usr/bin/env bash
# Fetches the DuckDB library from the npm package pinned in package.json and package-lock.json.
#
#   fetch_library.sh OUT_DIR
#
# Writes OUT_DIR/libduckdb.so and its licence (MIT) beside it. `sepakat measure` loads it when a Parquet file comes;
# Debian 12 has no reader of Parquet. Does nothing when the library is newer than the lock file. Where the package cannot
# be had it says so and ends well, for nothing else needs it: `sepakat measure` then refuses Parquet files with a sentence,
# the tests of Parquet fail, and the next build tries again.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?"usage: fetch_library.sh OUT_DIR"}
library="$out/libduckdb.so"

without_it() {
  say "note: $1; sepakat measure will not read Parquet files (every other format works)"
  exit 0
}

[ ! -s "$library" ] || [ "$library" -ot "$here/package-lock.json" ] || exit 0
case "$(uname -m)" in
  x86_64) package=@duckdb/node-bindings-linux-x64 ;;
  aarch64) package=@duckdb/node-bindings-linux-arm64 ;;
  *) without_it "there is no DuckDB package for $(uname -m)" ;;
esac
command -v npm >/dev/null || without_it "npm is not installed (deploy/packages.txt)"

work="$out/duckdb-npm"
rm -rf "$work"
mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$work/"
# A package of another machine is optional, so npm ends well without the one of this machine too: the file decides.
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 >npm.log 2>&1) || true
fetched="$work/node_modules/$package"
[ -s "$fetched/libduckdb.so" ] || without_it "npm could not fetch $package (log: $work/npm.log)"
cp "$fetched/LICENSE" "$out/LICENSE.duckdb"
mv "$fetched/libduckdb.so" "$library.new"
touch "$library.new"
mv "$library.new" "$library"
rm -rf "$work"
