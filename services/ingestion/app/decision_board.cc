#include "ingestion/app/decision_board.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace sepakat::ingestion {

void DecisionBoard::Open(const std::string& ingest_id, bool with_receipts) {
  const std::lock_guard guard(mutex_);
  Place& place = places_[ingest_id];
  ++place.users;
  place.with_receipts = place.with_receipts || with_receipts;
}

void DecisionBoard::Close(const std::string& ingest_id) {
  const std::lock_guard guard(mutex_);
  const auto it = places_.find(ingest_id);
  if (it != places_.end() && --it->second.users == 0) places_.erase(it);
}

bool DecisionBoard::WantsReceipts(std::string_view ingest_id) const {
  const std::lock_guard guard(mutex_);
  const auto it = places_.find(ingest_id);
  return it != places_.end() && it->second.with_receipts;
}

void DecisionBoard::Post(std::string_view ingest_id, int64_t decided,
                         std::vector<Receipt> receipts) {
  {
    const std::lock_guard guard(mutex_);
    ++posts_;
    const auto it = places_.find(ingest_id);
    if (it == places_.end()) return;
    it->second.decided += decided;
    std::ranges::move(receipts, std::back_inserter(it->second.receipts));
  }
  posted_.notify_all();
}

int64_t DecisionBoard::Decided(std::string_view ingest_id) const {
  const std::lock_guard guard(mutex_);
  const auto it = places_.find(ingest_id);
  return it == places_.end() ? 0 : it->second.decided;
}

std::vector<Receipt> DecisionBoard::TakeReceipts(std::string_view ingest_id) {
  const std::lock_guard guard(mutex_);
  const auto it = places_.find(ingest_id);
  return it == places_.end() ? std::vector<Receipt>() : std::exchange(it->second.receipts, {});
}

void DecisionBoard::WaitFor(const std::function<bool()>& done, int wait_ms) const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  uint64_t seen = 0;
  {
    const std::lock_guard guard(mutex_);
    seen = posts_;
  }
  while (!done()) {
    std::unique_lock lock(mutex_);
    if (!posted_.wait_until(lock, until, [&] { return posts_ != seen; })) return;
    seen = posts_;
  }
}

}  // namespace sepakat::ingestion
