// All alerts of all rules: looked at when figures change and when time passes.
//
// Says AlertChanged when the phase of an alert changes. A pending alert whose condition ended is
// said to be resolved too, so that no reader keeps it, but only alerts that fired stay on the list
// of resolved ones. Values of an alert are kept current without saying so. Errors: those of store
// and codec. Thread: the task's; readers take the committed rows.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/runtime/state_store.h"
#include "common/runtime/transaction.h"
#include "monitoring/app/monitoring_codec.h"
#include "monitoring/app/names.h"

namespace sepakat::monitoring {

class AlertBoard {
 public:
  AlertBoard(const MonitoringCodec* codec, const Names* names) : codec_(codec), names_(names) {}

  absl::Status Load(const runtime::StateStore& store);
  // Replaces the rules; alerts of rules that are gone end. Returns how many rules there are now.
  // The caller lets the new rules look at the figures there are. Errors: as ParseAlertRules.
  absl::StatusOr<int64_t> SetRules(const std::string& toml, const std::string& file_name,
                                   runtime::Transaction& tx);
  bool Watches(const RegionRef& at) const;
  void Look(const RegionRef& at, int64_t publication, const std::vector<FigureView>& figures,
            runtime::Transaction& tx);
  // Lets pending alerts fire whose hold time is over.
  void Tick(runtime::Transaction& tx);
  // Alerts that changed phase since the last call.
  std::vector<AlertRecord> TakeChanges() { return std::exchange(changes_, {}); }

 private:
  void LookAt(const AlertRule& rule, const RegionRef& at, int64_t publication,
              const FigureView& figure, runtime::Transaction& tx);
  // Keeps and says `alert` in its new phase.
  void Move(AlertRecord alert, AlertPhase phase, AlertPhase before, runtime::Transaction& tx);

  const MonitoringCodec* const codec_;
  const Names* const names_;
  std::vector<AlertRule> rules_;
  // By fingerprint.
  std::map<std::string, AlertRecord> alerts_;
  std::vector<AlertRecord> changes_;
};

}  // namespace sepakat::monitoring
