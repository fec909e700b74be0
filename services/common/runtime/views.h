// Read models: small documents by key, each with the version it was made from.
//
// A cache, never the only copy and never a lock. PutIfNewer leaves a document alone whose version
// is not smaller, so no reader sees a version go back. A view may come back empty: `Generation()`
// changes then, and the writer fills it again.
// Errors: Unavailable when the cache is away; the caller goes on without it.
// Thread: any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::runtime {

struct ViewDocument {
  std::string key;
  int64_t version = 0;
  std::string body;
};

// A message to all who listen now; lost for those who do not.
struct ViewMessage {
  std::string channel;
  std::string body;
};

// Ends the subscription when destroyed; no callback runs after that.
class ViewSubscription {
 public:
  virtual ~ViewSubscription() = default;
};

class Views {
 public:
  virtual ~Views() = default;
  virtual absl::Status PutIfNewer(std::span<const ViewDocument> documents) = 0;
  virtual absl::StatusOr<std::vector<std::optional<ViewDocument>>> Get(
      std::span<const std::string> keys) = 0;
  virtual absl::Status Publish(const ViewMessage& message) = 0;
  // `on_message` runs on a thread of the adapter (in process: of the publisher) and must not block.
  virtual absl::StatusOr<std::unique_ptr<ViewSubscription>> Subscribe(
      std::string_view channel, std::function<void(std::string_view body)> on_message) = 0;
  // Names this filling of the cache; another value (or an empty one) means it was emptied.
  virtual absl::StatusOr<std::string> Generation() = 0;
  virtual absl::Status SetGeneration(std::string_view generation) = 0;
};

}  // namespace sepakat::runtime
