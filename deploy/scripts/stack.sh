#!/usr/bin/env bash
# make stack: Apache Kafka, Redis and the five services as processes of their own, on free ports of 127.0.0.1.
#
#   SEPAKAT_STACK_DIR      keeps everything of the stack (settings, logs, data); default build/stack, emptied at the start
#   SEPAKAT_PROGRAMS       folder of the built programs; by default they are built first
#   SEPAKAT_STACK_RESTART  1: a part that ended is started again on its data, as a service manager would do
#
# Prints the addresses when every part answers, and writes them to env in the folder for the command line
# (`. build/stack/env`); pids lists the processes. Ends everything in reverse order on Ctrl-C or SIGTERM (exit status 0),
# and, unless parts are started again, when one part ends by itself (exit status 1). Nothing outlives this script, even
# when it is killed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

dir=${SEPAKAT_STACK_DIR:-$root/build/stack}
restart=${SEPAKAT_STACK_RESTART:-}
services=(ingestion targeting budgeting monitoring)
parts=()
declare -A pid starts grpc metrics

prepare() {
  "$root/deploy/scripts/install.sh" build servers
  "$root/deploy/scripts/kafka.sh" jars
  if [ -z "${SEPAKAT_PROGRAMS:-}" ]; then
    "$root/deploy/scripts/build.sh" release sepakat sepakat_regions sepakat-{ingestion,targeting,budgeting,monitoring,gateway}
    "$root/deploy/scripts/web.sh" build release
    SEPAKAT_PROGRAMS="$root/build/release/bin"
  fi
  mkdir -p "$(dirname "$dir")"
  exec 9>"$dir.lock"
  flock -n 9 || die "a stack is running in $dir; end it, or give this one another SEPAKAT_STACK_DIR"
  rm -rf "$dir"
  mkdir -p "$dir"/{config,log,data,redis,uploads}
}

# The command line of a part, in the array `command`.
command_of() {
  case $1 in
    kafka) command=("$root/deploy/scripts/kafka.sh" run "$dir/data/kafka" "$kafka_port" "$controller_port") ;;
    redis) command=(redis-server --bind 127.0.0.1 --port "$redis_port" --save "" --appendonly no --dir "$dir/redis") ;;
    *) command=("$SEPAKAT_PROGRAMS/sepakat-$1" --config "$dir/config/$1.toml") ;;
  esac
}

# start PART: in the background, output to log/PART.log, out of reach of the terminal's Ctrl-C: this script ends its
# children itself, in order.
start() {
  local command
  command_of "$1"
  setsid setpriv --pdeathsig KILL "${command[@]}" </dev/null >>"$dir/log/$1.log" 2>&1 9>&- &
  pid[$1]=$!
  starts[$1]="${starts[$1]:-} $SECONDS"
  disown  # The shell still collects it, and stays silent about how it ended.
}

# start_new PART: one that was not there before.
start_new() {
  parts+=("$1")
  start "$1"
}

