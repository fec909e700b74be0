#include "targeting/app/checkpoint_format.h"

#include <fmt/format.h>

#include "common/base/crc32c.h"
#include "common/base/status.h"
#include "targeting/app/checkpoint_bytes.h"

namespace sepakat::targeting {
namespace {

constexpr uint32_t kMaxBlockBytes = 256 << 20;
constexpr size_t kHeadBytes = 13;

absl::Status NoBlock() { return absl::InvalidArgumentError("these bytes are no block"); }

void PutProvenance(const Provenance& provenance, std::string* bytes) {
  ByteWriter out(bytes);
  for (const std::string* text :
       {&provenance.source, &provenance.codebook_id, &provenance.codebook_version,
        &provenance.stratum, &provenance.psu}) {
    out.Text(*text);
  }
  out.Unsigned(provenance.flags.size());
  for (const std::string& flag : provenance.flags) out.Text(flag);
}

Provenance TakeProvenance(ByteReader* in) {
  Provenance provenance;
  for (std::string* text : {&provenance.source, &provenance.codebook_id,
                            &provenance.codebook_version, &provenance.stratum, &provenance.psu}) {
    *text = in->Text();
  }
  for (uint64_t left = in->Unsigned(); left > 0 && in->ok(); --left) {
    provenance.flags.emplace_back(in->Text());
  }
  return provenance;
}

// Everything of a family but its population; `provenances` and `regions` are those of its block.
void TakeFamily(const std::vector<std::string_view>& regions,
                const std::vector<Provenance>& provenances, ByteReader* in, FamilyUpdate* family) {
  family->key.high = in->Fixed64();
  family->key.low = in->Fixed64();
  family->content_digest = in->Fixed64();
  family->state = static_cast<FamilyState>(in->Unsigned());
  family->version = in->Signed();
  family->accepted_at_ms = in->Signed();
  const uint64_t region = in->Unsigned();
  family->region = region < regions.size() ? regions[region] : std::string_view{};
  family->size = 0;
  family->family_weight = 0;
  family->welfare.reset();
  family->observed_on = 0;
  family->official_decile = 0;
  if (family->state != FamilyState::kRecorded) return;
  family->observed_on = static_cast<int32_t>(in->Signed());
  family->size = in->Signed();
  family->family_weight = in->Signed();
  if (const int64_t welfare = in->Signed(); welfare >= 0) family->welfare = welfare;
  family->official_decile = static_cast<int>(in->Unsigned());
  const uint64_t provenance = in->Unsigned();
  if (provenance < provenances.size()) family->provenance = provenances[provenance];
  family->features = Features::Unpack(in->Text());
}

}  // namespace

std::string EncodeHeader(const CheckpointHeader& header) {
  std::string bytes;
  ByteWriter out(&bytes);
  out.Fixed32(kCheckpointFormat);
  out.Text(header.manifest);
  for (const int64_t count : {header.counts.changed, header.counts.late, header.counts.repeated,
                              header.counts.conflicts}) {
    out.Signed(count);
  }
  out.Unsigned(header.parameters.size());
  for (const ParameterText& parameter : header.parameters) {
    out.Text(parameter.topic);
    out.Text(parameter.payload);
  }
  out.Unsigned(header.requests.size());
  for (const auto& [id, parts] : header.requests) {
    out.Text(id);
    out.Signed(parts.second);
    out.Unsigned(parts.first.size());
    for (const int part : parts.first) out.Signed(part);
  }
  out.Unsigned(header.empty_regions.size());
  for (const SaidRegion& said : header.empty_regions) {
    out.Text(said.population);
    out.Text(said.region);
    out.Fixed64(said.figures);
  }
  return bytes;
}

absl::StatusOr<CheckpointHeader> DecodeHeader(std::string_view payload) {
  ByteReader in(payload);
  const uint32_t format = in.Fixed32();
  if (in.ok() && format != kCheckpointFormat) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "CHECKPOINT_FORMAT_UNKNOWN",
                       fmt::format("format {} is not {}", format, kCheckpointFormat));
  }
  CheckpointHeader header;
  header.manifest = in.Text();
  for (int64_t* count : {&header.counts.changed, &header.counts.late, &header.counts.repeated,
                         &header.counts.conflicts}) {
    *count = in.Signed();
  }
  for (uint64_t left = in.Unsigned(); left > 0 && in.ok(); --left) {
    ParameterText& parameter = header.parameters.emplace_back();
    parameter.topic = in.Text();
    parameter.payload = in.Text();
  }
  for (uint64_t left = in.Unsigned(); left > 0 && in.ok(); --left) {
    auto& [parts, count] = header.requests[std::string(in.Text())];
    count = static_cast<int>(in.Signed());
    for (uint64_t more = in.Unsigned(); more > 0 && in.ok(); --more) {
      parts.insert(static_cast<int>(in.Signed()));
    }
  }
  for (uint64_t left = in.Unsigned(); left > 0 && in.ok(); --left) {
    SaidRegion& said = header.empty_regions.emplace_back();
    said.population = in.Text();
    said.region = in.Text();
    said.figures = in.Fixed64();
  }
  if (!in.ok() || !in.empty()) return NoBlock();
  return header;
}

