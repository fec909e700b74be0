#include "monitoring/app/outcome_book.h"

#include <fmt/format.h>

#include <charconv>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "monitoring/app/keys.h"

namespace sepakat::monitoring {
namespace {

// followed/<family>/<programme> -> need|crossed at|publication|region
constexpr std::string_view kFollowed = "followed/";
constexpr std::string_view kDelivered = "delivered/";
// crossed/<family>/<programme> -> the same, of a family that is not followed
constexpr std::string_view kCrossed = "crossed/";

std::pair<std::string, std::string> TwoParts(std::string_view text) {
  const size_t slash = text.find('/');
  return {std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

std::string NextPart(std::string_view* text) {
  const size_t bar = text->find('|');
  std::string part(text->substr(0, bar));
  text->remove_prefix(bar == std::string_view::npos ? text->size() : bar + 1);
  return part;
}

int64_t Number(const std::string& text) {
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

void OutcomeBook::ReadCrossed(std::string_view value, Case* found) {
  found->need = NextPart(&value);
  found->crossed_at_ms = Number(NextPart(&value));
  found->publication = Number(NextPart(&value));
  found->region = NextPart(&value);
}

absl::Status OutcomeBook::Load(const runtime::StateStore& store) {
  followed_.clear();
  measured_.clear();
  SEPAKAT_RETURN_IF_ERROR(store.Scan(kFollowed, runtime::PrefixEnd(kFollowed),
                                     [this](std::string_view key, std::string_view value) {
                                       const auto [family, programme] =
                                           TwoParts(key.substr(kFollowed.size()));
                                       ReadCrossed(value, &followed_[family][programme]);
                                       return true;
                                     }));
  absl::Status status;
  SEPAKAT_RETURN_IF_ERROR(store.Scan(
      kDelivered, runtime::PrefixEnd(kDelivered), [&](std::string_view, std::string_view value) {
        absl::StatusOr<DeliveryNews> news = codec_->DecodeDelivery(value);
        status = news.status();
        if (!news.ok()) return false;
        followed_[news->family_id][news->programme_id].delivery = *news;
        return true;
      }));
  return status;
}

void OutcomeBook::OnApproved(const PlanNews& plan, runtime::Transaction& tx) {
  for (const std::string& family : plan.family_ids) {
    if (!followed_[family].try_emplace(plan.programme_id).second) continue;
    tx.Put(fmt::format("{}{}/{}", kFollowed, family, plan.programme_id), "|0|0|");
  }
}

absl::Status OutcomeBook::OnDelivery(const DeliveryNews& delivery, std::string bytes,
                                     runtime::Transaction& tx) {
  Case& found = followed_[delivery.family_id][delivery.programme_id];
  if (!found.delivery.delivery_id.empty()) return absl::OkStatus();
  if (found.need.empty()) {
    SEPAKAT_ASSIGN_OR_RETURN(
        const auto crossed,
        tx.Get(fmt::format("{}{}/{}", kCrossed, delivery.family_id, delivery.programme_id)));
    if (crossed) ReadCrossed(*crossed, &found);
  }
  found.delivery = delivery;
  tx.Put(fmt::format("{}{}/{}", kDelivered, delivery.family_id, delivery.programme_id),
         std::move(bytes));
  if (!found.need.empty() && found.crossed_at_ms >= delivery.recorded_at_ms) Measure(found, tx);
  return absl::OkStatus();
}

void OutcomeBook::OnCrossing(const Crossing& crossing, runtime::Transaction& tx) {
  if (!crossing.boundary.starts_with("need.")) return;
  const std::string programme = crossing.boundary.substr(5);
  const auto family = followed_.find(crossing.family_id);
  if (family == followed_.end() || !family->second.contains(programme)) {
    if (crossing.cause != "own_data") return;
    tx.Put(fmt::format("{}{}/{}", kCrossed, crossing.family_id, programme),
           fmt::format("{}|{}|{}|{}", crossing.to, crossing.cut_at_ms, crossing.publication,
                       crossing.region));
    return;
  }
  const auto found = family->second.find(programme);
  if (crossing.publication <= found->second.publication) return;
  Case& followed = found->second;
  followed.need = crossing.to;
  followed.crossed_at_ms = crossing.cut_at_ms;
  followed.publication = crossing.publication;
  followed.region = crossing.region;
  tx.Put(fmt::format("{}{}/{}", kFollowed, crossing.family_id, found->first),
         fmt::format("{}|{}|{}|{}", followed.need, followed.crossed_at_ms, followed.publication,
                     followed.region));
  const DeliveryNews& delivery = followed.delivery;
  if (!delivery.delivery_id.empty() && crossing.cut_at_ms >= delivery.recorded_at_ms)
    Measure(followed, tx);
}

void OutcomeBook::Measure(const Case& found, runtime::Transaction& tx) {
  // A need that became unknown says nothing about the help.
  if (found.need != "open" && found.need != "none") return;
  const DeliveryNews& delivery = found.delivery;
  const Outcome outcome{.delivery_id = delivery.delivery_id,
                        .plan_id = delivery.plan_id,
                        .programme_id = delivery.programme_id,
                        .family_id = delivery.family_id,
                        .region = found.region.empty() ? delivery.region : found.region,
                        .need_after = found.need == "open" ? "open" : "closed",
                        .publication = found.publication};
  std::string bytes = codec_->EncodeOutcome(outcome);
  tx.Put(fmt::format("{}{}/{}", keys::kOutcome, outcome.plan_id, outcome.delivery_id), bytes);
  runtime::OutEvent event;
  event.topic = std::string(runtime::topics::kOutcome);
  event.key = outcome.delivery_id;
  event.type = std::string(kOutcomeType);
  event.payload = std::move(bytes);
  tx.Say(std::move(event));
  measured_.push_back(outcome);
}

}  // namespace sepakat::monitoring
