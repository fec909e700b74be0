// One connection of the HTTP server: reads requests, hands them to the pool, writes answers.
//
// Lives as long as an operation on it is under way. Everything but Send() runs on the one network
// thread.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "common/platform/http/http_server.h"

namespace sepakat::platform {

// What all connections of a server share; outlives them.
struct HttpShared {
  const HttpServerOptions options;
  const HttpRouter* const router;
  boost::asio::thread_pool* const pool;
  // Uploads take long; they never keep small requests waiting.
  boost::asio::thread_pool* const upload_pool;
  std::atomic<int> connections{0};
  std::atomic<bool> stopping{false};
};

class HttpSession final : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(boost::asio::ip::tcp::socket socket, HttpShared* shared);
  ~HttpSession();
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;

  void Run() { ReadHeader(); }
  // Queues a frame of the event stream, behind those queued before by any thread. From any thread.
  bool Send(std::shared_ptr<const std::string> frame);
  void Close();

 private:
  using Error = boost::beast::error_code;

  void ReadHeader();
  void OnHeader(Error error);
  void ReadBody();
  bool IsUpload() const;
  uint64_t LargestBody() const;
  void RefuseUpload();
  // Opens a file that only this user can read, for the body of an upload.
  bool OpenUploadFile();
  template <typename Parser>
  void ReadInto(Parser* parser);
  template <typename Parser>
  void Take(Parser* parser);
  void Refuse(int status, std::string_view code, std::string_view detail);
  void Handle(HttpRequest request);
  void Write(HttpResponse response);
  void OpenStream(HttpResponse response);
  void WriteFrames();
  void OnFrame(Error error);
  void WatchForEnd();

  boost::beast::tcp_stream stream_;
  HttpShared* const shared_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::empty_body>> head_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> small_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::file_body>> large_;
  std::optional<boost::beast::http::response<boost::beast::http::string_body>> answer_;
  std::string upload_file_;
  bool keep_alive_ = true;
  bool head_only_ = false;
  std::string accept_encoding_;
  // Event stream.
  std::string stream_head_;
  std::mutex frames_lock_;
  std::deque<std::shared_ptr<const std::string>> frames_;  // guarded by frames_lock_
  bool writing_ = false;                                   // guarded by frames_lock_
  std::atomic<bool> open_{true};
  char scrap_[64];
};

}  // namespace sepakat::platform
