// Finds the handler of a request by method and path template.
//
//   router.Add("GET", "/v1/figures/{region}", handler);      // request.params["region"]
//   router.Fallback(handler);                                 // everything else that is GET
//
// A path that exists with other methods answers 405 and names them; an unknown one goes to the
// fallback, or 404. An observer learns of every answer.
// Thread: filled by one thread; Route from any.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/platform/http/http_message.h"

namespace sepakat::platform {

// An answer that was given: the template of its path (`/` for the fallback and unknown paths), its
// status, and how long the handler took.
struct RoutedAnswer {
  std::string_view method;
  std::string_view path;
  int status = 0;
  std::chrono::microseconds took{0};
};

class HttpRouter {
 public:
  // Path parts are literals or `{name}`.
  void Add(std::string_view method, std::string_view path, HttpHandler handler);
  // As Add; the body may be large and is handed over as a file.
  void AddUpload(std::string_view method, std::string_view path, HttpHandler handler);
  void Fallback(HttpHandler handler) { fallback_ = std::move(handler); }
  // Called from any thread.
  void Observe(std::function<void(const RoutedAnswer&)> observer) {
    observer_ = std::move(observer);
  }

  HttpResponse Route(HttpRequest request) const;
  // True when the body of this request may be large.
  bool IsUpload(std::string_view method, std::string_view path) const;
  // `GET /v1/figures/{region}`, in the order they were added.
  std::vector<std::string> Routes() const;

 private:
  struct Entry {
    std::string method;
    std::string path;
    std::vector<std::string> parts;
    HttpHandler handler;
    bool upload = false;
  };

  // The answer, and the template of its path.
  std::pair<HttpResponse, std::string_view> Answer(HttpRequest& request) const;

  std::vector<Entry> entries_;
  HttpHandler fallback_;
  std::function<void(const RoutedAnswer&)> observer_;
};

// An RFC 9457 problem body.
HttpResponse Problem(int status, std::string_view code, std::string_view title,
                     std::string_view detail, std::string_view field = {});

}  // namespace sepakat::platform
