// Commands: parameters are checked, then appended to the topics that targeting owns.
#include <fmt/format.h>

#include <charconv>
#include <mutex>

#include "common/base/status.h"
#include "common/runtime/envelope.h"
#include "targeting/app/targeting_task.h"

namespace sepakat::targeting {
namespace {

int Number(std::string_view text) {
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

void TargetingTask::NoteParameter(const ParameterChange& change) {
  const std::lock_guard guard(lock_);
  std::set<std::string> populations;
  recorded_.Change(change, &populations);
}

// Ids of parameter events are `<request>/<part>/<parts>`: the log itself remembers the requests.
void TargetingTask::NoteRequest(const runtime::LogRecord& record) {
  if (record.headers.Find("ce_source") != kSource) return;
  std::string_view id = record.headers.Find("ce_id").value_or("");
  const size_t last = id.rfind('/');
  if (last == std::string_view::npos || last == 0) return;
  const size_t first = id.rfind('/', last - 1);
  if (first == std::string_view::npos) return;
  const std::lock_guard guard(lock_);
  auto& [parts, count] = requests_[std::string(id.substr(0, first))];
  parts.insert(Number(id.substr(first + 1, last - first - 1)));
  count = Number(id.substr(last + 1));
}

absl::Status TargetingTask::Command(std::string_view request_id,
                                    const std::vector<ParameterRecord>& records) {
  return Record(request_id, records, nullptr);
}

absl::Status TargetingTask::CommandOnBase(std::string_view request_id,
                                          const std::vector<ParameterRecord>& records,
                                          const ParameterSet& expected) {
  return Record(request_id, records, &expected);
}

bool TargetingTask::Recorded(const ParameterSet& expected) const {
  const std::lock_guard guard(lock_);
  return Stands(expected);
}

bool TargetingTask::Stands(const ParameterSet& expected) const {
  const ParameterSet* now = recorded_.Find(expected.population.id);
  return now != nullptr && CanonicalTexts(*now) == CanonicalTexts(expected);
}

absl::Status TargetingTask::Record(std::string_view request_id,
                                   const std::vector<ParameterRecord>& records,
                                   const ParameterSet* expected) {
  if (request_id.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "REQUEST_ID_MISSING",
                       "a change needs a request_id, so that a repeat does not act twice");
  }
  // The log may keep us waiting: questions go on meanwhile, other commands queue here.
  const std::lock_guard one_at_a_time(command_lock_);
  {
    const std::lock_guard guard(lock_);
    SEPAKAT_RETURN_IF_ERROR(Started());
    const auto seen = requests_.find(request_id);
    if (seen != requests_.end() && std::ssize(seen->second.first) >= seen->second.second) {
      return absl::OkStatus();
    }
    if (expected != nullptr && !Stands(*expected)) {
      return base::Error(absl::StatusCode::kFailedPrecondition, "BASE_CHANGED",
                         "the parameters that the branch started from were changed since: create "
                         "it again under the parameters of now and look at what it says");
    }
    // Each is checked after those before it, so that settings may name a model beside them.
    Parameters after = recorded_;
    std::set<std::string> populations;
    for (const ParameterRecord& record : records) {
      SEPAKAT_RETURN_IF_ERROR(Check(record.change, after));
      after.Change(record.change, &populations);
    }
  }
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<runtime::OutRecord> out,
                           AddressParameters(request_id, records));
  SEPAKAT_RETURN_IF_ERROR(env_.log->Append(out));
  for (const ParameterRecord& record : records) NoteParameter(record.change);
  const std::lock_guard guard(lock_);
  auto& [parts, count] = requests_[std::string(request_id)];
  count = static_cast<int>(records.size());
  for (int i = 0; i < count; ++i) parts.insert(i);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<runtime::OutRecord>> TargetingTask::AddressParameters(
    std::string_view request_id, const std::vector<ParameterRecord>& records) {
  std::vector<runtime::OutRecord> out;
  std::map<std::string, int64_t> sequences;
  for (size_t i = 0; i < records.size(); ++i) {
    const Message& message = records[i].message;
    auto [it, inserted] = sequences.try_emplace(message.topic, 0);
    if (inserted) {
      // One writer, one partition: the end of the log is above every sequence said before.
      SEPAKAT_ASSIGN_OR_RETURN(it->second, env_.log->EndOffset({message.topic, 0}));
    }
    runtime::Envelope envelope;
    envelope.id = fmt::format("{}/{}/{}", request_id, i, records.size());
    envelope.source = kSource;
    envelope.type = message.type;
    envelope.time_ms = env_.clock->NowMs();
    envelope.sequence = ++it->second;
    out.push_back(
        {message.topic, 0, message.key, message.payload, ToHeaders(envelope), envelope.time_ms});
  }
  return out;
}

}  // namespace sepakat::targeting
