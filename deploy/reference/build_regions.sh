#!/bin/sh
# Builds the region master of all Indonesia from the npm package pinned in package.json.
#
#   build_regions.sh OUT_DIR
#
# Writes OUT_DIR/regions.csv (`kode,nama`, dotted Kemendagri codes: 38 provinces, 514 regencies, 7,285
# districts, 83,762 villages) and, beside it, the licence of the data (ODbL 1.0) and the attribution that
# must travel with it. Does nothing when the result is already newer than the lock file. Exit code 1 with
# one sentence when the package cannot be had or is not what was pinned.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:?"usage: build_regions.sh OUT_DIR"}

fail() {
  echo "build_regions: $1" >&2
  exit 1
}

mkdir -p "$out"
if [ -s "$out/regions.csv" ] && [ "$out/regions.csv" -nt "$here/package-lock.json" ]; then
  exit 0
fi
command -v npm >/dev/null || fail "npm is not installed (deploy/packages.txt)"

work="$out/npm"
mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$work/"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1) ||
  fail "npm could not fetch the pinned package, see $work/npm.log"

data="$work/node_modules/idn-area-data/data"
for file in provinces regencies districts villages; do
  [ -s "$data/$file.csv" ] || fail "$file.csv is missing in the package"
done

# Every list is sorted by code; provinces have no parent column, the others have it second.
{
  echo "kode,nama"
  tail -n +2 "$data/provinces.csv"
  for file in regencies districts villages; do
    tail -n +2 "$data/$file.csv" | sed 's/^\([^,]*\),[^,]*,/\1,/'
  done
} | tr -d '\r' >"$out/regions.csv.new"

rows=$(wc -l <"$out/regions.csv.new")
[ "$rows" -eq 91600 ] || fail "expected 91,599 regions and a header, found $rows lines"
cp "$data/LICENSE.md" "$out/LICENSE.ODbL.md"
cp "$here/ATTRIBUTION" "$out/ATTRIBUTION"
mv "$out/regions.csv.new" "$out/regions.csv"
rm -rf "$work/node_modules"
