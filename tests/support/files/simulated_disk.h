// A StateFolder in memory that behaves at a crash as a disk does: what was not synced is there in
// part, out of order, or not at all.
//
//   SimulatedDisk disk(seed);
//   disk.before = [&](const SimulatedDisk::Step& step) { return step.number == 7 ? ... : ok; };
//   ... use it; then
//   disk.Crash();   // the same files as a machine finds them that was cut off now
//
// Appends are lost, torn and reordered in blocks of 512 bytes; names that were created, replaced or
// removed since the last SyncNames() stand as before or as after, whichever the seed says.
// Thread: one.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "common/runtime/state_folder.h"

namespace sepakat::support {

class SimulatedDisk final : public runtime::StateFolder {
 public:
  enum class Kind { kCreate, kAppend, kSync, kRename, kRemove, kSyncNames };
  struct Step {
    Kind kind;
    std::string name;
    int64_t number = 0;  // from 0 over all steps that change something
  };

  explicit SimulatedDisk(uint64_t seed = 1) : random_(seed) {}

  // Asked before each step that changes something; an error is the answer of that step, which then
  // does not happen.
  std::function<absl::Status(const Step& step)> before = [](const Step&) {
    return absl::OkStatus();
  };

  // From now on the files are as a machine finds them that was cut off now.
  void Crash();
  // Bytes of a file, to look at or to damage.
  std::string Bytes(const std::string& name) const;
  void SetBytes(const std::string& name, std::string bytes);
  int64_t steps() const { return steps_; }

  std::string Describe() const override { return "simulated disk"; }
  absl::StatusOr<std::vector<std::string>> List() override;
  absl::StatusOr<std::unique_ptr<runtime::StateFileWriter>> Create(std::string_view name) override;
  absl::StatusOr<std::unique_ptr<runtime::StateFileReader>> Open(std::string_view name) override;
  absl::Status Rename(std::string_view from, std::string_view to) override;
  absl::Status Remove(std::string_view name) override;
  absl::Status SyncNames() override;

 private:
  friend class SimulatedFile;
  struct File {
    std::string bytes;
    size_t synced = 0;  // bytes that are safe
  };
  using Names = std::map<std::string, std::shared_ptr<File>, std::less<>>;

  absl::Status Ask(Kind kind, std::string_view name);
  void Damage(File* file);

  std::mt19937_64 random_;
  int64_t steps_ = 0;
  Names names_;   // as a reader sees them
  Names synced_;  // as they stand for certain
};

}  // namespace sepakat::support
