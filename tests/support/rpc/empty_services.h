// The four services as tables whose answers a test decides.
//
// Every method answers an empty message until a test registers another handler under its name.
#pragma once

#include <string>

#include "common/platform/rpc/rpc_service.h"

namespace sepakat::support {

inline constexpr char kIngestion[] = "sepakat.ingestion.v1.IngestionService";
inline constexpr char kTargeting[] = "sepakat.targeting.v1.TargetingService";
inline constexpr char kBudgeting[] = "sepakat.budgeting.v1.BudgetingService";
inline constexpr char kMonitoring[] = "sepakat.monitoring.v1.MonitoringService";

void FillIngestion(platform::RpcService* service);
void FillTargeting(platform::RpcService* service);
void FillBudgeting(platform::RpcService* service);
void FillMonitoring(platform::RpcService* service);

}  // namespace sepakat::support
