// What lies outside the services, chosen by configuration: log, stores and views.
//
// Without `kafka.bootstrap` (or in a program that has no such setting) the log is the durable one
// below `data.dir`; its topics are created, and superseded records are taken out of it from time to
// time. On Kafka topics are made by `sepakat topics apply`.
// Without `redis.address` the views live in the process.
// Errors: those of the adapters and of named_places.h; InvalidArgument ADDRESS_INVALID.
// Thread: opened by one; what it hands out as its own header says.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/platform/config/config.h"
#include "common/runtime/clock.h"
#include "common/runtime/event_log.h"
#include "common/runtime/state_store.h"
#include "common/runtime/telemetry.h"
#include "common/runtime/views.h"

namespace sepakat::embedded {
class LogCaretaker;
}

namespace sepakat::platform {

// data.dir, partitions, log.compact_every_s, kafka.*, redis.address.
std::vector<Setting> BackendSettings();
// log.compact_every_s, for programs that have the embedded log alone.
Setting CompactionSetting();

class Backends {
 public:
  // `clock` and `telemetry` outlive the backends.
  static absl::StatusOr<std::unique_ptr<Backends>> Open(const Config& config,
                                                        std::string_view client_id,
                                                        const runtime::Clock* clock,
                                                        runtime::Telemetry* telemetry);

  ~Backends();

  runtime::EventLog* log() { return log_.get(); }
  runtime::Views* views() { return views_.get(); }
  // The store of one service, opened once per service.
  absl::StatusOr<runtime::StateStore*> Store(const std::string& service);
  const std::filesystem::path& data_folder() const { return data_folder_; }

 private:
  explicit Backends(std::filesystem::path data_folder);

  const std::filesystem::path data_folder_;
  std::unique_ptr<runtime::EventLog> log_;
  std::unique_ptr<embedded::LogCaretaker> caretaker_;  // Of the embedded log; ends before it.
  std::unique_ptr<runtime::Views> views_;
  std::map<std::string, std::unique_ptr<runtime::StateStore>> stores_;
};

// `host:port` in two.
// Errors: InvalidArgument ADDRESS_INVALID.
absl::StatusOr<std::pair<std::string, int>> SplitAddress(std::string_view address);

}  // namespace sepakat::platform
