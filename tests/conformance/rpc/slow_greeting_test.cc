// On a busy machine a healthy server greets a new connection late. Channels used to give every
// connection a tenth of a second, so a call to such a server failed as unreachable.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>

#include "common/platform/grpc/grpc_channel.h"
#include "common/platform/grpc/grpc_server.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "tests/support/rpc/empty_services.h"

namespace sepakat::platform {
namespace {

namespace v1 = budgeting::v1;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

const sockaddr* Plain(const sockaddr_in& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

// Passes the bytes of one connection on to a server, but only after the client has waited.
class LateGreeter {
 public:
  LateGreeter(int server_port, int late_ms)
      : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = Loopback(0);
    EXPECT_EQ(bind(listener_, Plain(address), sizeof address), 0);
    EXPECT_EQ(listen(listener_, 1), 0);
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    relay_ = std::thread([this, server_port, late_ms] { Relay(server_port, late_ms); });
  }
  ~LateGreeter() {
    shutdown(listener_, SHUT_RDWR);
    relay_.join();
    close(listener_);
  }

  int port() const { return port_; }

 private:
  void Relay(int server_port, int late_ms) const {
    const int client = accept(listener_, nullptr, nullptr);
    if (client < 0) return;
    pollfd gone{client, POLLRDHUP, 0};
    if (poll(&gone, 1, late_ms) == 0) {
      const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      const sockaddr_in address = Loopback(server_port);
      if (connect(server, Plain(address), sizeof address) == 0) Exchange(client, server);
      close(server);
    }
    close(client);
  }

  static void Exchange(int a, int b) {
    std::array<pollfd, 2> ends = {{{a, POLLIN, 0}, {b, POLLIN, 0}}};
    std::array<char, 4096> bytes{};
    while (poll(ends.data(), ends.size(), -1) > 0) {
      for (size_t i = 0; i < ends.size(); ++i) {
        if (ends[i].revents == 0) continue;
        const ssize_t size = recv(ends[i].fd, bytes.data(), bytes.size(), 0);
        if (size <= 0) return;
        send(ends[1 - i].fd, bytes.data(), static_cast<size_t>(size), MSG_NOSIGNAL);
      }
    }
  }

  int listener_;
  int port_ = 0;
  std::thread relay_;
};

TEST(SlowGreeting, AServerThatGreetsLateIsReached) {
  RpcService service(support::kBudgeting);
  support::FillBudgeting(&service);
  GrpcServer server({}, {&service});
  ASSERT_TRUE(server.Start().ok());
  LateGreeter late(server.Port(), 500);
  GrpcChannel channel({.target = "127.0.0.1:" + std::to_string(late.port())});
  v1::GetPlanResponse response;
  const absl::Status status = channel.Unary("sepakat.budgeting.v1.BudgetingService/GetPlan",
                                            v1::GetPlanRequest{}, &response, {20'000, {}});
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace sepakat::platform
