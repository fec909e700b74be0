// Between HTTP and the services' messages: JSON in, JSON out, errors as problems.
//
// Answers are the protobuf JSON of the response messages (lowerCamelCase, 64-bit numbers as text,
// defaults printed, absent optionals left out). GETs carry an ETag of their bytes.
// Thread: pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/platform/http/http_message.h"
#include "google/protobuf/message.h"
#include "sepakat/common/v1/request.pb.h"

namespace sepakat::gateway {

std::string ToJson(const google::protobuf::Message& message);

// 200 with the message; 304 when `if-none-match` has the ETag of these bytes.
platform::HttpResponse Answer(const platform::HttpRequest& request,
                              const google::protobuf::Message& message);
// The same for a body that is JSON already.
platform::HttpResponse AnswerJson(const platform::HttpRequest& request, std::string json);

// The problem of a failed call: canonical code -> HTTP status, reason -> `code`, field -> `field`.
platform::HttpResponse ProblemOf(const absl::Status& status);

// Reads a body such as {"actor": …, "reason": …, "familyId": …} into `message`: members that the
// message knows are filled in, `actor` and `reason` go to its `context`, unknown ones are refused.
// `renamed` maps members whose name would collide with those two. The `Idempotency-Key` header
// becomes the request id and is required.
// Errors: InvalidArgument BODY_MALFORMED, IDEMPOTENCY_KEY_MISSING.
absl::Status ReadMutation(const platform::HttpRequest& request, google::protobuf::Message* message,
                          const std::map<std::string, std::string>& renamed = {});

// A whole number of a query; `fallback` when it is absent.
// Errors: InvalidArgument QUERY_INVALID.
absl::StatusOr<int64_t> QueryNumber(const platform::HttpRequest& request, std::string_view name,
                                    int64_t fallback);

}  // namespace sepakat::gateway
