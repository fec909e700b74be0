#include "monitoring/app/view_publisher.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/base/status.h"
#include "monitoring/app/figure_history.h"

namespace sepakat::monitoring {
namespace {

constexpr std::string_view kChannel = "publications";
constexpr std::string_view kLatestKey = "publications/latest";

std::string FiguresKey(const RegionRef& at) {
  return fmt::format("figures/{}/{}", at.population, at.region);
}

}  // namespace

void ViewPublisher::Restart() {
  const std::lock_guard lock(mutex_);
  documents_.clear();
  noticed_regions_.clear();
  refilling_ = true;
  refill_after_.clear();
  // A filling is named after the instant it began, so a restarted writer recognises none but its
  // own.
  generation_ = fmt::format("monitoring-{}", env_.clock->NowMs());
  next_watch_us_ = 0;
  retry_at_us_ = 0;
}

void ViewPublisher::Add(ViewChanges changes) {
  const std::lock_guard lock(mutex_);
  for (CompletePublication& publication : changes.publications) {
    publication_ = std::max(publication_, publication.publication);
    cut_at_ms_ = std::max(cut_at_ms_, publication.cut_at_ms);
    for (RegionBytes& region : publication.regions) {
      noticed_regions_.insert(region.at);
      documents_[region.at] = {FiguresKey(region.at), publication.publication,
                               std::move(region.bytes)};
    }
    programmes_.merge(publication.programmes);
  }
  programmes_.merge(changes.programmes);
  lists_.merge(changes.lists);
  notice_due_ = true;
}

bool ViewPublisher::HasWork() const { return notice_due_ || refilling_ || !documents_.empty(); }

int64_t ViewPublisher::WaitMs() const {
  const std::lock_guard lock(mutex_);
  const int64_t now_us = env_.clock->MonotonicUs();
  const int64_t at_us = HasWork() ? std::max(retry_at_us_, refilling_ ? 0 : next_notice_us_)
                                  : std::max(retry_at_us_, next_watch_us_);
  return std::max<int64_t>(0, (at_us - now_us + 999) / 1000);
}

bool ViewPublisher::Flush() {
  const std::lock_guard lock(mutex_);
  const int64_t now_us = env_.clock->MonotonicUs();
  if (now_us < retry_at_us_) return false;
  const absl::StatusOr<bool> done = Write();
  if (done.ok()) return *done;
  retry_at_us_ = now_us + options_.retry_ms * 1000;
  env_.telemetry->Add("sepakat_views_failures_total", 1,
                      {{"reason", base::ReasonOf(done.status())}});
  return false;
}

absl::StatusOr<bool> ViewPublisher::Write() {
  const int64_t now_us = env_.clock->MonotonicUs();
  SEPAKAT_RETURN_IF_ERROR(WatchGeneration(now_us));
  if (refilling_) return Refill();
  if (!notice_due_ || now_us < next_notice_us_) return false;
  SEPAKAT_RETURN_IF_ERROR(WriteDocuments());
  SEPAKAT_RETURN_IF_ERROR(SendNotice());
  next_notice_us_ = now_us + options_.notice_ms * 1000;
  return true;
}

absl::Status ViewPublisher::WatchGeneration(int64_t now_us) {
  if (refilling_ || now_us < next_watch_us_) return absl::OkStatus();
  SEPAKAT_ASSIGN_OR_RETURN(const std::string generation, env_.views->Generation());
  next_watch_us_ = now_us + options_.watch_ms * 1000;
  if (generation == generation_) return absl::OkStatus();
  refilling_ = true;
  refill_after_.clear();
  return absl::OkStatus();
}

absl::StatusOr<bool> ViewPublisher::Refill() {
  const FigureReader reader(env_.store);
  std::string last_key = refill_after_;
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<RegionRef> regions,
                           reader.Regions(refill_after_, options_.refill_slice, &last_key));
  SEPAKAT_ASSIGN_OR_RETURN(const FigureReader::AsOf latest, reader.Latest());
  std::vector<runtime::ViewDocument> documents;
  for (const RegionRef& at : regions) {
    SEPAKAT_ASSIGN_OR_RETURN(std::optional<std::string> bytes, reader.Read(at, 0));
    if (!bytes.has_value()) continue;
    SEPAKAT_ASSIGN_OR_RETURN(const IndicatorHead head, codec_->DecodeIndicatorHead(*bytes));
    documents.push_back({FiguresKey(at), head.publication, *std::move(bytes)});
    if (documents.size() < options_.documents_per_write) continue;
    SEPAKAT_RETURN_IF_ERROR(env_.views->PutIfNewer(documents));
    documents.clear();
  }
  if (!documents.empty()) SEPAKAT_RETURN_IF_ERROR(env_.views->PutIfNewer(documents));
  refill_after_ = last_key;
  if (regions.size() == options_.refill_slice) return true;
  publication_ = std::max(publication_, latest.publication);
  cut_at_ms_ = std::max(cut_at_ms_, latest.at_ms);
  SEPAKAT_RETURN_IF_ERROR(WriteDocuments());
  if (publication_ > 0) {
    const Notice notice{publication_, cut_at_ms_, {}, {}, {}, env_.clock->NowMs()};
    SEPAKAT_RETURN_IF_ERROR(PutLatest(codec_->EncodeNotice(notice), publication_));
  }
  SEPAKAT_RETURN_IF_ERROR(env_.views->SetGeneration(generation_));
  next_watch_us_ = env_.clock->MonotonicUs() + options_.watch_ms * 1000;
  refilling_ = false;
  return true;
}

absl::Status ViewPublisher::WriteDocuments() {
  while (!documents_.empty()) {
    std::vector<runtime::ViewDocument> slice;
    auto end = documents_.begin();
    while (end != documents_.end() && slice.size() < options_.documents_per_write) {
      slice.push_back((end++)->second);
    }
    SEPAKAT_RETURN_IF_ERROR(env_.views->PutIfNewer(slice));
    documents_.erase(documents_.begin(), end);
  }
  return absl::OkStatus();
}

absl::Status ViewPublisher::PutLatest(const std::string& body, int64_t publication) {
  const runtime::ViewDocument latest{std::string(kLatestKey), publication, body};
  return env_.views->PutIfNewer(std::span(&latest, 1));
}

absl::Status ViewPublisher::SendNotice() {
  Notice notice{publication_,
                cut_at_ms_,
                {noticed_regions_.begin(), noticed_regions_.end()},
                {programmes_.begin(), programmes_.end()},
                {lists_.begin(), lists_.end()},
                env_.clock->NowMs()};
  const std::string body = codec_->EncodeNotice(notice);
  SEPAKAT_RETURN_IF_ERROR(PutLatest(body, publication_));
  SEPAKAT_RETURN_IF_ERROR(env_.views->Publish({std::string(kChannel), body}));
  noticed_regions_.clear();
  programmes_.clear();
  lists_.clear();
  notice_due_ = false;
  return absl::OkStatus();
}

}  // namespace sepakat::monitoring
