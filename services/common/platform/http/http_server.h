// An HTTP/1.1 server on Boost.Beast: limits and timeouts on every connection, event streams with a
// bounded queue.
//
// Handlers run on a small pool, never on the network thread. Text answers are gzipped when the
// client takes it. A connection that is idle, slow or over a limit is closed; an upload goes to a
// temporary file instead of memory.
// Errors: AlreadyExists PORT_IN_USE with one sentence.
// Thread: Start, Port and Stop from one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "common/platform/http/http_router.h"

namespace sepakat::platform {

struct HttpServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;  // 0: any free port
  size_t max_header_bytes = 16 << 10;
  size_t max_body_bytes = 1 << 20;
  uint64_t max_upload_bytes = uint64_t{4} << 30;
  int idle_timeout_s = 60;
  int handler_threads = 4;
  // Uploads handled at the same time; more of them wait.
  int upload_threads = 2;
  // Frames an event stream may lag behind before it is disconnected.
  size_t max_stream_frames = 256;
  int max_connections = 2000;
  // Where uploads are kept while they arrive.
  std::string upload_folder = "/tmp";
};

class HttpServer {
 public:
  // The router outlives the server.
  HttpServer(HttpServerOptions options, const HttpRouter* router);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  absl::Status Start();
  int Port() const;
  // Closes all connections; handlers under way end first.
  void Stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sepakat::platform
