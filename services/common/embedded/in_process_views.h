// Read models in the process itself: the Views of embedded mode.
//
// Callbacks run on the publisher's thread, after the documents can be read. Nothing survives the
// process; Generation() is empty at first, so the writer fills the views.
// Thread: any.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <unordered_map>

#include "common/runtime/views.h"

namespace sepakat::embedded {

class InProcessViews final : public runtime::Views {
 public:
  absl::Status PutIfNewer(std::span<const runtime::ViewDocument> documents) override;
  absl::StatusOr<std::vector<std::optional<runtime::ViewDocument>>> Get(
      std::span<const std::string> keys) override;
  absl::Status Publish(const runtime::ViewMessage& message) override;
  absl::StatusOr<std::unique_ptr<runtime::ViewSubscription>> Subscribe(
      std::string_view channel, std::function<void(std::string_view body)> on_message) override;
  absl::StatusOr<std::string> Generation() override;
  absl::Status SetGeneration(std::string_view generation) override;

 private:
  class Subscription;
  struct Listener {
    std::string channel;
    std::function<void(std::string_view body)> on_message;
  };

  std::mutex mutex_;
  std::unordered_map<std::string, runtime::ViewDocument> documents_;
  std::string generation_;
  // Held while callbacks run, so that a subscription ends only between them.
  std::mutex listeners_mutex_;
  std::map<int64_t, Listener> listeners_;
  int64_t next_listener_ = 0;
};

}  // namespace sepakat::embedded
