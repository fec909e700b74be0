#include "gateway/wire/json_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/platform/http/http_router.h"
#include "common/platform/rpc/error_detail.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"

namespace sepakat::gateway {
namespace {

using google::protobuf::Message;
using platform::HttpRequest;
using platform::HttpResponse;

constexpr int kDeepestBody = 32;

int HttpStatus(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
      return 503;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

std::string_view Title(int http_status) {
  switch (http_status) {
    case 400:
      return "Permintaan tidak sah / Invalid request";
    case 404:
      return "Tidak ditemukan / Not found";
    case 409:
      return "Bertentangan dengan keadaan / Conflict";
    case 503:
    case 504:
      return "Layanan belum menjawab / Service not answering";
    default:
      return "Permintaan gagal / Request failed";
  }
}

// How deep brackets nest outside strings.
int Nesting(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '{' || c == '[')) {
      deepest = std::max(deepest, ++depth);
    } else if (!in_string && (c == '}' || c == ']')) {
      --depth;
    }
  }
  return deepest;
}

// An object, or null for anything else.
nlohmann::json ParseObject(std::string_view text) {
  if (text.empty()) return nlohmann::json::object();
  if (Nesting(text) > kDeepestBody) return nullptr;
  nlohmann::json body = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  return body.is_object() ? body : nlohmann::json(nullptr);
}

absl::Status Malformed(std::string_view detail) {
  return base::Error(absl::StatusCode::kInvalidArgument, "BODY_MALFORMED", detail);
}

}  // namespace

std::string ToJson(const Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  // Fails only for invalid UTF-8 in text fields, which parsing has refused before.
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) return "{}";
  return json;
}

HttpResponse Answer(const HttpRequest& request, const Message& message) {
  return AnswerJson(request, ToJson(message));
}

HttpResponse AnswerJson(const HttpRequest& request, std::string json) {
  HttpResponse response;
  const std::string etag = fmt::format("\"{:016x}\"", base::Hash64(json));
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control", "no-cache");
  if (request.method == "GET" && request.Header("if-none-match") == etag) {
    response.status = 304;
    return response;
  }
  response.body = std::move(json);
  return response;
}

HttpResponse ProblemOf(const absl::Status& status) {
  const int http_status = HttpStatus(status.code());
  return platform::Problem(http_status, base::ReasonOf(status), Title(http_status),
                           std::string(status.message()), platform::FieldOf(status));
}

absl::Status ReadMutation(const HttpRequest& request, Message* message,
                          const std::map<std::string, std::string>& renamed) {
  nlohmann::json body = ParseObject(request.body);
  if (!body.is_object()) return Malformed("the body must be a JSON object");
  const std::string_view key = request.Header("idempotency-key");
  if (key.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "IDEMPOTENCY_KEY_MISSING",
                       "a change needs an Idempotency-Key header: the same key acts once");
  }
  nlohmann::json context = {{"requestId", std::string(key)}};
  for (const char* name : {"actor", "reason"}) {
    if (const auto it = body.find(name); it != body.end()) {
      context[name] = *it;
      body.erase(it);
    }
  }
  for (const auto& [from, to] : renamed) {
    if (const auto it = body.find(from); it != body.end()) {
      nlohmann::json value = *it;
      body.erase(it);
      body[to] = std::move(value);
    }
  }
  if (message->GetDescriptor()->FindFieldByName("context") != nullptr) body["context"] = context;
  const auto parsed = google::protobuf::util::JsonStringToMessage(body.dump(), message);
  if (!parsed.ok()) return Malformed(std::string(parsed.message()));
  return absl::OkStatus();
}

absl::StatusOr<int64_t> QueryNumber(const HttpRequest& request, std::string_view name,
                                    int64_t fallback) {
  const std::string_view text = request.Query(name);
  if (text.empty()) return fallback;
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) {
    return base::Error(absl::StatusCode::kInvalidArgument, "QUERY_INVALID",
                       fmt::format("{} must be a whole number", name));
  }
  return value;
}

}  // namespace sepakat::gateway