void FamilyBlock::Add(const FamilyAsTold& family) {
  const auto [region, new_region] =
      region_numbers_.try_emplace(family.region, region_numbers_.size());
  if (new_region) ByteWriter(&regions_).Text(state_.tree().at(family.region).code);
  ByteWriter out(&body_);
  out.Fixed64(family.key.high);
  out.Fixed64(family.key.low);
  out.Fixed64(family.content_digest);
  out.Unsigned(static_cast<uint64_t>(family.state));
  out.Signed(family.version);
  out.Signed(family.accepted_at_ms);
  out.Unsigned(region->second);
  ++families_;
  if (family.state != FamilyState::kRecorded) return;
  out.Signed(family.observed_on);
  out.Signed(family.size);
  out.Signed(family.family_weight);
  out.Signed(family.welfare);
  out.Unsigned(static_cast<uint64_t>(family.official_decile));
  const auto [provenance, new_provenance] =
      provenance_numbers_.try_emplace(family.provenance, provenance_numbers_.size());
  if (new_provenance) PutProvenance(state_.provenance(family.provenance), &provenances_);
  out.Unsigned(provenance->second);
  out.Text(family.packed);
}

std::string FamilyBlock::Encode() const {
  std::string bytes;
  bytes.reserve(state_.id().size() + regions_.size() + provenances_.size() + body_.size() + 32);
  ByteWriter out(&bytes);
  out.Text(state_.id());
  out.Unsigned(region_numbers_.size());
  bytes += regions_;
  out.Unsigned(provenance_numbers_.size());
  bytes += provenances_;
  out.Signed(families_);
  bytes += body_;
  return bytes;
}

absl::StatusOr<int64_t> DecodeFamilies(std::string_view payload, const VisitFamily& visit) {
  ByteReader in(payload);
  FamilyUpdate family;
  family.population = in.Text();
  std::vector<std::string_view> regions;
  for (uint64_t left = in.Unsigned(); left > 0 && in.ok(); --left) regions.push_back(in.Text());
  std::vector<Provenance> provenances;
  for (uint64_t left = in.Unsigned(); left > 0 && in.ok(); --left) {
    provenances.push_back(TakeProvenance(&in));
  }
  const int64_t families = in.Signed();
  for (int64_t i = 0; i < families && in.ok(); ++i) {
    TakeFamily(regions, provenances, &in, &family);
    if (!in.ok()) break;
    SEPAKAT_RETURN_IF_ERROR(visit(family));
  }
  if (!in.ok() || !in.empty()) return NoBlock();
  return families;
}

