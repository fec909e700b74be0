#include "common/platform/http/http_session.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "common/platform/http/gzip.h"

namespace sepakat::platform {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;

constexpr size_t kWorthPacking = 1024;

bool IsText(std::string_view type) {
  return type.find("json") != std::string_view::npos || type.starts_with("text/");
}

template <typename Message>
std::map<std::string, std::string> HeadersOf(const Message& message) {
  std::map<std::string, std::string> headers;
  for (const auto& field : message) {
    std::string name(field.name_string());
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    headers[name] = std::string(field.value());
  }
  return headers;
}

// What the outside holds of a stream: the connection and its server may end before it does.
class StreamHandle final : public SseClient {
 public:
  explicit StreamHandle(std::weak_ptr<HttpSession> session) : session_(std::move(session)) {}
  bool Send(std::shared_ptr<const std::string> frame) override {
    const std::shared_ptr<HttpSession> session = session_.lock();
    return session != nullptr && session->Send(std::move(frame));
  }

 private:
  const std::weak_ptr<HttpSession> session_;
};

// The answer of a handler; an exception ends here.
HttpResponse Answer(const HttpRouter& router, HttpRequest request) {
  try {
    return router.Route(std::move(request));
  } catch (const std::exception&) {
    return Problem(500, "HANDLER_FAILED", "Permintaan gagal / Request failed",
                   "the request met an error that nobody expected");
  }
}

void PackIfWorth(std::string_view accept_encoding, HttpResponse* response) {
  const bool packed = std::ranges::any_of(
      response->headers, [](const auto& header) { return header.first == "Content-Encoding"; });
  if (packed || response->body.size() < kWorthPacking || !IsText(response->content_type) ||
      !AcceptsGzip(accept_encoding)) {
    return;
  }
  std::string bytes = Gzip(response->body);
  if (bytes.empty()) return;
  response->body = std::move(bytes);
  response->headers.emplace_back("Content-Encoding", "gzip");
  response->headers.emplace_back("Vary", "Accept-Encoding");
}

}  // namespace

HttpSession::HttpSession(net::ip::tcp::socket socket, HttpShared* shared)
    : stream_(std::move(socket)), shared_(shared) {
  ++shared_->connections;
  Error ignored;
  stream_.socket().set_option(net::ip::tcp::no_delay(true), ignored);
}

HttpSession::~HttpSession() {
  if (!upload_file_.empty()) std::remove(upload_file_.c_str());
  --shared_->connections;
}

void HttpSession::Close() {
  open_ = false;
  Error ignored;
  stream_.socket().shutdown(net::ip::tcp::socket::shutdown_both, ignored);
  stream_.close();
}

void HttpSession::ReadHeader() {
  if (!upload_file_.empty()) std::remove(upload_file_.c_str());
  upload_file_.clear();
  small_.reset();
  large_.reset();
  head_.emplace();
  head_->header_limit(static_cast<uint32_t>(shared_->options.max_header_bytes));
  head_->body_limit(shared_->options.max_upload_bytes);
  stream_.expires_after(std::chrono::seconds(shared_->options.idle_timeout_s));
  http::async_read_header(
      stream_, buffer_, *head_,
      [self = shared_from_this()](Error error, size_t) { self->OnHeader(error); });
}

void HttpSession::OnHeader(Error error) {
  if (error == http::error::header_limit) {
    return Refuse(431, "HEADER_TOO_LARGE", "the header of the request is too large");
  }
  if (error) return Close();
  accept_encoding_ = std::string(head_->get()[http::field::accept_encoding]);
  keep_alive_ = head_->get().keep_alive();
  head_only_ = head_->get().method() == http::verb::head;
  const auto size = head_->content_length();
  if (size && *size > LargestBody()) {
    return Refuse(413, "BODY_TOO_LARGE", "the body of the request is too large");
  }
  const auto expect = head_->get()[http::field::expect];
  if (!boost::beast::iequals(expect, "100-continue")) return ReadBody();
  static const std::string kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  net::async_write(stream_, net::buffer(kContinue),
                   [self = shared_from_this()](Error write_error, size_t) {
                     if (write_error) return self->Close();
                     self->ReadBody();
                   });
}

bool HttpSession::IsUpload() const {
  const auto& head = head_->get();
  const std::string target(head.target());
  return shared_->router->IsUpload(std::string(head.method_string()),
                                   target.substr(0, target.find('?')));
}

uint64_t HttpSession::LargestBody() const {
  return IsUpload() ? shared_->options.max_upload_bytes : shared_->options.max_body_bytes;
}

bool HttpSession::OpenUploadFile() {
  std::string name = shared_->options.upload_folder + "/sepakat-upload-XXXXXX";
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) return false;
  upload_file_ = name;
  boost::beast::file file;
  file.native_handle(descriptor);
  Error error;
  large_->get().body().reset(std::move(file), error);
  return !error;
}

void HttpSession::ReadBody() {
  if (IsUpload()) {
    large_.emplace(std::move(*head_));
    if (!OpenUploadFile()) return RefuseUpload();
    return ReadInto(&*large_);
  }
  small_.emplace(std::move(*head_));
  small_->body_limit(shared_->options.max_body_bytes);
  ReadInto(&*small_);
}

