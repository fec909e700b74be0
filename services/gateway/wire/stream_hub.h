// The event stream of all open dashboards.
//
// Each notice of a finished publication becomes one frame that all clients share. A client that
// comes back names the last publication it has seen and gets what it missed from a bounded ring, or
// the word `reload` when that is gone. A heartbeat keeps connections open and shows that they are.
// Thread: any.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "common/platform/http/http_message.h"

namespace sepakat::gateway {

class StreamHub {
 public:
  explicit StreamHub(size_t ring = 512) : ring_size_(ring) {}

  // `last_seen`: the client's Last-Event-ID; empty for a new one.
  void Join(std::shared_ptr<platform::SseClient> client, std::string_view last_seen,
            int64_t now_ms);
  // `json`: the notice. Older publications than the newest one are ignored.
  void Announce(int64_t publication, std::string json);
  // The newest notice as the read models have it: when it is newer than what was announced, notices
  // were lost (the messages of a cache are not kept), and all clients are told to reload.
  void CatchUp(int64_t publication, std::string json);
  void Heartbeat();
  size_t clients();

 private:
  struct Frame {
    int64_t publication;
    std::shared_ptr<const std::string> text;
  };

  // Require mutex_.
  void Keep(int64_t publication, std::shared_ptr<const std::string> text);
  void SendToAll(const std::shared_ptr<const std::string>& frame);

  const size_t ring_size_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<platform::SseClient>> clients_;
  std::deque<Frame> ring_;
};

}  // namespace sepakat::gateway
