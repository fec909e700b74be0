#!/usr/bin/env bash
# A single Apache Kafka node (KRaft) of the version pinned in deploy/kafka/pom.xml.
#
#   kafka.sh jars                          resolves the jars by Maven, once per change of the pom
#   kafka.sh run DIR PORT CONTROLLER_PORT  runs the broker on 127.0.0.1:PORT in the foreground, data in DIR
#
# The first run in DIR formats it; a later one continues with the data that is there. End it with SIGTERM.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pom="$root/deploy/kafka/pom.xml"
classpath="$tools/kafka/classpath.txt"

jars() {
  [ "$classpath" -nt "$pom" ] && return
  command -v mvn >/dev/null || die "mvn is missing; run deploy/scripts/install.sh"
  mkdir -p "$tools/kafka"
  say "resolving the Kafka jars (Maven)"
  mvn -q -B -f "$pom" dependency:build-classpath -Dmdep.outputFile="$classpath.new" >"$tools/kafka/maven.log" 2>&1 ||
    { cat "$tools/kafka/maven.log" >&2; die "Maven could not resolve the Kafka jars"; }
  mv "$classpath.new" "$classpath"
  touch "$classpath"
}

write_properties() {
  cat >"$1/server.properties" <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$3
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$2,CONTROLLER://127.0.0.1:$3
advertised.listeners=PLAINTEXT://127.0.0.1:$2
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$1/data
auto.create.topics.enable=false
delete.topic.enable=true
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
group.initial.rebalance.delay.ms=0
message.max.bytes=16777216
num.network.threads=2
num.io.threads=4
PROPERTIES
}

run() {
  local dir=$1
  jars
  local java=(java -Xmx512m -XX:+UseSerialGC -cp "$(cat "$classpath")"
    -Dlog4j2.configurationFile="$root/deploy/kafka/log4j2.properties")
  mkdir -p "$dir"
  dir=$(cd "$dir" && pwd)
  write_properties "$dir" "$2" "$3"
  if [ ! -f "$dir/data/meta.properties" ]; then
    "${java[@]}" kafka.tools.StorageTool format -t sepakatsepakatsepakatA -c "$dir/server.properties" >"$dir/format.log" 2>&1 ||
      { cat "$dir/format.log" >&2; die "Kafka could not format $dir"; }
  fi
  exec "${java[@]}" kafka.Kafka "$dir/server.properties"
}

case "${1:-}" in
  jars) jars ;;
  run) [ $# -eq 4 ] || die "usage: kafka.sh run DIR PORT CONTROLLER_PORT"; run "$2" "$3" "$4" ;;
  *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
