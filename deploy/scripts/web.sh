#!/usr/bin/env bash
# The web page: web.sh build | test | e2e. Installs its npm packages when the lock file changed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

web="$root/services/gateway/web"
cd "$web"
stamp=node_modules/.installed
if [ "$(cat "$stamp" 2>/dev/null)" != "$(cksum <package-lock.json)" ]; then
  say "installing the npm packages of the web page"
  mkdir -p "$tools"
  npm ci --silent >"$tools/npm-web.log" 2>&1 ||
    { tail -n 20 "$tools/npm-web.log" >&2; die "npm could not install the packages of the web page"; }
  cksum <package-lock.json >"$stamp"
fi

case "${1:-}" in
  build)
    inputs=$(find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -print0 | sort -z | xargs -0 cksum | cksum)
    [ "$(cat dist/.inputs 2>/dev/null)" != "$inputs" ] || exit 0
    say "building the web page"
    npm run --silent build >"$tools/web-build.log" 2>&1 ||
      { tail -n 40 "$tools/web-build.log" >&2; die "the web page does not build"; }
    find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -print0 | sort -z | xargs -0 cksum | cksum >dist/.inputs
    ;;
  test) npm test --silent -- --reporter=default --reporter=junit --outputFile.junit="$SEPAKAT_TEST_RESULTS/web.xml" ;;
  e2e) npm run --silent e2e ;;
  *) sed -n '2s/^# //p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
