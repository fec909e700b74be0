#include "common/platform/host/backends.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "common/base/status.h"
#include "common/embedded/durable_log.h"
#include "common/embedded/in_process_views.h"
#include "common/embedded/log_caretaker.h"
#include "common/platform/host/named_places.h"
#include "common/platform/kafka/kafka_log.h"
#include "common/platform/redis/redis_views.h"
#include "common/platform/rocksdb/rocks_store.h"
#include "common/runtime/topics.h"

namespace sepakat::platform {
namespace {

absl::StatusOr<std::unique_ptr<runtime::EventLog>> OpenKafka(const Config& config,
                                                             std::string_view client_id,
                                                             runtime::Telemetry* telemetry) {
  for (const char* file : {"kafka.ca_file", "kafka.certificate_file", "kafka.key_file"}) {
    SEPAKAT_RETURN_IF_ERROR(CheckNamedFile(config, file));
  }
  KafkaOptions options;
  options.bootstrap = config.Text("kafka.bootstrap");
  options.client_id = client_id;
  options.ca_file = config.Text("kafka.ca_file");
  options.certificate_file = config.Text("kafka.certificate_file");
  options.key_file = config.Text("kafka.key_file");
  options.telemetry = telemetry;
  return KafkaLog::Open(options);
}

absl::StatusOr<std::unique_ptr<embedded::DurableLog>> OpenEmbedded(
    const Config& config, const std::filesystem::path& folder) {
  SEPAKAT_ASSIGN_OR_RETURN(std::unique_ptr<embedded::DurableLog> log,
                           embedded::DurableLog::Open(folder / "log"));
  SEPAKAT_RETURN_IF_ERROR(
      log->EnsureTopics(runtime::topics::All(static_cast<int32_t>(config.Integer("partitions")))));
  return log;
}

absl::StatusOr<std::unique_ptr<runtime::Views>> OpenViews(const Config& config,
                                                          const runtime::Clock* clock) {
  const std::string address = config.TextIfAny("redis.address");
  if (address.empty()) return std::make_unique<embedded::InProcessViews>();
  SEPAKAT_ASSIGN_OR_RETURN(const auto place, SplitAddress(address));
  return std::make_unique<RedisViews>(RedisOptions{place.first, place.second}, clock);
}

}  // namespace

Backends::Backends(std::filesystem::path data_folder) : data_folder_(std::move(data_folder)) {}
Backends::~Backends() = default;

Setting CompactionSetting() {
  return {"log.compact_every_s", SettingType::kInteger, "3600",
          "Seconds between two turns that take superseded records out of the embedded log."};
}

std::vector<Setting> BackendSettings() {
  return {
      {"data.dir", SettingType::kText, "data", "Folder of everything that is kept."},
      {"partitions", SettingType::kInteger, "4",
       "Partitions of the submission and family topics of a new embedded log."},
      CompactionSetting(),
      {"kafka.bootstrap", SettingType::kText, "",
       "Brokers as host:port,host:port; empty: the embedded log below data.dir."},
      {"kafka.ca_file", SettingType::kText, "", "PEM file to check the brokers by."},
      {"kafka.certificate_file", SettingType::kText, "", "PEM file that names us to the brokers."},
      {"kafka.key_file", SettingType::kSecretFile, "", "PEM file with the key of the certificate."},
      {"redis.address", SettingType::kText, "",
       "Redis as host:port; empty: read models in the process."},
  };
}

absl::StatusOr<std::unique_ptr<Backends>> Backends::Open(const Config& config,
                                                         std::string_view client_id,
                                                         const runtime::Clock* clock,
                                                         runtime::Telemetry* telemetry) {
  const std::filesystem::path folder = config.Text("data.dir");
  SEPAKAT_RETURN_IF_ERROR(CheckWritableFolder(config, "data.dir", "data directory"));
  std::unique_ptr<Backends> backends(new Backends(folder));
  if (config.TextIfAny("kafka.bootstrap").empty()) {
    SEPAKAT_ASSIGN_OR_RETURN(std::unique_ptr<embedded::DurableLog> log,
                             OpenEmbedded(config, folder));
    backends->caretaker_ = std::make_unique<embedded::LogCaretaker>(
        log.get(), clock, telemetry,
        std::chrono::seconds(std::max<int64_t>(config.Integer("log.compact_every_s"), 1)));
    backends->log_ = std::move(log);
  } else {
    SEPAKAT_ASSIGN_OR_RETURN(backends->log_, OpenKafka(config, client_id, telemetry));
  }
  SEPAKAT_ASSIGN_OR_RETURN(backends->views_, OpenViews(config, clock));
  return backends;
}

absl::StatusOr<runtime::StateStore*> Backends::Store(const std::string& service) {
  if (const auto it = stores_.find(service); it != stores_.end()) return it->second.get();
  SEPAKAT_ASSIGN_OR_RETURN(std::unique_ptr<runtime::StateStore> store,
                           RocksStore::Open(data_folder_ / service));
  return (stores_[service] = std::move(store)).get();
}

absl::StatusOr<std::pair<std::string, int>> SplitAddress(std::string_view address) {
  const size_t colon = address.rfind(':');
  int port = 0;
  if (colon != std::string_view::npos && colon > 0) {
    const char* end = address.data() + address.size();
    const auto parsed = std::from_chars(address.data() + colon + 1, end, port);
    if (parsed.ec == std::errc{} && parsed.ptr == end && port > 0 && port < 65536) {
      return std::make_pair(std::string(address.substr(0, colon)), port);
    }
  }
  return base::Error(absl::StatusCode::kInvalidArgument, "ADDRESS_INVALID",
                     fmt::format("'{}' is not an address; write host:port", address));
}

}  // namespace sepakat::platform
