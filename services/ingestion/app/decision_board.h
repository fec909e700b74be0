// Where callers wait for the decisions about the records they handed in.
//
// The task posts after each commit; a caller asks for the count of its ingest, and gets receipts
// when it wanted them. Thread: any.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "ingestion/app/model.h"

namespace sepakat::ingestion {

class DecisionBoard {
 public:
  // Starts counting for an ingest; ends with Close(). Nested calls for one ingest share the count.
  void Open(const std::string& ingest_id, bool with_receipts);
  void Close(const std::string& ingest_id);

  // True when anyone wants receipts of this ingest.
  bool WantsReceipts(std::string_view ingest_id) const;
  void Post(std::string_view ingest_id, int64_t decided, std::vector<Receipt> receipts);

  int64_t Decided(std::string_view ingest_id) const;
  // All receipts since the last call.
  std::vector<Receipt> TakeReceipts(std::string_view ingest_id);

  // Waits until `done` or `wait_ms` have passed; wakes at every Post().
  void WaitFor(const std::function<bool()>& done, int wait_ms) const;

 private:
  struct Place {
    int users = 0;
    bool with_receipts = false;
    int64_t decided = 0;
    std::vector<Receipt> receipts;
  };
  mutable std::mutex mutex_;
  mutable std::condition_variable posted_;
  std::map<std::string, Place, std::less<>> places_;
  uint64_t posts_ = 0;
};

}  // namespace sepakat::ingestion
