// Names for sentences: of regions and programmes. Codes decide, names only speak.
//
// Thread: the task's.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/runtime/state_store.h"
#include "common/runtime/transaction.h"
#include "monitoring/app/monitoring_codec.h"

namespace sepakat::monitoring {

class Names {
 public:
  explicit Names(const MonitoringCodec* codec) : codec_(codec) {}

  absl::Status Load(const runtime::StateStore& store);
  void Keep(const std::vector<RegionName>& regions, runtime::Transaction& tx) const;
  void Keep(const ProgrammeName& programme, std::string bytes, runtime::Transaction& tx);

  // Name of a region of a population, else of every population, else its code.
  std::string OfRegion(std::string_view population, std::string_view region,
                       runtime::Transaction& tx) const;
  // A programme that is not known is called by its id.
  ProgrammeName OfProgramme(const std::string& programme_id) const;

 private:
  const MonitoringCodec* const codec_;
  std::map<std::string, ProgrammeName> programmes_;
};

}  // namespace sepakat::monitoring
