#include "targeting/app/checkpoint_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"

namespace sepakat::targeting {
namespace {

constexpr uint32_t kFamiliesPerBlock = 2048;
constexpr std::string_view kPrefix = "checkpoint-";
constexpr std::string_view kUnfinished = ".tmp";

}  // namespace

absl::StatusOr<std::vector<std::string>> Checkpoints(runtime::StateFolder* folder) {
  SEPAKAT_ASSIGN_OR_RETURN(std::vector<std::string> names, folder->List());
  std::erase_if(names, [](const std::string& name) {
    return !name.starts_with(kPrefix) || name.ends_with(kUnfinished);
  });
  std::ranges::reverse(names);
  return names;
}

absl::Status RemoveUnfinished(runtime::StateFolder* folder) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<std::string> names, folder->List());
  for (const std::string& name : names) {
    if (!name.starts_with(kPrefix) || !name.ends_with(kUnfinished)) continue;
    SEPAKAT_RETURN_IF_ERROR(folder->Remove(name));
  }
  return absl::OkStatus();
}

void CheckpointWriter::Begin(const Engine& engine, const Manifest& manifest,
                             const Requests& requests) {
  CheckpointHeader header;
  header.manifest = codec_->Encode(manifest).payload;
  header.counts = engine.counts();
  header.parameters = codec_->EncodeParameters(engine.parameters());
  header.requests = requests;
  header.empty_regions = EmptyRegionsSaid(engine);
  header_ = EncodeHeader(header);
  parts_.clear();
  for (const auto& [id, state] : engine.populations()) {
    parts_.push_back({id, state->records().size(), 0, {}});
  }
  publication_ = manifest.publication;
  name_ = fmt::format("{}{:020}", kPrefix, publication_);
  blocks_ = 0;
  families_ = 0;
  bytes_ = 0;
  last_ = false;
  active_ = true;
}

void CheckpointWriter::Preserve(const Engine& engine, std::span<const Input> inputs) {
  if (!active_) return;
  for (const Input& input : inputs) {
    if (!input.family) continue;
    const auto part = std::ranges::find(parts_, input.family->population, &Part::population);
    if (part == parts_.end()) continue;
    const PopulationState& state = *engine.Find(part->population);
    const std::optional<uint32_t> slot = state.records().Find(input.family->key);
    if (!slot || *slot < part->next || *slot >= part->end) continue;
    const auto [it, inserted] = part->aside.try_emplace(*slot);
    if (!inserted) continue;
    it->second.inputs = AsTold(state, *slot);
    it->second.packed = it->second.inputs.packed;
  }
}

std::string CheckpointWriter::NextBlock(const Engine& engine) {
  if (blocks_ == 0) return EncodeBlock(BlockKind::kHeader, blocks_++, header_);
  const auto part =
      std::ranges::find_if(parts_, [](const Part& each) { return each.next < each.end; });
  if (part == parts_.end()) {
    last_ = true;
    return EncodeBlock(BlockKind::kEnd, blocks_, EncodeEnd(blocks_, families_));
  }
  const PopulationState& state = *engine.Find(part->population);
  const uint32_t end = std::min(part->end, part->next + kFamiliesPerBlock);
  FamilyBlock block(state);
  for (uint32_t slot = part->next; slot < end; ++slot) {
    const auto aside = part->aside.find(slot);
    if (aside == part->aside.end()) {
      block.Add(AsTold(state, slot));
      continue;
    }
    aside->second.inputs.packed = aside->second.packed;
    block.Add(aside->second.inputs);
    part->aside.erase(aside);
  }
  part->next = end;
  families_ += block.families();
  return EncodeBlock(BlockKind::kFamilies, blocks_++, block.Encode());
}

absl::StatusOr<bool> CheckpointWriter::Write(std::string_view block) {
  absl::Status status = Append(block);
  if (status.ok() && !last_) return false;
  if (status.ok()) status = Complete();
  file_ = nullptr;
  if (status.ok()) return true;
  // Nothing more to do about what is left; the next start removes it.
  folder_->Remove(name_ + std::string(kUnfinished)).IgnoreError();
  return status;
}

void CheckpointWriter::End() {
  active_ = false;
  parts_.clear();
  header_.clear();
}

absl::Status CheckpointWriter::Append(std::string_view block) {
  if (file_ == nullptr) {
    SEPAKAT_ASSIGN_OR_RETURN(file_, folder_->Create(name_ + std::string(kUnfinished)));
  }
  bytes_ += std::ssize(block);
  return file_->Append(block);
}

absl::Status CheckpointWriter::Complete() {
  SEPAKAT_RETURN_IF_ERROR(file_->Sync());
  file_ = nullptr;
  SEPAKAT_RETURN_IF_ERROR(folder_->Rename(name_ + std::string(kUnfinished), name_));
  SEPAKAT_RETURN_IF_ERROR(folder_->SyncNames());
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<std::string> names, Checkpoints(folder_));
  for (size_t i = kGenerations; i < names.size(); ++i) {
    SEPAKAT_RETURN_IF_ERROR(folder_->Remove(names[i]));
  }
  return absl::OkStatus();
}

}  // namespace sepakat::targeting
