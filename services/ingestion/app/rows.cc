#include "ingestion/app/rows.h"

#include <fmt/compile.h>

#include <charconv>

#include "common/base/status.h"

namespace sepakat::ingestion {
namespace {

absl::Status Damaged() {
  return base::Error(absl::StatusCode::kDataLoss, "ROW_DAMAGED",
                     "a row of ingestion's store cannot be decoded");
}

int64_t Number(std::string_view text) {
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

std::string_view OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAccepted:
      return "accepted";
    case Outcome::kFlagged:
      return "flagged";
    case Outcome::kRejected:
      return "rejected";
    case Outcome::kRepeated:
      return "repeated";
  }
  return "";
}

std::string JoinFields(std::initializer_list<std::string_view> fields) {
  std::string bytes;
  for (const std::string_view field : fields) {
    size_t length = field.size();
    for (; length >= 0x80; length >>= 7) bytes.push_back(static_cast<char>(length | 0x80));
    bytes.push_back(static_cast<char>(length));
    bytes.append(field);
  }
  return bytes;
}

bool SplitFields(std::string_view bytes, std::string_view* fields, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    size_t length = 0;
    bool ended = false;
    for (int shift = 0; shift < 56 && !bytes.empty() && !ended; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes.front());
      bytes.remove_prefix(1);
      length |= size_t{byte & 0x7FU} << shift;
      ended = byte < 0x80;
    }
    if (!ended || length > bytes.size()) return false;
    fields[i] = bytes.substr(0, length);
    bytes.remove_prefix(length);
  }
  return bytes.empty();
}

std::string EncodeRow(const ReceiptRow& row) {
  const auto outcome = static_cast<char>('0' + static_cast<int>(row.outcome));
  return JoinFields({row.digest, std::string_view(&outcome, 1), row.family_id,
                     fmt::format_int(row.version).c_str()});
}

absl::Status DecodeRow(std::string_view bytes, ReceiptRow* row) {
  std::string_view fields[4];
  if (!SplitFields(bytes, fields, 4) || fields[1].size() != 1) return Damaged();
  row->digest = fields[0];
  row->outcome = static_cast<Outcome>(fields[1].front() - '0');
  row->family_id = fields[2];
  row->version = Number(fields[3]);
  return absl::OkStatus();
}

std::string EncodeRow(const FamilyRow& row) {
  return JoinFields(
      {fmt::format_int(row.version).c_str(), row.region, fmt::format_int(row.observed_on).c_str(),
       fmt::format_int(row.partition).c_str(), row.ingest_id, row.withdrawn ? "1" : "0"});
}

absl::Status DecodeRow(std::string_view bytes, FamilyRow* row) {
  std::string_view fields[6];
  if (!SplitFields(bytes, fields, 6)) return Damaged();
  row->version = Number(fields[0]);
  row->region = fields[1];
  row->observed_on = static_cast<int32_t>(Number(fields[2]));
  row->partition = static_cast<int32_t>(Number(fields[3]));
  row->ingest_id = fields[4];
  row->withdrawn = fields[5] == "1";
  return absl::OkStatus();
}

std::string ReceiptKey(std::string_view submission_id) {
  return fmt::format(FMT_COMPILE("s/{}"), submission_id);
}
std::string FamilyKey(std::string_view population, std::string_view family_id) {
  return fmt::format(FMT_COMPILE("f/{}/{}"), population, family_id);
}
std::string VaultKey(std::string_view population, std::string_view family_id) {
  return fmt::format(FMT_COMPILE("v/{}/{}"), population, family_id);
}
std::string QuarantineKey(std::string_view submission_id) {
  return fmt::format(FMT_COMPILE("q/{}"), submission_id);
}
std::string ContentKey(std::string_view submission_id) {
  return fmt::format(FMT_COMPILE("c/{}"), submission_id);
}
std::string TallyKey(std::string_view ingest_id) {
  return fmt::format(FMT_COMPILE("i/{}"), ingest_id);
}
std::string IngestOrderKey(int64_t started_at_ms, std::string_view ingest_id) {
  return fmt::format(FMT_COMPILE("n/{:016x}/{}"), INT64_MAX - started_at_ms, ingest_id);
}
std::string BookKey(std::string_view id, std::string_view version) {
  return fmt::format(FMT_COMPILE("b/{}/{}"), id, version);
}

}  // namespace sepakat::ingestion
