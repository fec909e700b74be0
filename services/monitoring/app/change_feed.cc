#include "monitoring/app/change_feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "monitoring/app/keys.h"
#include "monitoring/domain/change_text.h"

namespace sepakat::monitoring {
namespace {

// The district of a region, or the region itself when it is wider.
std::string DistrictOf(std::string_view region) {
  while (base::IsRegionCode(region) && base::LevelOf(region) > base::RegionLevel::kDistrict) {
    region = base::ParentOf(region);
  }
  return std::string(region);
}

}  // namespace

absl::Status ChangeFeed::Load(const runtime::StateStore& store) {
  groups_.clear();
  deliveries_.clear();
  spans_.clear();
  changed_ = false;
  return store.Scan(keys::kChange, runtime::PrefixEnd(keys::kChange),
                    [this](std::string_view key, std::string_view) {
                      const std::string_view rest = key.substr(keys::kChange.size());
                      const size_t slash = rest.find('/');
                      int64_t number = 0;
                      std::from_chars(rest.data() + slash + 1, rest.data() + rest.size(), number);
                      const auto [span, added] =
                          spans_.try_emplace(std::string(rest.substr(0, slash)), Span{number, 0});
                      span->second.next = number + 1;
                      return true;
                    });
}

int64_t ChangeFeed::NextNumber(const std::string& population, runtime::Transaction& tx) {
  Span& span = spans_[population];
  while (span.next - span.first >= options_.most_per_population) {
    tx.Delete(keys::Change(population, span.first++));
  }
  return span.next++;
}

void ChangeFeed::Add(const std::string& population, const Change& change,
                     runtime::Transaction& tx) {
  tx.Put(keys::Change(population, NextNumber(population, tx)), codec_->EncodeChange(change));
  changed_ = true;
}

void ChangeFeed::OnCrossing(const Crossing& crossing) {
  const int64_t slot = crossing.cut_at_ms / options_.group_ms;
  newest_slot_ = std::max(newest_slot_, slot);
  Group& group = groups_[{crossing.population, DistrictOf(crossing.region), crossing.boundary,
                          crossing.from, crossing.to, slot}];
  group.at_ms = std::max(group.at_ms, crossing.cut_at_ms);
  group.publication = std::max(group.publication, crossing.publication);
  ++group.by_cause[crossing.cause];
  group.grown = true;
}

Change ChangeFeed::Describe(const GroupKey& key, const Group& group,
                            runtime::Transaction& tx) const {
  const auto& [population, district, boundary, from, to, slot] = key;
  Change change{.kind = "crossing",
                .at_ms = group.at_ms,
                .region = district,
                .publication = group.publication,
                .boundary = boundary,
                .from = from,
                .to = to,
                .families_by_cause = group.by_cause,
                .families = 0,
                .subject = "",
                .state = "",
                .summary_id = "",
                .summary_en = ""};
  for (const auto& [cause, count] : group.by_cause) change.families += count;
  ProgrammeName programme;
  if (boundary.starts_with("need.")) {
    change.subject = boundary.substr(5);
    programme = names_->OfProgramme(change.subject);
  }
  const std::string region = names_->OfRegion(population, district, tx);
  const Sentence sentence = DescribeCrossing(
      {boundary, from, to, region, programme.name, programme.name_en}, group.by_cause);
  change.summary_id = sentence.id;
  change.summary_en = sentence.en;
  return change;
}

void ChangeFeed::OnDelivered(const IngestNews& ingest) {
  const int64_t slot = ingest.updated_at_ms / options_.group_ms;
  newest_slot_ = std::max(newest_slot_, slot);
  Delivered& delivered = deliveries_[{ingest.population.empty() ? "register" : ingest.population,
                                      ingest.source, slot}];
  delivered.at_ms = std::max(delivered.at_ms, ingest.updated_at_ms);
  delivered.accepted += ingest.accepted + ingest.flagged;
  delivered.rejected += ingest.rejected;
  delivered.repeated += ingest.repeated;
  delivered.grown = true;
}

Change ChangeFeed::Describe(const DeliveryKey& key, const Delivered& delivered) {
  const auto& [population, source, slot] = key;
  Change change;
  change.kind = "ingest";
  change.at_ms = delivered.at_ms;
  change.region = base::kNationCode;
  change.families = delivered.accepted;
  change.subject = source;
  change.state = "complete";
  const Sentence sentence =
      DescribeDelivery(source, delivered.accepted, delivered.rejected, delivered.repeated);
  change.summary_id = sentence.id;
  change.summary_en = sentence.en;
  return change;
}

void ChangeFeed::PutRow(const std::string& population, const Change& change, int64_t* number,
                        runtime::Transaction& tx) {
  if (*number < spans_[population].first) *number = NextNumber(population, tx);
  tx.Put(keys::Change(population, *number), codec_->EncodeChange(change));
  changed_ = true;
}

bool ChangeFeed::Settle(runtime::Transaction& tx) {
  for (auto& [key, group] : groups_) {
    if (!std::exchange(group.grown, false)) continue;
    PutRow(std::get<0>(key), Describe(key, group, tx), &group.number, tx);
  }
  for (auto& [key, delivered] : deliveries_) {
    if (!std::exchange(delivered.grown, false)) continue;
    PutRow(std::get<0>(key), Describe(key, delivered), &delivered.number, tx);
  }
  std::erase_if(groups_,
                [this](const auto& entry) { return std::get<5>(entry.first) < newest_slot_; });
  std::erase_if(deliveries_,
                [this](const auto& entry) { return std::get<2>(entry.first) < newest_slot_; });
  return std::exchange(changed_, false);
}

}  // namespace sepakat::monitoring
