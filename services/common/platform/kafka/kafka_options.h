// How to reach an Apache Kafka cluster, and what new topics get.
#pragma once

#include <cstdint>
#include <string>

#include "common/runtime/telemetry.h"

namespace sepakat::platform {

struct KafkaOptions {
  // "host:port,host:port".
  std::string bootstrap = {};
  // Shown in the broker's logs and quotas.
  std::string client_id = "sepakat";

  // Mutual TLS by PEM files; empty: plain text (loopback only).
  std::string ca_file = {};
  std::string certificate_file = {};
  std::string key_file = {};

  // An append or a question that takes longer is Unavailable.
  int timeout_ms = 15'000;
  // Records fetched and not yet polled, per reader.
  int fetch_ahead_kib = 32 << 10;

  int replication = 1;
  int min_insync_replicas = 1;

  // Where the client's own log lines go; outlives every client.
  runtime::Telemetry* telemetry = &runtime::NoTelemetry();
};

}  // namespace sepakat::platform
