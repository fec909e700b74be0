// One question to a service, as the routes ask it.
#pragma once

#include <string>
#include <string_view>

#include "common/platform/rpc/rpc_channel.h"
#include "gateway/wire/json_answers.h"

namespace sepakat::gateway {

inline constexpr int64_t kQuestionTimeoutMs = 2'000;
inline constexpr int64_t kDecisionTimeoutMs = 30'000;

inline platform::CallOptions OptionsFor(const platform::HttpRequest& request, int64_t timeout_ms) {
  return {timeout_ms, std::string(request.Header("traceparent"))};
}

inline std::string PopulationOf(const platform::HttpRequest& request) {
  const std::string_view population = request.Query("population");
  return std::string(population.empty() ? "register" : population);
}

// Calls `method` and answers with its response, or with the problem.
template <typename Response, typename Request>
platform::HttpResponse Ask(platform::RpcChannel* peer, std::string_view method,
                           const platform::HttpRequest& http, const Request& request,
                           int64_t timeout_ms = kQuestionTimeoutMs) {
  const absl::StatusOr<Response> response =
      peer->Call<Response>(method, request, OptionsFor(http, timeout_ms));
  return response.ok() ? Answer(http, *response) : ProblemOf(response.status());
}

// Fills `page_size` and `page_token` from `pageSize` and `pageToken`.
template <typename Request>
absl::Status FillPage(const platform::HttpRequest& http, int64_t fallback, Request* request) {
  const absl::StatusOr<int64_t> size = QueryNumber(http, "pageSize", fallback);
  if (!size.ok()) return size.status();
  request->set_page_size(static_cast<int32_t>(std::min<int64_t>(*size, 1000)));
  request->set_page_token(std::string(http.Query("pageToken")));
  return absl::OkStatus();
}

}  // namespace sepakat::gateway
