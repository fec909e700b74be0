// All five services on one thread, over whatever log and views the test hands over.
//
// Calls go through the same RPC tables and HTTP routes as in production. Nothing runs between
// calls: Until() lets the services work, round by round, until a condition holds.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "budgeting/budgeting_app.h"
#include "common/embedded/memory_store.h"
#include "common/platform/rpc/direct_channel.h"
#include "common/runtime/secrets.h"
#include "gateway/gateway_app.h"
#include "ingestion/ingestion_app.h"
#include "monitoring/monitoring_app.h"
#include "sepakat/common/v1/figure.pb.h"
#include "targeting/targeting_app.h"
#include "tests/support/runtime/manual_clock.h"
#include "tests/support/runtime/test_driver.h"

namespace sepakat::support {

class Chain {
 public:
  // `log` has all topics already; both outlive the chain. `wait_ms`: how long a service waits for
  // input in a round, for logs that are a process away.
  Chain(runtime::EventLog* log, runtime::Views* views, int wait_ms = 0);

  absl::Status Start();

  // Lets the services work until `holds`; false when that has not come about after many rounds, or
  // when a service fails, which also fails the test.
  bool Until(const std::function<bool()>& holds);

  // `service` and `method` as `targeting` and `SetModel`.
  template <typename Response>
  absl::StatusOr<Response> Call(std::string_view service, std::string_view method,
                                const google::protobuf::Message& request) {
    absl::StatusOr<Response> answer;
    // A peer that is away for a moment is asked again, as every client does.
    for (int i = 0; i < 50; ++i) {
      answer = channel_->Call<Response>(FullName(service, method), request, {60'000, {}});
      if (answer.ok() || answer.status().code() != absl::StatusCode::kUnavailable) break;
    }
    return answer;
  }

  // GET over the gateway's routes, without a socket.
  platform::HttpResponse Get(const std::string& target);
  platform::HttpResponse Post(const std::string& target, const std::string& json,
                              const std::string& idempotency_key);

  // The published figure of a region in the register; absent when none is published.
  std::optional<common::v1::Figure> Figure(const std::string& region, const std::string& measure);

  platform::RpcChannel* channel() { return channel_.get(); }
  ManualClock& clock() { return clock_; }

  static std::string FullName(std::string_view service, std::string_view method);

 private:
  runtime::Env EnvFor(runtime::StateStore* store);
  platform::HttpResponse Route(std::string_view method, const std::string& target, std::string body,
                               const std::string& idempotency_key);

  ManualClock clock_;
  runtime::EventLog* const log_;
  runtime::Views* const views_;
  const int wait_ms_;
  embedded::MemoryStore ingestion_store_;
  embedded::MemoryStore budgeting_store_;
  embedded::MemoryStore monitoring_store_;
  std::unique_ptr<runtime::Secrets> secrets_;
  TestDriver driver_{&clock_};
  std::unique_ptr<targeting::TargetingApp> targeting_;
  std::unique_ptr<platform::DirectChannel> targeting_channel_;
  std::unique_ptr<ingestion::IngestionApp> ingestion_;
  std::unique_ptr<budgeting::BudgetingApp> budgeting_;
  std::unique_ptr<monitoring::MonitoringApp> monitoring_;
  std::unique_ptr<platform::DirectChannel> channel_;
  std::unique_ptr<gateway::GatewayApp> gateway_;
};

}  // namespace sepakat::support
