#!/usr/bin/env bash
# The web page: web.sh build PRESET | test | e2e. Installs its npm packages when the lock file changed.
#
# build puts the page and its OpenAPI file where the programs of that preset look for it: build/PRESET/web.
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

# A checksum over everything that the page is built from.
inputs() {
  find . ../openapi \( -path ./node_modules -o -path ./dist \) -prune -o -type f -print0 |
    sort -z | xargs -0 cksum | cksum
}

case "${1:-}" in
  build)
    inputs=$(inputs)
    if [ "$(cat dist/.inputs 2>/dev/null)" != "$inputs" ]; then
      say "building the web page"
      npm run --silent build >"$tools/web-build.log" 2>&1 ||
        { tail -n 40 "$tools/web-build.log" >&2; die "the web page does not build"; }
      inputs >dist/.inputs
    fi
    served="$root/build/${2:?preset}/web"
    if [ "$(cat "$served/.inputs" 2>/dev/null)" != "$(cat dist/.inputs)" ]; then
      rm -rf "$served"
      mkdir -p "$served"
      cp -r ../openapi/sepakat.v1.yaml dist/. "$served"
    fi
    ;;
  test) npm test --silent -- --reporter=default --reporter=junit --outputFile.junit="$SEPAKAT_TEST_RESULTS/web.xml" ;;
  e2e) npm run --silent e2e ;;
  *) sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
