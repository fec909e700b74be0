#include "tests/support/targeting/targeting_rig.h"

#include "common/base/hash.h"
#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/runtime/envelope.h"
#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"

namespace sepakat::support {

namespace topics = runtime::topics;

namespace {

// Gives three records, then none any more.
class BreakingReader final : public runtime::LogReader {
 public:
  explicit BreakingReader(std::unique_ptr<runtime::LogReader> reader)
      : reader_(std::move(reader)) {}
  absl::StatusOr<std::vector<runtime::LogRecord>> Poll(int, int wait_ms) override {
    if (polls_++ == 0) return reader_->Poll(3, wait_ms);
    return base::Error(absl::StatusCode::kUnavailable, "BROKER_AWAY", "the broker went away");
  }

 private:
  std::unique_ptr<runtime::LogReader> reader_;
  int polls_ = 0;
};

class EditingReader final : public runtime::LogReader {
 public:
  EditingReader(std::unique_ptr<runtime::LogReader> reader,
                std::function<void(std::vector<runtime::LogRecord>&)> edit)
      : reader_(std::move(reader)), edit_(std::move(edit)) {}
  absl::StatusOr<std::vector<runtime::LogRecord>> Poll(int max_records, int wait_ms) override {
    auto records = reader_->Poll(max_records, wait_ms);
    if (records.ok()) edit_(*records);
    return records;
  }

