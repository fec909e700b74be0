#include "common/platform/http/http_server.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "common/base/language.h"
#include "common/base/status.h"
#include "common/platform/http/http_session.h"

namespace sepakat::platform {

namespace net = boost::asio;
using net::ip::tcp;

class HttpServer::Impl {
 public:
  Impl(HttpServerOptions options, const HttpRouter* router)
      : pool_(static_cast<size_t>(options.handler_threads)),
        upload_pool_(static_cast<size_t>(options.upload_threads)),
        shared_{std::move(options), router, &pool_, &upload_pool_},
        acceptor_(io_) {}

  absl::Status Start() {
    boost::system::error_code error;
    const auto address = net::ip::make_address(shared_.options.host, error);
    if (error) {
      return base::Error(absl::StatusCode::kInvalidArgument, "ADDRESS_INVALID",
                         fmt::format("{} is not an address to listen on", shared_.options.host));
    }
    if (shared_.options.port < 0 || shared_.options.port > 65535) {
      return base::Error(absl::StatusCode::kInvalidArgument, "ADDRESS_INVALID",
                         fmt::format("{} is no port; use 0 to 65535", shared_.options.port));
    }
    const tcp::endpoint endpoint(address, static_cast<uint16_t>(shared_.options.port));
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(net::socket_base::max_listen_connections, error);
    if (error) {
      return base::ErrorInBoth(
          absl::StatusCode::kAlreadyExists, "PORT_IN_USE",
          "{}:{} tidak dapat dipakai ({}); hentikan program yang memakainya atau pilih port lain",
          "cannot listen on {}:{} ({}); stop the other program or choose another port",
          shared_.options.host, shared_.options.port, error.message());
    }
    port_ = acceptor_.local_endpoint().port();
    Accept();
    thread_ = std::thread([this] { io_.run(); });
    return absl::OkStatus();
  }

  int port() const { return port_; }

  void Stop() {
    if (!thread_.joinable()) return;
    shared_.stopping = true;
    net::post(io_, [this] {
      boost::system::error_code ignored;
      acceptor_.close(ignored);
      for (const auto& weak : sessions_) {
        if (const auto session = weak.lock()) session->Close();
      }
    });
    pool_.join();
    upload_pool_.join();
    io_.stop();
    thread_.join();
  }

 private:
  void Accept() {
    acceptor_.async_accept(io_, [this](boost::system::error_code error, tcp::socket socket) {
      if (error == net::error::operation_aborted) return;
      if (error) return AcceptLater();
      if (shared_.connections < shared_.options.max_connections) {
        const auto session = std::make_shared<HttpSession>(std::move(socket), &shared_);
        std::erase_if(sessions_, [](const auto& weak) { return weak.expired(); });
        sessions_.push_back(session);
        session->Run();
      }
      if (acceptor_.is_open()) Accept();
    });
  }

  // No descriptor is free: trying again at once would only burn the network thread.
  void AcceptLater() {
    pause_.expires_after(std::chrono::milliseconds(100));
    pause_.async_wait([this](boost::system::error_code error) {
      if (!error && acceptor_.is_open()) Accept();
    });
  }

  // Declared so that handlers end before the network, and connections before what they share.
  net::thread_pool pool_;
  net::thread_pool upload_pool_;
  HttpShared shared_;
  net::io_context io_{1};
  tcp::acceptor acceptor_;
  net::steady_timer pause_{io_};
  std::vector<std::weak_ptr<HttpSession>> sessions_;  // Network thread only.
  std::thread thread_;
  int port_ = 0;
};

HttpServer::HttpServer(HttpServerOptions options, const HttpRouter* router)
    : impl_(std::make_unique<Impl>(std::move(options), router)) {}
HttpServer::~HttpServer() { Stop(); }

absl::Status HttpServer::Start() { return impl_->Start(); }
int HttpServer::Port() const { return impl_->port(); }
void HttpServer::Stop() { impl_->Stop(); }

}  // namespace sepakat::platform
