// A request and its answer, free of sockets, so that handlers can be called by tests.
//
// Thread: plain values.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sepakat::platform {

struct HttpRequest {
  std::string method;  // `GET`
  std::string path;    // decoded, without the query
  std::map<std::string, std::string> query;
  // Names in lower case.
  std::map<std::string, std::string> headers;
  // Small bodies.
  std::string body;
  // Large bodies of upload routes: a file that lives as long as the request.
  std::string body_file;
  // True once the server is stopping: long work should end early.
  std::function<bool()> cancelled = [] { return false; };
  // Filled by the router: `{region}` -> `33.26`.
  std::map<std::string, std::string> params;

  std::string_view Header(std::string_view name) const {
    const auto it = headers.find(std::string(name));
    return it == headers.end() ? std::string_view{} : std::string_view(it->second);
  }
  std::string_view Query(std::string_view name) const {
    const auto it = query.find(std::string(name));
    return it == query.end() ? std::string_view{} : std::string_view(it->second);
  }
};

// One open event stream: frames go out in order. Send is false once the client is gone or too slow;
// a client whose queue is full is disconnected, so no stream holds more than the bound. It may be
// held longer than the server lives, but not used while the server is being destroyed.
class SseClient {
 public:
  virtual ~SseClient() = default;
  virtual bool Send(std::shared_ptr<const std::string> frame) = 0;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  // Set for an event stream: called once the head is written. The body is not used then.
  std::function<void(std::shared_ptr<SseClient>)> on_stream;
};

using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

// Splits a target into path and query and decodes both; absent when it is malformed.
std::optional<std::pair<std::string, std::map<std::string, std::string>>> ParseTarget(
    std::string_view target);

}  // namespace sepakat::platform
