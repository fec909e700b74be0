#include "monitoring/app/publication_tracker.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "common/base/status.h"

namespace sepakat::monitoring {
namespace {

constexpr std::string_view kCounts = "held_count/";
constexpr std::string_view kRegions = "held_region/";
constexpr std::string_view kDone = "held_done";

std::string CountsKey(int64_t publication) { return fmt::format("{}{:020}", kCounts, publication); }
std::string RegionKey(int64_t publication, const RegionRef& at) {
  return fmt::format("{}{:020}/{}/{}", kRegions, publication, at.population, at.region);
}

std::vector<int64_t> Numbers(std::string_view text) {
  std::vector<int64_t> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    int64_t number = 0;
    at = std::from_chars(at, end, number).ptr + 1;
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace

absl::Status PublicationTracker::Load(const runtime::StateStore& store) {
  pending_.clear();
  newest_ = {};
  SEPAKAT_ASSIGN_OR_RETURN(const std::optional<std::string> done, store.Get(kDone));
  const std::vector<int64_t> position = Numbers(done.value_or("0/0/0/0"));
  done_ = position.at(0);
  for (size_t k = 0; k < kKinds && k + 1 < position.size(); ++k) newest_[k] = position[k + 1];
  SEPAKAT_RETURN_IF_ERROR(store.Scan(
      kCounts, runtime::PrefixEnd(kCounts), [this](std::string_view key, std::string_view value) {
        const std::vector<int64_t> numbers = Numbers(value);
        if (numbers.size() < 2 + 2 * kKinds) return true;
        Pending& pending = At(Numbers(key.substr(kCounts.size())).at(0));
        pending.has_manifest = numbers[0] != 0;
        pending.content.cut_at_ms = numbers[1];
        for (size_t k = 0; k < kKinds; ++k) {
          pending.expected[k] = numbers[2 + k];
          pending.received[k] = numbers[2 + kKinds + k];
          if (pending.received[k] == 0) continue;
          newest_[k] = std::max(newest_[k], pending.content.publication);
        }
        pending.changed = false;
        return true;
      }));
  return store.Scan(
      kRegions, runtime::PrefixEnd(kRegions), [this](std::string_view key, std::string_view value) {
        const std::string_view rest = key.substr(kRegions.size());
        const size_t first = rest.find('/');
        const size_t last = rest.rfind('/');
        Pending& pending = At(Numbers(rest.substr(0, first)).at(0));
        pending.content.regions.push_back({{std::string(rest.substr(first + 1, last - first - 1)),
                                            std::string(rest.substr(last + 1))},
                                           std::string(value)});
        ++pending.stored;
        return true;
      });
}

PublicationTracker::Pending& PublicationTracker::At(int64_t publication) {
  Pending& pending = pending_[publication];
  pending.content.publication = publication;
  return pending;
}

void PublicationTracker::Count(int64_t publication, Kind kind) {
  newest_[kind] = std::max(newest_[kind], publication);
  if (publication <= done_) return;
  Pending& pending = At(publication);
  ++pending.received[kind];
  pending.changed = true;
}

void PublicationTracker::OnManifest(const Manifest& manifest) {
  if (manifest.publication <= done_) return;
  Pending& pending = At(manifest.publication);
  pending.has_manifest = true;
  pending.changed = true;
  pending.content.cut_at_ms = manifest.cut_at_ms;
  pending.expected = {manifest.indicators, manifest.needs, manifest.crossings};
}

void PublicationTracker::OnIndicator(const IndicatorHead& head, std::string bytes) {
  Count(head.publication, kIndicator);
  if (head.publication <= done_) return;
  pending_[head.publication].content.regions.push_back(
      {{head.population, head.region}, std::move(bytes)});
}

void PublicationTracker::OnNeed(const NeedHead& need) {
  Count(need.publication, kNeed);
  if (need.publication > done_)
    pending_[need.publication].content.programmes.insert(need.programme_id);
}

bool PublicationTracker::Complete(int64_t publication, const Pending& pending) const {
  if (!pending.has_manifest) return false;
  for (size_t k = 0; k < kKinds; ++k) {
    if (pending.received[k] < pending.expected[k] && newest_[k] <= publication) return false;
  }
  return true;
}

std::vector<CompletePublication> PublicationTracker::Settle(runtime::Transaction& tx) {
  std::vector<CompletePublication> complete;
  while (!pending_.empty() && Complete(pending_.begin()->first, pending_.begin()->second)) {
    const int64_t publication = pending_.begin()->first;
    Pending& pending = pending_.begin()->second;
    for (size_t i = 0; i < pending.stored; ++i) {
      tx.Delete(RegionKey(publication, pending.content.regions[i].at));
    }
    tx.Delete(CountsKey(publication));
    done_ = publication;
    complete.push_back(std::move(pending.content));
    pending_.erase(pending_.begin());
  }
  for (auto& [publication, pending] : pending_) Store(publication, &pending, tx);
  if (!complete.empty()) {
    tx.Put(std::string(kDone),
           fmt::format("{}/{}/{}/{}", done_, newest_[0], newest_[1], newest_[2]));
  }
  return complete;
}

void PublicationTracker::Store(int64_t publication, Pending* pending,
                               runtime::Transaction& tx) const {
  if (!pending->changed) return;
  for (; pending->stored < pending->content.regions.size(); ++pending->stored) {
    const RegionBytes& region = pending->content.regions[pending->stored];
    tx.Put(RegionKey(publication, region.at), region.bytes);
  }
  std::string counts =
      fmt::format("{}/{}", pending->has_manifest ? 1 : 0, pending->content.cut_at_ms);
  for (const int64_t n : pending->expected) counts += fmt::format("/{}", n);
  for (const int64_t n : pending->received) counts += fmt::format("/{}", n);
  tx.Put(CountsKey(publication), std::move(counts));
  pending->changed = false;
}

}  // namespace sepakat::monitoring
