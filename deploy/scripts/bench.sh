#!/usr/bin/env bash
# make bench: measures SEPAKAT beside its peers and ends with one table (docs/BENCHMARKS.md keeps one). Takes some minutes
# once built; the machine should have nothing else to do.
#
#   bench.sh PRESET [NAME...]    release | ci; all benchmarks, or those named
#   SIZE=1M|10M|90M              families of the national register (names national_*): 1M finishes in five minutes,
#                                10M is the published table, 90M measures our side of them alone and needs 12 GiB
#
# Every benchmark prints what it does and appends its rows to $SEPAKAT_BENCH_ROWS. The exit status is 1 when a
# benchmark fails or two sides gave different answers; a mark that is not reached is told in the table and fails nothing.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

preset=${1:-release}
shift || true
build="$root/build/$preset"
export SEPAKAT_BENCH_SIZE=${SIZE:-1M}
case "$SEPAKAT_BENCH_SIZE" in
  1M) limit_s=240 ;;
  10M | 90M) limit_s=900 ;;
  *) die "SIZE is 1M, 10M or 90M, not $SEPAKAT_BENCH_SIZE" ;;
esac
failed=()

prepare() {
  "$root/deploy/scripts/install.sh" build servers browser statistics peers &&
    "$root/deploy/scripts/kafka.sh" jars &&
    "$root/deploy/scripts/peers.sh" &&
    "$root/deploy/scripts/web.sh" build "$preset" &&
    "$root/deploy/scripts/build.sh" "$preset" sepakat_benches sepakat sepakat_regions \
      sepakat-{ingestion,targeting,budgeting,monitoring,gateway} || die "the benchmarks cannot be built"
}

version_of() { dpkg-query -W -f '${Version}' "$1" 2>/dev/null | sed 's/^[0-9]*://; s/-[^-]*$//'; }
load_average() { cut -d' ' -f1-3 /proc/loadavg; }

# The pinned version of an npm peer, or that it is not here.
npm_version_of() {
  sed 's/.*@//' "$root/build/tools/peers/$1/.installed" 2>/dev/null || echo "not installed"
}

describe_machine() {
  printf 'machine: %s, %s cores, %s GiB; Linux %s; %s\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
    "$(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)" "$(uname -r)" "$(c++ --version | head -n 1)"
  printf 'peers: librdkafka %s, RocksDB %s, Redis %s, Apache Kafka %s\n' "$(version_of librdkafka1)" \
    "$(version_of librocksdb7.8)" "$(version_of redis-server)" \
    "$(sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' "$root/deploy/kafka/pom.xml")"
  printf '       chDB %s, DuckDB %s, PostgreSQL %s, Kafka Streams %s, R %s; Node.js %s\n' \
    "$(npm_version_of chdb)" "$(npm_version_of duckdb)" "$(version_of postgresql-15)" \
    "$(sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' "$root/tests/bench/peers/streams/pom.xml")" \
    "$(version_of r-base-core)" "$(node --version)"
}

# Columns as wide as their widest field; fields stand between tabs.
print_table() {
  printf 'job\tinput\tours\tcompared with\tanswers\tours / peer\tmark\n' | cat - "$1" | awk -F '\t' '
    { for (i = 1; i <= 7; ++i) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } }
    END {
      for (row = 1; row <= NR; ++row) {
        line = rule = ""
        for (i = 1; i <= 7; ++i) {
          line = line sprintf("%-" width[i] "s  ", cell[row, i])
          rule = rule sprintf("%" width[i] "s  ", "")
        }
        sub(/ +$/, "", line)
        print line
        if (row == 1) { gsub(/ /, "-", rule); print rule }
      }
    }'
}

prepare
# Everything that the benchmarks write, also what one that is stopped leaves behind. PostgreSQL looks in as another user.
work=$(mktemp -d)
chmod 711 "$work"
trap 'rm -rf "$work"' EXIT
rows="$work/rows"
touch "$rows"
export TMPDIR="$work" SEPAKAT_BENCH_ROWS="$rows"
before=$(load_average)
for bench in "$build"/bench/*; do
  name=$(basename "$bench")
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  [ "$SEPAKAT_BENCH_SIZE" != 90M ] || [[ $name == national_* ]] || continue
  say "== $name"
  timeout "$limit_s" "$bench" || failed+=("$name")
done
printf '\n'
describe_machine
printf 'load average: %s before, %s after\n\n' "$before" "$(load_average)"
print_table "$rows"
[ ${#failed[@]} -eq 0 ] || die "failed or gave different answers: ${failed[*]}"