stop_all() {
  trap '' INT TERM
  trap - EXIT
  local i part
  for ((i = ${#parts[@]} - 1; i >= 0; i--)); do
    part=${parts[i]}
    kill -0 "${pid[$part]}" 2>/dev/null || continue
    say "stopping $part"
    stop_process "${pid[$part]}" 20
  done
}

# Whether a part ended by itself; its name then in `ended`.
any_ended() {
  for ended in "${parts[@]}"; do
    kill -0 "${pid[$ended]}" 2>/dev/null || return 0
  done
  return 1
}

answers_http() { (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3 && read -rt 5 -u 3 status && [[ $status == *" 200"* ]]) 2>/dev/null; }
kafka_started() { grep -q 'Kafka Server started' "$dir/log/kafka.log"; }
redis_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$redis_port" && printf 'PING\r\n' >&3 && read -rt 5 -u 3 line && [[ $line == +PONG* ]]) 2>/dev/null; }

# wait_for PART SECONDS COMMAND...: gives up at once when a part ends.
wait_for() {
  local part=$1 seconds=$2
  shift 2
  or_ended() { "$@" || any_ended; }
  wait_until "$seconds" "$part" or_ended "$@" || fail "$part"
  if any_ended; then fail "$ended"; fi
}

fail() {
  say "error: $1 did not start; the end of $dir/log/$1.log:"
  tail -n 15 "$dir/log/$1.log" >&2
  exit 1
}

write_service_config() {
  cat >"$dir/config/$1.toml" <<TOML
data.dir = "$dir/data"
kafka.bootstrap = "127.0.0.1:$kafka_port"
redis.address = "127.0.0.1:$redis_port"
grpc.port = ${grpc[$1]}
metrics.port = ${metrics[$1]}
TOML
  if [ "$1" = targeting ]; then echo "state.dir = \"$dir/checkpoints\"" >>"$dir/config/$1.toml"; fi
  if [ "$1" = budgeting ]; then
    echo "peer.targeting = \"127.0.0.1:${grpc[targeting]}\"" >>"$dir/config/$1.toml"
  fi
}

write_gateway_config() {
  {
    cat <<TOML
http.port = $http_port
http.upload_dir = "$dir/uploads"
web.dir = "$SEPAKAT_PROGRAMS/../web"
openapi.file = "$root/services/gateway/openapi/sepakat.v1.yaml"
redis.address = "127.0.0.1:$redis_port"
TOML
    for service in "${services[@]}"; do echo "peer.$service = \"127.0.0.1:${grpc[$service]}\""; done
  } >"$dir/config/gateway.toml"
}

# Distinct ports: one that was chosen is not yet listened on when the next is.
choose_port() {
  local candidate
  while candidate=$(free_port); [[ " ${chosen:-} " == *" $candidate "* ]]; do :; done
  chosen="${chosen:-} $candidate"
  printf -v "$1" %s "$candidate"
}

start_servers() {
  choose_port kafka_port
  choose_port controller_port
  choose_port redis_port
  say "starting Kafka and Redis"
  start_new kafka
  start_new redis
  wait_for redis 20 redis_answers
  wait_for kafka 60 kafka_started
  "$SEPAKAT_PROGRAMS/sepakat" topics apply --brokers "127.0.0.1:$kafka_port" >"$dir/log/topics.log" 2>&1 || fail topics
}

start_services() {
  local service port
  for service in "${services[@]}"; do
    choose_port port; grpc[$service]=$port
    choose_port port; metrics[$service]=$port
  done
  choose_port http_port
  say "starting the five services"
  for service in "${services[@]}"; do
    write_service_config "$service"
    start_new "$service"
  done
  write_gateway_config
  start_new gateway
  for service in "${services[@]}"; do wait_for "$service" 60 answers_http "${metrics[$service]}" /healthz; done
  wait_for gateway 30 answers_http "$http_port" /healthz
}

write_pids() {
  local part
  for part in "${parts[@]}"; do echo "${pid[$part]} $part"; done >"$dir/pids.new"
  mv "$dir/pids.new" "$dir/pids"
}

announce() {
  local service
  {
    for service in "${services[@]}"; do echo "export SEPAKAT_SERVER_${service^^}=127.0.0.1:${grpc[$service]}"; done
    echo "export SEPAKAT_KAFKA_BROKERS=127.0.0.1:$kafka_port"
    echo "export SEPAKAT_URL=http://127.0.0.1:$http_port"
  } >"$dir/env"
  write_pids
  printf '\n  page        http://127.0.0.1:%s\n' "$http_port"
  printf '  Kafka       127.0.0.1:%s\n  Redis       127.0.0.1:%s\n' "$kafka_port" "$redis_port"
  for service in "${services[@]}"; do
    printf '  %-11s gRPC 127.0.0.1:%s   metrics http://127.0.0.1:%s/metrics\n' "$service" "${grpc[$service]}" "${metrics[$service]}"
  done
  printf '\n  command line: . %s/env     logs: %s/log     stop: Ctrl-C\n\n' "$dir" "$dir"
}

# Whether a part may be started again: not after five starts within ten seconds.
may_start_again() {
  local times
  read -ra times <<<"${starts[$1]}"
  [ "${#times[@]}" -lt 5 ] || [ $((SECONDS - times[-5])) -ge 10 ]
}

# Returns when a part has ended and is not to be started again.
watch_over() {
  while true; do
    until any_ended; do sleep 0.2; done
    [ "$restart" = 1 ] && may_start_again "$ended" || return 0
    say "$ended ended and is started again"
    start "$ended"
    write_pids
  done
}

prepare
trap stop_all EXIT
trap 'exit 0' INT TERM
start_servers
start_services
announce
watch_over
say "error: $ended ended; the end of its log:"
tail -n 15 "$dir/log/$ended.log" >&2 || true
exit 1
