#include "common/platform/http/http_router.h"

#include <fmt/format.h>

#include <algorithm>

#include "nlohmann/json.hpp"

namespace sepakat::platform {
namespace {

constexpr std::string_view kOther = "/";

std::vector<std::string> Parts(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    path.remove_prefix(1);
    const size_t end = std::min(path.find('/'), path.size());
    parts.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return parts;
}

bool IsParameter(std::string_view part) {
  return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

bool Matches(const std::vector<std::string>& pattern, const std::vector<std::string>& parts) {
  return std::ranges::equal(pattern, parts, [](const std::string& want, const std::string& got) {
    return IsParameter(want) ? !got.empty() : want == got;
  });
}

}  // namespace

void HttpRouter::Add(std::string_view method, std::string_view path, HttpHandler handler) {
  entries_.push_back(
      {std::string(method), std::string(path), Parts(path), std::move(handler), false});
}

void HttpRouter::AddUpload(std::string_view method, std::string_view path, HttpHandler handler) {
  Add(method, path, std::move(handler));
  entries_.back().upload = true;
}

HttpResponse HttpRouter::Route(HttpRequest request) const {
  const auto began = std::chrono::steady_clock::now();
  auto [response, path] = Answer(request);
  if (observer_) {
    observer_({request.method, path, response.status,
               std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::steady_clock::now() - began)});
  }
  return std::move(response);
}

std::pair<HttpResponse, std::string_view> HttpRouter::Answer(HttpRequest& request) const {
  const std::vector<std::string> parts = Parts(request.path);
  std::string allowed;
  for (const Entry& entry : entries_) {
    if (!Matches(entry.parts, parts)) continue;
    if (entry.method != request.method) {
      allowed += (allowed.empty() ? "" : ", ") + entry.method;
      continue;
    }
    for (size_t i = 0; i < parts.size(); ++i) {
      if (IsParameter(entry.parts[i])) {
        request.params[entry.parts[i].substr(1, entry.parts[i].size() - 2)] = parts[i];
      }
    }
    return {entry.handler(request), entry.path};
  }
  if (!allowed.empty()) {
    HttpResponse response = Problem(405, "METHOD_NOT_ALLOWED", "Method not allowed",
                                    fmt::format("{} takes {}", request.path, allowed));
    response.headers.emplace_back("Allow", allowed);
    return {std::move(response), kOther};
  }
  if (fallback_) return {fallback_(request), kOther};
  return {Problem(404, "NO_SUCH_PATH", "Not found", fmt::format("there is no {}", request.path)),
          kOther};
}

bool HttpRouter::IsUpload(std::string_view method, std::string_view path) const {
  const std::vector<std::string> parts = Parts(path);
  return std::ranges::any_of(entries_, [&](const Entry& entry) {
    return entry.upload && entry.method == method && Matches(entry.parts, parts);
  });
}

std::vector<std::string> HttpRouter::Routes() const {
  std::vector<std::string> routes;
  for (const Entry& entry : entries_) {
    routes.push_back(fmt::format("{} {}", entry.method, entry.path));
  }
  return routes;
}

HttpResponse Problem(int status, std::string_view code, std::string_view title,
                     std::string_view detail, std::string_view field) {
  nlohmann::json body = {{"type", fmt::format("urn:sepakat:problem:{}", code)},
                         {"title", std::string(title)},
                         {"status", status},
                         {"detail", std::string(detail)},
                         {"code", std::string(code)}};
  if (!field.empty()) body["field"] = std::string(field);
  HttpResponse response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return response;
}

}  // namespace sepakat::platform
