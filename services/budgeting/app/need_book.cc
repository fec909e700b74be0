#include "budgeting/app/need_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "common/base/status.h"

namespace sepakat::budgeting {
namespace {

constexpr std::string_view kNeedPrefix = "need/";
constexpr std::string_view kHeldPrefix = "held_need/";
constexpr std::string_view kExpectedPrefix = "held_count/";
constexpr std::string_view kPositionKey = "needs_as_of";

std::string NeedKey(const Need& need) {
  return fmt::format("{}{}/{}", kNeedPrefix, need.programme_id, need.region);
}
std::string HeldKey(const Need& need) {
  return fmt::format("{}{:020}/{}/{}", kHeldPrefix, need.publication, need.programme_id,
                     need.region);
}
std::string ExpectedKey(int64_t publication) {
  return fmt::format("{}{:020}", kExpectedPrefix, publication);
}

// `a/b` as two numbers.
std::pair<int64_t, int64_t> TwoNumbers(std::string_view text) {
  std::pair<int64_t, int64_t> numbers{0, 0};
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, numbers.first);
  if (first.ptr != end) std::from_chars(first.ptr + 1, end, numbers.second);
  return numbers;
}

}  // namespace

absl::Status NeedBook::Load(const runtime::StateStore& store) {
  current_.clear();
  pending_.clear();
  SEPAKAT_ASSIGN_OR_RETURN(const std::optional<std::string> position, store.Get(kPositionKey));
  std::tie(publication_, cut_at_ms_) = TwoNumbers(position.value_or("0/0"));
  absl::Status status;
  const auto each = [&](std::string_view prefix, const auto& take) {
    return store.Scan(prefix, runtime::PrefixEnd(prefix),
                      [&](std::string_view key, std::string_view value) {
                        status = take(key, value);
                        return status.ok();
                      });
  };
  const auto take_need = [&](bool held) {
    return [this, held](std::string_view, std::string_view value) -> absl::Status {
      SEPAKAT_ASSIGN_OR_RETURN(Need need, codec_->DecodeNeed(value));
      if (held) {
        Pending& pending = pending_[need.publication];
        pending.needs.push_back(std::move(need));
        ++pending.stored;
      } else {
        ByRegion& regions = current_[need.programme_id];
        regions.insert_or_assign(need.region, std::move(need));
      }
      return absl::OkStatus();
    };
  };
  SEPAKAT_RETURN_IF_ERROR(each(kNeedPrefix, take_need(false)));
  SEPAKAT_RETURN_IF_ERROR(status);
  SEPAKAT_RETURN_IF_ERROR(each(kHeldPrefix, take_need(true)));
  SEPAKAT_RETURN_IF_ERROR(status);
  return each(kExpectedPrefix, [this](std::string_view key, std::string_view value) {
    const int64_t publication = TwoNumbers(key.substr(kExpectedPrefix.size())).first;
    Pending& pending = pending_[publication];
    std::tie(pending.expected, pending.cut_at_ms) = TwoNumbers(value);
    return absl::OkStatus();
  });
}

void NeedBook::Add(Need need) {
  Pending& pending = pending_[need.publication];
  pending.cut_at_ms = std::max(pending.cut_at_ms, need.cut_at_ms);
  pending.needs.push_back(std::move(need));
}

void NeedBook::Expect(const NeedManifest& manifest) {
  if (manifest.publication <= publication_) return;
  Pending& pending = pending_[manifest.publication];
  pending.expected = manifest.needs;
  pending.cut_at_ms = manifest.cut_at_ms;
}

bool NeedBook::Complete(const std::map<int64_t, Pending>::const_iterator& pending) const {
  const Pending& here = pending->second;
  if (here.expected >= 0 && here.needs.size() >= static_cast<size_t>(here.expected)) return true;
  return std::any_of(std::next(pending), pending_.end(),
                     [](const auto& later) { return !later.second.needs.empty(); });
}

std::set<std::string> NeedBook::Settle(runtime::Transaction& tx) {
  std::set<std::string> changed;
  while (!pending_.empty() && Complete(pending_.begin())) {
    Pending& done = pending_.begin()->second;
    for (size_t i = 0; i < done.needs.size(); ++i) {
      Need& need = done.needs[i];
      if (i < done.stored) tx.Delete(HeldKey(need));
      tx.Put(NeedKey(need), codec_->EncodeNeed(need));
      changed.insert(need.programme_id);
      ByRegion& regions = current_[need.programme_id];
      regions.insert_or_assign(need.region, std::move(need));
    }
    if (done.expected >= 0) tx.Delete(ExpectedKey(pending_.begin()->first));
    publication_ = std::max(publication_, pending_.begin()->first);
    cut_at_ms_ = std::max(cut_at_ms_, done.cut_at_ms);
    pending_.erase(pending_.begin());
    tx.Put(std::string(kPositionKey), fmt::format("{}/{}", publication_, cut_at_ms_));
  }
  for (auto& [publication, pending] : pending_) StorePending(tx, publication, &pending);
  return changed;
}

void NeedBook::StorePending(runtime::Transaction& tx, int64_t publication, Pending* pending) {
  for (; pending->stored < pending->needs.size(); ++pending->stored) {
    const Need& need = pending->needs[pending->stored];
    tx.Put(HeldKey(need), codec_->EncodeNeed(need));
  }
  if (pending->expected >= 0) {
    tx.Put(ExpectedKey(publication), fmt::format("{}/{}", pending->expected, pending->cut_at_ms));
  }
}

const NeedBook::ByRegion& NeedBook::Of(const std::string& programme_id) const {
  static const ByRegion kNone;
  const auto found = current_.find(programme_id);
  return found == current_.end() ? kNone : found->second;
}

}  // namespace sepakat::budgeting
