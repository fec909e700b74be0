// A checkpoint as bytes: the register of one publication in blocks that are checked one by one.
//
//   file     = block*                     a header, families in any number of blocks, an end
//   block    = length:u32 crc:u32 kind:u8 number:u32 payload     crc of all that follows it
//   header   = format, manifest of the publication, counts, parameters, request ids, empty regions
//   families = population, texts used in the block (regions, provenances), families
//   end      = how many blocks and families there are
//
// All numbers are little-endian. Blocks are numbered from 0, so one that is missing, doubled or in
// the wrong place shows like one that is damaged. Holds pseudonyms and answers, no identity.
// Errors: DataLoss CHECKPOINT_DAMAGED, naming file and block; FailedPrecondition
//   CHECKPOINT_FORMAT_UNKNOWN for a later format; those of the folder.
// Thread: values. Complexity: linear.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/state_folder.h"
#include "targeting/app/codec.h"
#include "targeting/domain/register_copy.h"

namespace sepakat::targeting {

// To be raised whenever the bytes change, those of packed features (features.h) included.
inline constexpr uint32_t kCheckpointFormat = 1;

// Parts of each request that are on the log, and how many it has.
using Requests = std::map<std::string, std::pair<std::set<int>, int>, std::less<>>;

struct CheckpointHeader {
  std::string manifest;  // payload, as on the log
  EngineCounts counts;
  std::vector<ParameterText> parameters;
  Requests requests;
  std::vector<SaidRegion> empty_regions;
};

std::string EncodeHeader(const CheckpointHeader& header);
// InvalidArgument without a reason when the bytes are none.
absl::StatusOr<CheckpointHeader> DecodeHeader(std::string_view payload);

// The families of one block, all of the same state, which outlives it.
class FamilyBlock {
 public:
  explicit FamilyBlock(const PopulationState& state) : state_(state) {}
  void Add(const FamilyAsTold& family);
  int64_t families() const { return families_; }
  std::string Encode() const;

 private:
  const PopulationState& state_;
  std::string regions_;
  std::string provenances_;
  std::string body_;
  // Numbers of the state to those of the block.
  absl::flat_hash_map<uint32_t, uint64_t> region_numbers_;
  absl::flat_hash_map<uint32_t, uint64_t> provenance_numbers_;
  int64_t families_ = 0;
};

using VisitFamily = std::function<absl::Status(const FamilyUpdate& family)>;

// Hands every family of an encoded block to `visit`; returns how many there were. InvalidArgument
// without a reason when the bytes are none.
absl::StatusOr<int64_t> DecodeFamilies(std::string_view payload, const VisitFamily& visit);

enum class BlockKind : uint8_t { kHeader = 1, kFamilies = 2, kEnd = 3 };

// The bytes of a block; `number` is its place in the file.
std::string EncodeBlock(BlockKind kind, uint32_t number, std::string_view payload);
std::string EncodeEnd(uint32_t blocks, int64_t families);

// Reads a checkpoint from its header to its end.
class CheckpointReader {
 public:
  static absl::StatusOr<CheckpointReader> Open(runtime::StateFolder* folder, std::string name);

  const CheckpointHeader& header() const { return header_; }
  // The next block of families; false when the end was reached and everything was there.
  absl::StatusOr<bool> Next(const VisitFamily& visit);
  // All blocks that are left.
  absl::Status ReadFamilies(const VisitFamily& visit);
  int64_t families() const { return families_; }

 private:
  CheckpointReader(std::string name, std::unique_ptr<runtime::StateFileReader> file)
      : name_(std::move(name)), file_(std::move(file)) {}
  struct Block {
    BlockKind kind;
    std::string payload;
  };
  absl::StatusOr<Block> ReadBlock();
  absl::Status Damaged(std::string_view how) const;

  std::string name_;
  std::unique_ptr<runtime::StateFileReader> file_;
  CheckpointHeader header_;
  uint32_t number_ = 0;  // of the next block
  int64_t families_ = 0;
};

}  // namespace sepakat::targeting
