// Targeting alone on a log in memory: say events, let it publish, read what it said, kill it.
//
//   TargetingRig rig;
//   rig.SetLine("33.26", "538371");
//   rig.Record(Family{.id = 1, .region = "33.26.15.2014", .size = 4, .welfare = 400'000});
//   rig.Settle();
//   EXPECT_EQ(rig.Value("33.26", "p0"), "1.000000");
//
// Thread: one.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/embedded/memory_log.h"
#include "common/platform/rpc/direct_channel.h"
#include "common/runtime/topics.h"
#include "sepakat/common/v1/family.pb.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"
#include "sepakat/targeting/events/v1/targeting_events.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"
#include "targeting/targeting_app.h"
#include "tests/support/runtime/heard_telemetry.h"
#include "tests/support/runtime/manual_clock.h"

namespace sepakat::support {

struct Family {
  int id = 1;
  std::string region = "33.26.15.2014";
  int size = 4;
  std::optional<int64_t> welfare = {};
  std::map<common::v1::Variable, int> answers = {};
  // 0: one more than the last one recorded for the family.
  int64_t version = 0;
  int64_t weight = 1000;
  int32_t observed_on = 20'200;
  std::string population = "register";
};

// A log whose next appends can be made to fail, with or without being durable all the same.
class FaultyLog final : public runtime::EventLog {
 public:
  // kPart: the first half of the records is durable.
  enum class Fault { kNone, kLost, kPart, kDurable };
  explicit FaultyLog(runtime::EventLog* log) : log_(log) {}

  // Decides the fate of each append by its number, from 0.
  std::function<Fault(int64_t append)> fault = [](int64_t) { return Fault::kNone; };
  // True for an opening of a reader, by its number from 0, that fails halfway through its records.
  std::function<bool(int64_t open)> breaks = [](int64_t) { return false; };
  // Changes what readers opened from now on are given.
  std::function<void(std::vector<runtime::LogRecord>& records)> edit = {};
  int64_t opens() const { return opens_; }
  int64_t appends() const { return appends_; }

  absl::Status EnsureTopics(std::span<const runtime::TopicSpec> topics) override;
  absl::StatusOr<int32_t> Partitions(std::string_view topic) override;
  absl::Status Append(std::span<const runtime::OutRecord> records) override;
  absl::StatusOr<int64_t> EndOffset(const runtime::TopicPartition& at) override;
  absl::StatusOr<std::unique_ptr<runtime::LogReader>> OpenReader(
      std::span<const runtime::StartOffset> from) override;

 private:
  runtime::EventLog* log_;
  int64_t appends_ = 0;
  int64_t opens_ = 0;
};

class TargetingRig {
 public:
  explicit TargetingRig(targeting::TargetingOptions options = {}, int partitions = 2);

  // The app as it is now dies; a new one starts from the log, again when the log was away.
  void Restart();
  // The same under other options.
  void Restart(const targeting::TargetingOptions& options);
  // The same for a start that may be refused; the app is not to be used then.
  absl::Status TryRestart();
  // Polls and relays until nothing is left to do, moving the clock.
  void Settle();
  // One poll; the status of a failed one.
  absl::Status PollOnce();
  // One step of what goes on beside publications; true if anything was done.
  absl::StatusOr<bool> RelayOnce();

  void Record(const Family& family);
  void Withdraw(int id, const std::string& region = "33.26.15.2014");
  void Say(std::string_view topic, int32_t partition, const std::string& key,
           const google::protobuf::Message& message);
  void SetLine(const std::string& region, const std::string& value, int urban_rural = 0,
               const std::string& population = "register");
  void SetProgramme(const reference::events::v1::ProgrammeRecorded& programme);

  std::vector<runtime::LogRecord> Records(std::string_view topic);
  template <typename Message>
  std::vector<Message> Read(std::string_view topic) {
    std::vector<Message> messages;
    for (const runtime::LogRecord& record : Records(topic)) {
      EXPECT_TRUE(messages.emplace_back().ParseFromString(*record.value));
    }
    return messages;
  }

  template <typename Response>
  absl::StatusOr<Response> Call(const std::string& method,
                                const google::protobuf::Message& request) {
    // The clock of the rig jumps: no deadline.
    platform::CallOptions options;
    options.timeout_ms = 1'000'000'000;
    return channel_->Call<Response>("sepakat.targeting.v1.TargetingService/" + method, request,
                                    options);
  }
  // Value, numerator or denominator of one figure as served; empty when there is none.
  std::string Value(const std::string& region, const std::string& measure,
                    const std::string& population = "register");
  common::v1::Figure Figure(const std::string& region, const std::string& measure,
                            const std::string& population = "register");

  // The manifests on the log, one per publication, ascending.
  std::vector<targeting::events::v1::PublicationManifest> Manifests();

  static std::string IdOf(int id);

  // Folder of checkpoints from the next start on; none at first.
  runtime::StateFolder* files = nullptr;
  HeardTelemetry telemetry;
  ManualClock clock;
  embedded::MemoryLog memory;
  FaultyLog log{&memory};

 private:
  targeting::TargetingOptions options_;
  int partitions_;
  std::unique_ptr<targeting::TargetingApp> app_;
  std::unique_ptr<platform::DirectChannel> channel_;
  std::map<int, int64_t> versions_;
  std::map<std::string, int64_t> sequences_;
  int requests_ = 0;
};

}  // namespace sepakat::support
