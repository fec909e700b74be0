#include "tests/support/http/raw_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace sepakat::support {
namespace {

bool Connect(int socket, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

RawClient::RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval patience{20, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  EXPECT_TRUE(Connect(socket_, port)) << "nobody listens on " << port;
}

RawClient::~RawClient() { ::close(socket_); }

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

bool RawClient::ReadMore() {
  char bytes[16384];
  const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
  if (got > 0) received_.append(bytes, static_cast<size_t>(got));
  return got > 0;
}

std::string RawClient::ReadUntil(std::string_view text) {
  size_t at = std::string::npos;
  while ((at = received_.find(text)) == std::string::npos && ReadMore()) {
  }
  const size_t end = at == std::string::npos ? received_.size() : at + text.size();
  std::string taken = received_.substr(0, end);
  received_.erase(0, end);
  return taken;
}

std::string RawClient::ReadAnswer() {
  std::string answer = ReadUntil("\r\n\r\n");
  const std::string name = "Content-Length: ";
  const size_t at = answer.find(name);
  if (at == std::string::npos) return answer;
  const size_t size = std::strtoul(answer.c_str() + at + name.size(), nullptr, 10);
  while (received_.size() < size && ReadMore()) {
  }
  answer += received_.substr(0, size);
  received_.erase(0, std::min(size, received_.size()));
  return answer;
}

std::string RawClient::ReadToEnd() {
  while (ReadMore()) {
  }
  return std::exchange(received_, {});
}

std::string Fetch(int port, std::string_view method, std::string_view target,
                  std::string_view extra, std::string_view body) {
  RawClient client(port);
  std::string request = std::string(method) + " " + std::string(target) +
                        " HTTP/1.1\r\nHost: x\r\n" + "Connection: close\r\n" + std::string(extra);
  if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  client.Send(request + "\r\n" + std::string(body));
  return client.ReadToEnd();
}

bool Listens(int port) {
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  const bool connected = Connect(probe, port);
  ::close(probe);
  return connected;
}

bool Answers(int port, std::string_view target) {
  return Listens(port) && StatusOf(Fetch(port, "GET", target)) == 200;
}

int StatusOf(std::string_view answer) {
  return answer.size() < 12 ? 0 : std::atoi(std::string(answer.substr(9, 3)).c_str());
}

std::string BodyOf(std::string_view answer) {
  const size_t at = answer.find("\r\n\r\n");
  return at == std::string_view::npos ? "" : std::string(answer.substr(at + 4));
}

}  // namespace sepakat::support
