// One TCP connection to a server under test, byte by byte: what a well-behaved client library would
// never send can be sent.
//
// Waits at most 20 s for anything.
// Thread: one.
#pragma once

#include <string>
#include <string_view>

namespace sepakat::support {

class RawClient {
 public:
  // Fails the test when nobody listens.
  explicit RawClient(int port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False when the server has closed.
  bool Send(std::string_view bytes);
  // Reads until what was received holds `text` (everything up to the end of it is returned and
  // taken) or the connection ends (then what there is).
  std::string ReadUntil(std::string_view text);
  // One answer with a Content-Length (or none): head and body.
  std::string ReadAnswer();
  // Everything until the server closes.
  std::string ReadToEnd();

 private:
  bool ReadMore();

  int socket_ = -1;
  std::string received_;
};

// One request on a connection of its own. `extra` are header lines, each with its \r\n.
std::string Fetch(int port, std::string_view method, std::string_view target,
                  std::string_view extra = {}, std::string_view body = {});

// Whether somebody listens on the port, and whether they answer GET with 200.
bool Listens(int port);
bool Answers(int port, std::string_view target);

// Number behind "HTTP/1.1 ", and the part behind the head.
int StatusOf(std::string_view answer);
std::string BodyOf(std::string_view answer);

}  // namespace sepakat::support
