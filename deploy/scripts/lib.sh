# Shared by the scripts of this folder; sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools="$root/build/tools"
export PATH="$tools/node/bin:$PATH"

# Node.js from npm brings its own list of certificate authorities; a network with one of its own has it in the system's.
system_authorities=/etc/ssl/certs/ca-certificates.crt
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r "$system_authorities" ]; then
  export NODE_EXTRA_CA_CERTS="$system_authorities"
fi

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# A free TCP port of the loopback, below the range from which the kernel gives ports to clients.
free_port() {
  local port
  for _ in $(seq 100); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  die "no free port between 20000 and 32000 on 127.0.0.1"
}

# wait_until SECONDS WHAT COMMAND...: polls COMMAND until it succeeds; fails after SECONDS.
wait_until() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || { say "error: $what is not ready in time"; return 1; }
    sleep 0.1
  done
}

# stop_process PID [SECONDS]: asks it to end, then makes it.
stop_process() {
  local pid=$1 end=$((SECONDS + ${2:-15}))
  kill -TERM "$pid" 2>/dev/null || return 0
  while kill -0 "$pid" 2>/dev/null; do
    [ "$SECONDS" -lt "$end" ] || { kill -KILL "$pid" 2>/dev/null; return 0; }
    sleep 0.1
  done
}
