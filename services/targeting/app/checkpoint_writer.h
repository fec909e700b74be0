// Writes checkpoints while the engine goes on: block by block, each under the engine's lock for as
// long as it takes to copy about two thousand families (below a millisecond).
//
// What a checkpoint holds is the register as it stood when it was begun. Families that change
// before their block was copied are put aside first (Preserve), so that nobody waits for the whole.
// The file is written as `checkpoint-<publication>.tmp`, synced, renamed, and the folder synced;
// then all but the two newest are removed. A step that fails gives the file up: the next checkpoint
// is a new file, and no sync is tried again.
//
//   { lock; if (!writer.active()) writer.Begin(engine, manifest, requests);
//     block = writer.NextBlock(engine); }
//   done = writer.Write(block);                // no lock: may wait for the disk
//   if (done or failed) { lock; writer.End(); }
//
// Errors: those of the folder.
// Thread: one for all but Preserve, which is called by any that holds the engine's lock.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/runtime/state_folder.h"
#include "targeting/app/checkpoint_format.h"
#include "targeting/app/codec.h"

namespace sepakat::targeting {

// Names of complete checkpoints, the newest first.
absl::StatusOr<std::vector<std::string>> Checkpoints(runtime::StateFolder* folder);
// Removes what an interrupted writer left.
absl::Status RemoveUnfinished(runtime::StateFolder* folder);

class CheckpointWriter {
 public:
  // Complete checkpoints that are kept.
  static constexpr size_t kGenerations = 2;

  CheckpointWriter(runtime::StateFolder* folder, const Codec* codec)
      : folder_(folder), codec_(codec) {}

  bool active() const { return active_; }
  // Takes note of what stands: `manifest` is that of the engine's publication, acknowledged.
  void Begin(const Engine& engine, const Manifest& manifest, const Requests& requests);
  // Puts aside the families that are about to change. Requires the lock that NextBlock runs under.
  void Preserve(const Engine& engine, std::span<const Input> inputs);
  std::string NextBlock(const Engine& engine);
  // True when the checkpoint is complete and durable. After that, or an error, End() is due.
  absl::StatusOr<bool> Write(std::string_view block);
  // Forgets what was begun. Requires the lock as well.
  void End();

  int64_t bytes() const { return bytes_; }
  int64_t publication() const { return publication_; }

 private:
  struct Part {
    std::string population;
    uint32_t end = 0;   // families that were there at the beginning
    uint32_t next = 0;  // not copied yet
    // Families from `next` on as they stood.
    struct Aside {
      FamilyAsTold inputs;
      std::string packed;
    };
    std::map<uint32_t, Aside> aside;
  };

  absl::Status Append(std::string_view block);
  absl::Status Complete();

  runtime::StateFolder* const folder_;
  const Codec* const codec_;
  bool active_ = false;
  bool last_ = false;  // the block that was handed out is the end
  int64_t publication_ = 0;
  std::string header_;
  std::vector<Part> parts_;
  uint32_t blocks_ = 0;
  int64_t families_ = 0;
  int64_t bytes_ = 0;
  std::string name_;
  std::unique_ptr<runtime::StateFileWriter> file_;
};

}  // namespace sepakat::targeting
