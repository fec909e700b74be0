// Monitoring as a task: keeps the series of figures, looks after alerts and targets, measures
// outcomes, writes the feed of changes, and hands read models to the views.
//
// Figures, alerts and targets move when a publication is complete; crossings, plans, deliveries and
// arrivals when they are read. The methods below run inside StatefulTask::Execute. Queries read the
// committed rows and take no lock (monitoring_queries.h).
// Errors: named at each method.
// Thread: the task's lock is held.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/runtime/env.h"
#include "common/runtime/stateful_task.h"
#include "monitoring/app/alert_board.h"
#include "monitoring/app/arrival_book.h"
#include "monitoring/app/change_feed.h"
#include "monitoring/app/figure_history.h"
#include "monitoring/app/monitoring_codec.h"
#include "monitoring/app/names.h"
#include "monitoring/app/outcome_book.h"
#include "monitoring/app/publication_tracker.h"
#include "monitoring/app/target_board.h"
#include "monitoring/app/view_publisher.h"
#include "monitoring/domain/freshness.h"

namespace sepakat::monitoring {

struct MonitoringOptions {
  HistoryOptions history;
  FeedOptions feed;
  ViewOptions views;
  FreshnessTable freshness;
  std::vector<RatingTable> rating_tables = ShippedRatingTables();
};

class MonitoringTask final : public runtime::TaskHandler {
 public:
  MonitoringTask(const MonitoringOptions& options, const runtime::Env& env,
                 const MonitoringCodec* codec);

  // Topics to read.
  static std::vector<std::string> Inputs();

  absl::Status OnRecord(const runtime::LogRecord& record, const runtime::Envelope& envelope,
                        runtime::Transaction& tx) override;
  absl::Status OnBatchEnd(bool caught_up, runtime::Transaction& tx) override;
  void AfterCommit() override;
  absl::Status Reset(const runtime::StateStore& store) override;

  // Errors: InvalidArgument ALERT_RULES_INVALID with every mistake and its line.
  absl::StatusOr<int64_t> SetAlertRules(const std::string& toml, const std::string& file_name,
                                        runtime::Transaction& tx);
  // Errors: InvalidArgument TARGET_INVALID.
  absl::Status SetTargets(const std::vector<Target>& targets, runtime::Transaction& tx);

  ViewPublisher& views() { return views_; }

 private:
  absl::Status OnManifest(const std::string& bytes, runtime::Transaction& tx);
  absl::Status OnCrossing(const std::string& bytes, runtime::Transaction& tx);
  absl::Status OnPlan(const std::string& bytes, runtime::Transaction& tx);
  absl::Status OnDelivery(const std::string& bytes, runtime::Transaction& tx);
  absl::Status OnIngest(const std::string& bytes, runtime::Transaction& tx);
  void OnParameter(const runtime::LogRecord& record, const runtime::Envelope& envelope,
                   runtime::Transaction& tx);
  // Figures, alerts and targets of a publication that is complete.
  absl::Status Take(const CompletePublication& publication, runtime::Transaction& tx);
  // Lets alerts and targets look at the figures there are.
  absl::Status LookAtAll(bool alerts, bool targets, runtime::Transaction& tx);
  // Turns what the boards report into rows of the feed and lists of the notice.
  void Report(runtime::Transaction& tx);

  const runtime::Env env_;
  const MonitoringCodec* const codec_;
  FigureHistory history_;
  PublicationTracker publications_;
  Names names_;
  ChangeFeed feed_;
  AlertBoard alerts_;
  TargetBoard targets_;
  OutcomeBook outcomes_;
  ArrivalBook arrivals_;
  ViewPublisher views_;
  ViewChanges changes_;
  bool started_ = false;
};

}  // namespace sepakat::monitoring
