#include "monitoring/app/target_board.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "monitoring/app/keys.h"

namespace sepakat::monitoring {
namespace {

constexpr int64_t kDayMs = 86'400'000;

RegionRef At(const Target& target) {
  return {target.population.empty() ? "register" : target.population, target.region};
}

runtime::OutEvent Event(std::string_view topic, const std::string& key, std::string_view type,
                        std::string payload) {
  runtime::OutEvent event;
  event.topic = std::string(topic);
  event.key = key;
  event.type = std::string(type);
  event.payload = std::move(payload);
  return event;
}

}  // namespace

absl::Status TargetBoard::Load(const runtime::StateStore& store) {
  targets_.clear();
  scores_.clear();
  by_region_.clear();
  adopted_.clear();
  changed_ = false;
  absl::Status status;
  SEPAKAT_RETURN_IF_ERROR(store.Scan(keys::kTarget, runtime::PrefixEnd(keys::kTarget),
                                     [&](std::string_view, std::string_view value) {
                                       absl::StatusOr<Target> target = codec_->DecodeTarget(value);
                                       status = target.status();
                                       if (!target.ok()) return false;
                                       const std::string id = target->id;
                                       by_region_[At(*target)].push_back(id);
                                       targets_[id] = *std::move(target);
                                       return true;
                                     }));
  SEPAKAT_RETURN_IF_ERROR(status);
  SEPAKAT_RETURN_IF_ERROR(store.Scan(keys::kScore, runtime::PrefixEnd(keys::kScore),
                                     [&](std::string_view, std::string_view value) {
                                       absl::StatusOr<ScoreRecord> score =
                                           codec_->DecodeScore(value);
                                       status = score.status();
                                       if (score.ok()) scores_[score->target_id] = *score;
                                       return status.ok();
                                     }));
  return status;
}

absl::Status TargetBoard::Set(const std::vector<Target>& targets, runtime::Transaction& tx) {
  std::string mistakes;
  for (const Target& target : targets) {
    const absl::Status checked = CheckTarget(target);
    if (!checked.ok()) mistakes += (mistakes.empty() ? "" : "\n") + std::string(checked.message());
  }
  if (!mistakes.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "TARGET_INVALID", mistakes);
  }
  for (const Target& target : targets) {
    if (const auto old = targets_.find(target.id); old != targets_.end() && old->second == target)
      continue;
    tx.Say(Event(runtime::topics::kTarget, target.id, kTargetType, codec_->EncodeTarget(target)));
    adopted_.erase(target.id);
    Keep(target, tx);
  }
  return absl::OkStatus();
}

void TargetBoard::Adopt(const Target& target, runtime::Transaction& tx) {
  if (!CheckTarget(target).ok()) return;
  if (targets_.contains(target.id) && !adopted_.contains(target.id)) return;
  adopted_.insert(target.id);
  Keep(target, tx);
}

void TargetBoard::Keep(const Target& target, runtime::Transaction& tx) {
  if (const auto old = targets_.find(target.id); old != targets_.end()) {
    std::erase(by_region_[At(old->second)], target.id);
  }
  tx.Put(fmt::format("{}{}", keys::kTarget, target.id), codec_->EncodeTarget(target));
  by_region_[At(target)].push_back(target.id);
  targets_[target.id] = target;
  changed_ = true;
}

void TargetBoard::Score(const RegionRef& at, int64_t publication,
                        const std::vector<FigureView>& figures, runtime::Transaction& tx) {
  const auto ids = by_region_.find(at);
  if (ids == by_region_.end()) return;
  const RatingTable& table = RatingTableOn(tables_, static_cast<int32_t>(tx.NowMs() / kDayMs));
  for (const std::string& id : ids->second) {
    const Target& target = targets_.at(id);
    const auto figure = std::ranges::find(figures, target.measure, &FigureView::measure);
    if (figure == figures.end()) continue;
    const absl::StatusOr<int64_t> micro = ParseMicro(figure->value);
    if (!micro.ok()) continue;
    const Achievement achievement = Achieve(target, *micro, table);
    const auto old = scores_.find(id);
    if (old != scores_.end() && old->second.realisation == figure->value &&
        old->second.target == target.target && old->second.achievement == achievement.percent &&
        old->second.rating == achievement.rating && old->second.rating_table == achievement.table) {
      continue;
    }
    const ScoreRecord score{id,
                            std::string(figure->value),
                            target.target,
                            achievement.percent,
                            achievement.rating,
                            achievement.table,
                            publication,
                            tx.NowMs()};
    tx.Put(fmt::format("{}{}", keys::kScore, id), codec_->EncodeScore(score));
    tx.Say(Event(runtime::topics::kTargetScore, id, kScoreType, codec_->EncodeScore(score)));
    scores_[id] = score;
    changed_ = true;
  }
}

std::vector<RegionRef> TargetBoard::Regions() const {
  std::vector<RegionRef> regions;
  for (const auto& [at, ids] : by_region_) regions.push_back(at);
  return regions;
}

}  // namespace sepakat::monitoring