 private:
  std::unique_ptr<runtime::LogReader> reader_;
  std::function<void(std::vector<runtime::LogRecord>&)> edit_;
};

}  // namespace

absl::Status FaultyLog::EnsureTopics(std::span<const runtime::TopicSpec> specs) {
  return log_->EnsureTopics(specs);
}
absl::StatusOr<int32_t> FaultyLog::Partitions(std::string_view topic) {
  return log_->Partitions(topic);
}
absl::StatusOr<int64_t> FaultyLog::EndOffset(const runtime::TopicPartition& at) {
  return log_->EndOffset(at);
}
absl::StatusOr<std::unique_ptr<runtime::LogReader>> FaultyLog::OpenReader(
    std::span<const runtime::StartOffset> from) {
  auto reader = log_->OpenReader(from);
  if (!reader.ok()) return reader;
  if (breaks(opens_++)) return std::make_unique<BreakingReader>(*std::move(reader));
  if (edit) return std::make_unique<EditingReader>(*std::move(reader), edit);
  return reader;
}

absl::Status FaultyLog::Append(std::span<const runtime::OutRecord> records) {
  const Fault fate = fault(appends_++);
  if (fate == Fault::kPart) records = records.first(records.size() / 2);
  if (fate != Fault::kLost) SEPAKAT_RETURN_IF_ERROR(log_->Append(records));
  if (fate == Fault::kNone) return absl::OkStatus();
  return base::Error(absl::StatusCode::kUnavailable, "BROKER_AWAY", "the broker went away");
}

TargetingRig::TargetingRig(targeting::TargetingOptions options, int partitions)
    : options_(std::move(options)), partitions_(partitions) {
  EXPECT_TRUE(memory.EnsureTopics(topics::All(partitions)).ok());
  Restart();
}

void TargetingRig::Restart() {
  const absl::Status started = TryRestart();
  ASSERT_TRUE(started.ok()) << started;
}

absl::Status TargetingRig::TryRestart() {
  runtime::Env env;
  env.log = &log;
  env.clock = &clock;
  env.telemetry = &telemetry;
  env.files = files;
  channel_.reset();
  SEPAKAT_ASSIGN_OR_RETURN(app_, targeting::TargetingApp::Create(env, options_));
  absl::Status started = app_->Start();
  for (int again = 0; again < 5 && base::IsRetriable(started); ++again) started = app_->Start();
  SEPAKAT_RETURN_IF_ERROR(started);
  channel_ = std::make_unique<platform::DirectChannel>(
      &clock, std::vector<const platform::RpcService*>{&app_->rpc()});
  return absl::OkStatus();
}

void TargetingRig::Restart(const targeting::TargetingOptions& options) {
  options_ = options;
  Restart();
}

absl::Status TargetingRig::PollOnce() { return app_->Poll(0).status(); }

absl::StatusOr<bool> TargetingRig::RelayOnce() { return app_->Relay(); }

void TargetingRig::Settle() {
  for (int idle = 0; idle < 3;) {
    const absl::StatusOr<bool> done = app_->Poll(0);
    ASSERT_TRUE(done.ok()) << done.status();
    const absl::StatusOr<bool> relayed = app_->Relay();
    ASSERT_TRUE(relayed.ok()) << relayed.status();
    if (*done || *relayed) {
      idle = 0;
      continue;
    }
    ++idle;
    clock.AdvanceMs(400);
  }
}

std::string TargetingRig::IdOf(int id) {
  return targeting::FamilyKey{0xfa, static_cast<uint64_t>(id)}.Hex();
}

void TargetingRig::Say(std::string_view topic, int32_t partition, const std::string& key,
                       const google::protobuf::Message& message) {
  runtime::Envelope envelope;
  envelope.sequence = ++sequences_[std::string(topic) + std::to_string(partition)];
  envelope.id = std::string(topic) + "/" + std::to_string(envelope.sequence);
  envelope.source = "sepakat/test";
  envelope.type = message.GetDescriptor()->full_name();
  envelope.time_ms = clock.NowMs();
  const runtime::OutRecord record{std::string(topic),          partition,           key,
                                  message.SerializeAsString(), ToHeaders(envelope), clock.NowMs()};
  ASSERT_TRUE(memory.Append({&record, 1}).ok());
}

void TargetingRig::Record(const Family& family) {
  ingestion::events::v1::FamilyEvent event;
  ingestion::events::v1::FamilyRecorded& recorded = *event.mutable_recorded();
  int64_t& version = versions_[family.id];
  version = family.version == 0 ? version + 1 : std::max(version, family.version);
  recorded.set_population(family.population);
  recorded.set_family_id(IdOf(family.id));
  recorded.set_version(family.version == 0 ? version : family.version);
  recorded.set_region(family.region);
  recorded.set_observed_on(family.observed_on);
  recorded.set_source("desa " + family.region);
  recorded.set_codebook_id("regsosek-2022");
  recorded.set_accepted_at_ms(clock.NowMs());
  common::v1::FamilySnapshot& snapshot = *recorded.mutable_snapshot();
  snapshot.set_size(static_cast<uint32_t>(family.size));
  snapshot.set_family_weight(family.weight);
  if (family.welfare) snapshot.set_welfare(*family.welfare);
  for (const auto& [variable, value] : family.answers) {
    snapshot.add_variables(variable);
    snapshot.add_values(value);
  }
  recorded.set_content_digest(
      base::Hash64(snapshot.SerializeAsString(), base::Hash64(family.region)));
  const std::string regency(base::RegencyOf(family.region));
  Say(topics::kFamily, base::PartitionOf(regency, partitions_),
      family.population + "/" + IdOf(family.id), event);
}

void TargetingRig::Withdraw(int id, const std::string& region) {
  ingestion::events::v1::FamilyEvent event;
  ingestion::events::v1::FamilyWithdrawn& withdrawn = *event.mutable_withdrawn();
  withdrawn.set_population("register");
  withdrawn.set_family_id(IdOf(id));
  withdrawn.set_version(++versions_[id]);
  withdrawn.set_region(region);
  withdrawn.set_reason("moved_out");
  Say(topics::kFamily, base::PartitionOf(base::RegencyOf(region), partitions_),
      "register/" + IdOf(id), event);
}

void TargetingRig::SetLine(const std::string& region, const std::string& value, int urban_rural,
                           const std::string& population) {
  targeting::v1::SetPovertyLinesRequest request;
  request.mutable_context()->set_request_id("line-" + std::to_string(++requests_));
  reference::events::v1::PovertyLineRecorded& line = *request.add_lines();
  line.set_population(population);
  line.set_region(region);
  line.set_urban_rural(static_cast<uint32_t>(urban_rural));
  line.set_valid_from(20'000);
  line.set_value(value);
  line.set_version("v" + std::to_string(requests_));
  const auto response = Call<targeting::v1::SetPovertyLinesResponse>("SetPovertyLines", request);
  ASSERT_TRUE(response.ok()) << response.status();
}

void TargetingRig::SetProgramme(const reference::events::v1::ProgrammeRecorded& programme) {
  Say(topics::kProgramme, 0, programme.id(), programme);
}

std::vector<runtime::LogRecord> TargetingRig::Records(std::string_view topic) {
  const int32_t partitions = *memory.Partitions(topic);
  std::vector<runtime::LogRecord> all;
  for (int32_t p = 0; p < partitions; ++p) {
    const runtime::StartOffset start{{std::string(topic), p}, 0};
    const auto reader = memory.OpenReader({&start, 1});
    for (;;) {
      auto records = (*reader)->Poll(1000, 0);
      if (records->empty()) break;
      std::move(records->begin(), records->end(), std::back_inserter(all));
    }
  }
  return all;
}

std::vector<targeting::events::v1::PublicationManifest> TargetingRig::Manifests() {
  std::map<int64_t, targeting::events::v1::PublicationManifest> found;
  for (auto& manifest : Read<targeting::events::v1::PublicationManifest>(topics::kManifest)) {
    found[manifest.publication()] = std::move(manifest);
  }
  std::vector<targeting::events::v1::PublicationManifest> manifests;
  for (auto& [publication, manifest] : found) manifests.push_back(std::move(manifest));
  return manifests;
}

common::v1::Figure TargetingRig::Figure(const std::string& region, const std::string& measure,
                                        const std::string& population) {
  targeting::v1::GetFiguresRequest request;
  request.set_population(population);
  request.set_region(region);
  const auto response = Call<targeting::v1::GetFiguresResponse>("GetFigures", request);
  if (!response.ok()) return {};
  for (const common::v1::Figure& figure : response->indicators().figures()) {
    if (figure.measure() == measure) return figure;
  }
  return {};
}

std::string TargetingRig::Value(const std::string& region, const std::string& measure,
                                const std::string& population) {
  return Figure(region, measure, population).value();
}

}  // namespace sepakat::support
