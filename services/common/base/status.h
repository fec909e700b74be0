// Errors as values, with a stable reason beside the sentence.
//
// Every expected failure is an absl::Status whose canonical code decides retries and whose reason
// (UPPER_SNAKE, stable across releases) lets programs and tests tell errors apart. The message says
// what is wrong, with which value, and what to do; it never carries personal data.
// Thread: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::base {

// A failed status with `reason` attached.
absl::Status Error(absl::StatusCode code, std::string_view reason, std::string_view message);

// The reason attached by Error(), or the name of the canonical code when there is none.
std::string ReasonOf(const absl::Status& status);

// The same failure told with where it happened: "<where>: <message>". Keeps code and reason.
absl::Status Annotate(const absl::Status& status, std::string_view where);

// The one place that decides whether the same call may succeed later without a change.
bool IsRetriable(const absl::Status& status);

}  // namespace sepakat::base

// Leaves the function with the status of `expr` unless it is OK.
#define SEPAKAT_RETURN_IF_ERROR(expr)                                   \
  do {                                                                  \
    if (absl::Status sepakat_status_ = (expr); !sepakat_status_.ok()) { \
      return sepakat_status_;                                           \
    }                                                                   \
  } while (false)

#define SEPAKAT_CONCAT_INNER_(a, b) a##b
#define SEPAKAT_CONCAT_(a, b) SEPAKAT_CONCAT_INNER_(a, b)

// Declares `lhs` with the value of a StatusOr, or leaves the function with its status.
#define SEPAKAT_ASSIGN_OR_RETURN(lhs, expr) \
  SEPAKAT_ASSIGN_OR_RETURN_(SEPAKAT_CONCAT_(sepakat_value_, __LINE__), lhs, expr)
#define SEPAKAT_ASSIGN_OR_RETURN_(tmp, lhs, expr) \
  auto tmp = (expr);                              \
  if (!tmp.ok()) return std::move(tmp).status();  \
  lhs = *std::move(tmp)
