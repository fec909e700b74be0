#!/usr/bin/env bash
# Adds up the JUnit files of all runners and prints what failed, what was skipped and why, and one closing line.
#
#   count-tests.sh BUILD [BROKEN-RUNNER...]
#
# BUILD/ctest.xml names the C++ binaries, BUILD/test-results/NAME.xml has the cases of one of them or of another runner.
# A binary that failed without telling a failed case (it crashed or ran out of time) counts as one. A runner that ended
# with an error is always named and counts as one more beside the cases that failed. Exit status 0 only when nothing
# failed.
set -euo pipefail

build=$1
shift
shopt -s nullglob

# One line per test case: result, name, reason.
cases() {
  awk '
    function attribute(text, name,    at) {
      at = match(text, "(^|[ \t])" name "=\"[^\"]*\"")
      if (!at) return ""
      text = substr(text, RSTART, RLENGTH)
      sub(/^[^"]*"/, "", text); sub(/"$/, "", text)
      gsub(/&#x0A;|&#10;|\n/, " ", text); gsub(/&quot;/, "\"", text); gsub(/&apos;|&#39;/, "\x27", text)
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&amp;/, "\\&", text)
      return text
    }
    function close_case() {
      if (open) printf "%s\t%s\t%s\n", result, name, reason
      open = 0
    }
    BEGIN { RS = "<" }
    /^testcase/ {
      close_case()
      open = 1; result = "passed"; reason = ""
      name = attribute($0, "classname") "." attribute($0, "name")
      if ($0 ~ /result="skipped"|status="(notrun|disabled)"/) result = "skipped"
      if ($0 ~ /status="fail"/) result = "failed"
    }
    /^(failure|error)[ >\/]/ && open { result = "failed" }
    /^skipped/ && open { if (result == "passed") result = "skipped"; reason = attribute($0, "message") }
    /^\/testsuite/ { close_case() }
    END { close_case() }
  ' "$1"
}

all=$(mktemp)
trap 'rm -f "$all"' EXIT
if [ -f "$build/ctest.xml" ]; then
  while IFS=$'\t' read -r result name reason; do
    name=${name##*.}
    told="$build/test-results/$name.xml"
    if [ ! -f "$told" ]; then
      printf '%s\t%s\t%s\n' "$result" "$name" "$reason"
    elif [ "$result" = failed ] && ! cases "$told" | grep -q '^failed'; then
      printf 'failed\t%s (ended with an error)\t\n' "$name"
    fi
  done < <(cases "$build/ctest.xml") >>"$all"
fi
for file in "$build"/test-results/*.xml; do cases "$file" >>"$all"; done
for runner in "$@"; do
  printf 'failed\t%s (ended with an error)\t\n' "$runner" >>"$all"
done

awk -F '\t' '
  $1 == "skipped" { where = $3; sub(/^[^ ]*:[0-9]+ */, "", where); printf "skipped: %s: %s\n", $2, where }
  $1 == "failed" { printf "failed: %s\n", $2 }
' "$all"
passed=$(grep -c '^passed' "$all" || true)
failed=$(grep -c '^failed' "$all" || true)
skipped=$(grep -c '^skipped' "$all" || true)
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