std::string EncodeBlock(BlockKind kind, uint32_t number, std::string_view payload) {
  std::string checked;
  ByteWriter out(&checked);
  checked.push_back(static_cast<char>(kind));
  out.Fixed32(number);
  std::string block;
  block.reserve(kHeadBytes + payload.size());
  ByteWriter head(&block);
  head.Fixed32(static_cast<uint32_t>(payload.size()));
  head.Fixed32(base::Crc32c(payload, base::Crc32c(checked)));
  block += checked;
  block += payload;
  return block;
}

std::string EncodeEnd(uint32_t blocks, int64_t families) {
  std::string bytes;
  ByteWriter out(&bytes);
  out.Fixed32(blocks);
  out.Signed(families);
  return bytes;
}

absl::Status CheckpointReader::Damaged(std::string_view how) const {
  return base::Error(absl::StatusCode::kDataLoss, "CHECKPOINT_DAMAGED",
                     fmt::format("{}, block {}: {}", name_, number_, how));
}

absl::StatusOr<CheckpointReader> CheckpointReader::Open(runtime::StateFolder* folder,
                                                        std::string name) {
  SEPAKAT_ASSIGN_OR_RETURN(std::unique_ptr<runtime::StateFileReader> file, folder->Open(name));
  CheckpointReader reader(std::move(name), std::move(file));
  SEPAKAT_ASSIGN_OR_RETURN(const Block block, reader.ReadBlock());
  if (block.kind != BlockKind::kHeader) return reader.Damaged("no header stands at the beginning");
  absl::StatusOr<CheckpointHeader> header = DecodeHeader(block.payload);
  if (base::ReasonOf(header.status()) == "CHECKPOINT_FORMAT_UNKNOWN") {
    return base::Annotate(header.status(), reader.name_);
  }
  if (!header.ok()) return reader.Damaged("the header cannot be read");
  reader.header_ = *std::move(header);
  return reader;
}

absl::StatusOr<CheckpointReader::Block> CheckpointReader::ReadBlock() {
  SEPAKAT_ASSIGN_OR_RETURN(const std::string head, file_->Read(kHeadBytes));
  if (head.size() < kHeadBytes) return Damaged("the file ends here");
  ByteReader in(head);
  const uint32_t length = in.Fixed32();
  const uint32_t crc = in.Fixed32();
  if (length > kMaxBlockBytes) return Damaged("the length is impossible");
  SEPAKAT_ASSIGN_OR_RETURN(std::string payload, file_->Read(length));
  if (payload.size() < length) return Damaged("the file ends inside it");
  const std::string_view checked = std::string_view(head).substr(8);
  if (base::Crc32c(payload, base::Crc32c(checked)) != crc) {
    return Damaged("the checksum does not match");
  }
  if (ByteReader(checked.substr(1)).Fixed32() != number_) {
    return Damaged("another block stands in its place");
  }
  ++number_;
  return Block{static_cast<BlockKind>(checked[0]), std::move(payload)};
}

absl::StatusOr<bool> CheckpointReader::Next(const VisitFamily& visit) {
  SEPAKAT_ASSIGN_OR_RETURN(const Block block, ReadBlock());
  if (block.kind == BlockKind::kEnd) {
    if (block.payload == EncodeEnd(number_ - 1, families_)) return false;
    return Damaged("blocks or families are missing before it");
  }
  if (block.kind != BlockKind::kFamilies)
    return Damaged("a block of this kind does not belong here");
  absl::Status refused;
  const absl::StatusOr<int64_t> families = DecodeFamilies(block.payload, [&](const auto& family) {
    refused = visit(family);
    return refused;
  });
  if (!refused.ok()) return refused;
  if (!families.ok()) return Damaged("its families cannot be read");
  families_ += *families;
  return true;
}

absl::Status CheckpointReader::ReadFamilies(const VisitFamily& visit) {
  for (bool more = true; more;) {
    SEPAKAT_ASSIGN_OR_RETURN(more, Next(visit));
  }
  return absl::OkStatus();
}

}  // namespace sepakat::targeting