template <typename Parser>
void HttpSession::ReadInto(Parser* parser) {
  if (parser->is_done()) return Take(parser);  // Reading on would wait for the next request.
  stream_.expires_after(std::chrono::seconds(shared_->options.idle_timeout_s));
  http::async_read_some(
      stream_, buffer_, *parser, [self = shared_from_this(), parser](Error error, size_t) {
        if (error == http::error::body_limit) {
          return self->Refuse(413, "BODY_TOO_LARGE", "the body of the request is too large");
        }
        if (error == boost::system::errc::no_space_on_device) return self->RefuseUpload();
        if (error) return self->Close();
        self->ReadInto(parser);
      });
}

template <typename Parser>
void HttpSession::Take(Parser* parser) {
  auto& message = parser->get();
  HttpRequest request;
  request.method = std::string(message.method_string());
  request.headers = HeadersOf(message);
  const auto target =
      ParseTarget(std::string_view(message.target().data(), message.target().size()));
  if (!target) return Refuse(400, "TARGET_MALFORMED", "the address is malformed");
  std::tie(request.path, request.query) = *target;
  if constexpr (std::is_same_v<typename Parser::value_type::body_type, http::file_body>) {
    message.body().close();
    request.body_file = upload_file_;
  } else {
    request.body = std::move(message.body());
  }
  Handle(std::move(request));
}

void HttpSession::Refuse(int status, std::string_view code, std::string_view detail) {
  keep_alive_ = false;
  Write(Problem(status, code, "Request refused", detail));
}

void HttpSession::RefuseUpload() {
  Refuse(507, "UPLOAD_NOT_KEPT",
         fmt::format("cannot keep the upload in {}: the folder is full or not writable",
                     shared_->options.upload_folder));
}

void HttpSession::Handle(HttpRequest request) {
  stream_.expires_never();  // The handler has deadlines of its own.
  if (head_only_) request.method = "GET";
  request.cancelled = [shared = shared_] { return shared->stopping.load(); };
  auto& pool = request.body_file.empty() ? *shared_->pool : *shared_->upload_pool;
  net::post(pool, [self = shared_from_this(), request = std::move(request)]() mutable {
    HttpResponse response = Answer(*self->shared_->router, std::move(request));
    PackIfWorth(self->accept_encoding_, &response);
    net::post(self->stream_.get_executor(), [self, response = std::move(response)]() mutable {
      if (response.on_stream) return self->OpenStream(std::move(response));
      self->Write(std::move(response));
    });
  });
}

void HttpSession::Write(HttpResponse response) {
  answer_.emplace();
  answer_->result(static_cast<unsigned>(response.status));
  answer_->version(11);
  answer_->set(http::field::content_type, response.content_type);
  answer_->set("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : response.headers) answer_->set(name, value);
  answer_->keep_alive(keep_alive_);
  const size_t size = response.body.size();
  if (!head_only_) answer_->body() = std::move(response.body);
  answer_->content_length(size);
  if (response.status == 304) answer_->content_length(boost::none);
  stream_.expires_after(std::chrono::seconds(shared_->options.idle_timeout_s));
  http::async_write(stream_, *answer_, [self = shared_from_this()](Error error, size_t) {
    if (error || !self->keep_alive_) return self->Close();
    self->ReadHeader();
  });
}

void HttpSession::OpenStream(HttpResponse response) {
  stream_head_ =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
      "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
  net::async_write(
      stream_, net::buffer(stream_head_),
      [self = shared_from_this(), on_stream = std::move(response.on_stream)](Error error, size_t) {
        if (error) return self->Close();
        self->WatchForEnd();
        on_stream(std::make_shared<StreamHandle>(self));
      });
}

// A client says nothing on a stream; whatever ends this read ends the stream.
void HttpSession::WatchForEnd() {
  stream_.async_read_some(net::buffer(scrap_), [self = shared_from_this()](Error error, size_t) {
    if (error) return self->Close();
    self->WatchForEnd();
  });
}

bool HttpSession::Send(std::shared_ptr<const std::string> frame) {
  const std::lock_guard guard(frames_lock_);
  if (!open_) return false;
  if (frames_.size() >= shared_->options.max_stream_frames) {
    open_ = false;
    net::post(stream_.get_executor(), [self = shared_from_this()] { self->Close(); });
    return false;
  }
  // Queued here and not by a posted function: those of the network thread itself may run later
  // than those that other threads post after them.
  frames_.push_back(std::move(frame));
  if (!std::exchange(writing_, true)) {
    net::post(stream_.get_executor(), [self = shared_from_this()] { self->WriteFrames(); });
  }
  return true;
}

void HttpSession::WriteFrames() {
  const std::lock_guard guard(frames_lock_);
  if (frames_.empty() || !open_) {
    writing_ = false;
    return;
  }
  stream_.expires_after(std::chrono::seconds(shared_->options.idle_timeout_s));
  net::async_write(stream_, net::buffer(*frames_.front()),
                   [self = shared_from_this()](Error error, size_t) { self->OnFrame(error); });
}

void HttpSession::OnFrame(Error error) {
  if (error) return Close();
  {
    const std::lock_guard guard(frames_lock_);
    frames_.pop_front();
  }
  WriteFrames();
}

}  // namespace sepakat::platform
