// The server on a real socket: limits, keep-alive, packing, streams, uploads and its end.

#include "common/platform/http/http_server.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "common/base/status.h"
#include "tests/support/http/raw_client.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::platform {
namespace {

using support::BodyOf;
using support::Fetch;
using support::RawClient;
using support::StatusOf;

HttpResponse Says(std::string text, std::string type = "application/json") {
  HttpResponse response;
  response.content_type = std::move(type);
  response.body = std::move(text);
  return response;
}

std::string Unpack(const std::string& packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string text(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

class HttpServerTest : public testing::Test {
 protected:
  HttpServerTest() {
    options_.upload_folder = folder_.path().string();
    router_.Add("GET", "/hello", [](const HttpRequest& request) {
      return Says("hello " + std::string(request.Query("name")));
    });
    router_.Add("GET", "/long", [](const HttpRequest&) { return Says(std::string(5000, 'a')); });
    router_.Add("POST", "/echo", [](const HttpRequest& request) { return Says(request.body); });
    router_.Add("GET", "/throws", [](const HttpRequest&) -> HttpResponse {
      throw std::runtime_error("secret detail");
    });
    router_.AddUpload("POST", "/upload", [this](const HttpRequest& request) {
      struct stat info {};
      ::stat(request.body_file.c_str(), &info);
      upload_mode_ = info.st_mode & 0777;
      upload_file_ = request.body_file;
      return Says(std::to_string(info.st_size));
    });
    router_.Add("GET", "/stream", [this](const HttpRequest&) {
      HttpResponse response;
      response.on_stream = [this](std::shared_ptr<SseClient> client) {
        client->Send(std::make_shared<const std::string>("data: first\n\n"));
        const std::lock_guard guard(mutex_);
        streams_.push_back(std::move(client));
        wake_.notify_all();
      };
      return response;
    });
  }

  int Start() {
    server_ = std::make_unique<HttpServer>(options_, &router_);
    const absl::Status status = server_->Start();
    EXPECT_TRUE(status.ok()) << status;
    return server_->Port();
  }
  std::shared_ptr<SseClient> WaitForStream() {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(wake_.wait_for(lock, std::chrono::seconds(20), [&] { return !streams_.empty(); }));
    return streams_.back();
  }

  support::TemporaryFolder folder_{"http-server-test"};
  HttpServerOptions options_;
  HttpRouter router_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::shared_ptr<SseClient>> streams_;
  std::atomic<unsigned> upload_mode_{0};
  std::string upload_file_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, AnswersAndKeepsTheConnectionForTheNextRequest) {
  RawClient client(Start());
  for (const char* name : {"a", "b", "c"}) {
    client.Send(std::string("GET /hello?name=") + name + " HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string answer = client.ReadAnswer();
    EXPECT_EQ(StatusOf(answer), 200);
    EXPECT_EQ(BodyOf(answer), std::string("hello ") + name);
  }
}

TEST_F(HttpServerTest, PipelinedRequestsAreAnsweredInOrder) {
  RawClient client(Start());
  client.Send(
      "GET /hello?name=1 HTTP/1.1\r\nHost: x\r\n\r\nGET /hello?name=2 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "hello 1");
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "hello 2");
}

TEST_F(HttpServerTest, HeadHasTheHeadOfGetAndNoBody) {
  const std::string answer = Fetch(Start(), "HEAD", "/hello?name=x");
  EXPECT_EQ(StatusOf(answer), 200);
  EXPECT_NE(answer.find("Content-Length: 7\r\n"), std::string::npos) << answer;
  EXPECT_EQ(BodyOf(answer), "");
}

TEST_F(HttpServerTest, TextIsPackedForThoseWhoTakeIt) {
  const int port = Start();
  const std::string packed = Fetch(port, "GET", "/long", "Accept-Encoding: gzip\r\n");
  EXPECT_NE(packed.find("Content-Encoding: gzip\r\n"), std::string::npos);
  EXPECT_EQ(Unpack(BodyOf(packed)), std::string(5000, 'a'));
  EXPECT_EQ(BodyOf(Fetch(port, "GET", "/long")), std::string(5000, 'a'));
}

TEST_F(HttpServerTest, ABodyAtTheLimitIsTakenAndOneByteMoreIsRefused) {
  options_.max_body_bytes = 2000;
  const int port = Start();
  EXPECT_EQ(BodyOf(Fetch(port, "POST", "/echo", "", std::string(2000, 'x'))),
            std::string(2000, 'x'));
  EXPECT_EQ(StatusOf(Fetch(port, "POST", "/echo", "", std::string(2001, 'x'))), 413);
}

TEST_F(HttpServerTest, AnAnnouncedGiantIsRefusedBeforeItIsSent) {
  RawClient client(Start());
  client.Send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000000\r\n\r\n");
  EXPECT_EQ(StatusOf(client.ReadAnswer()), 413);
}

TEST_F(HttpServerTest, AChunkedGiantIsRefusedOnTheWay) {
  options_.max_body_bytes = 2000;
  RawClient client(Start());
  client.Send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  client.Send("1000\r\n" + std::string(0x1000, 'x') + "\r\n");
  EXPECT_EQ(StatusOf(client.ReadAnswer()), 413);
}

TEST_F(HttpServerTest, AHeaderOverTheLimitIsRefused) {
  const std::string answer =
      Fetch(Start(), "GET", "/hello", "X-Long: " + std::string(20'000, 'x') + "\r\n");
  EXPECT_EQ(StatusOf(answer), 431);
}

TEST_F(HttpServerTest, WhatIsNotHttpEndsTheConnectionAndNothingElse) {
  const int port = Start();
  RawClient client(port);
  client.Send(std::string("\x16\x03\x01\x02\x00\x01", 6) + "\r\n\r\n");
  client.ReadToEnd();
  EXPECT_EQ(StatusOf(Fetch(port, "GET", "/hello")), 200);
}

TEST_F(HttpServerTest, AMalformedTargetIsRefused) {
  EXPECT_EQ(StatusOf(Fetch(Start(), "GET", "/hello?name=%zz")), 400);
}

TEST_F(HttpServerTest, AHandlerThatThrowsIsAProblemWithoutItsSecrets) {
  const int port = Start();
  const std::string answer = Fetch(port, "GET", "/throws");
  EXPECT_EQ(StatusOf(answer), 500);
  EXPECT_NE(answer.find("HANDLER_FAILED"), std::string::npos);
  EXPECT_EQ(answer.find("secret detail"), std::string::npos);
  EXPECT_EQ(StatusOf(Fetch(port, "GET", "/hello")), 200);
}

TEST_F(HttpServerTest, AnUploadGoesToAFileOfItsOwnThatOthersCannotReadAndThatIsRemoved) {
  const std::string bytes(3 << 20, 'u');
  EXPECT_EQ(BodyOf(Fetch(Start(), "POST", "/upload", "", bytes)), std::to_string(bytes.size()));
  EXPECT_EQ(upload_mode_, 0600u);
  server_->Stop();
  server_.reset();
  EXPECT_FALSE(std::filesystem::exists(upload_file_));
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(HttpServerTest, AClientThatAsksFirstMaySendItsUpload) {
  RawClient client(Start());
  client.Send(
      "POST /upload HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(client.ReadUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("data");
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "4");
}

TEST_F(HttpServerTest, AnUploadThatCannotBeKeptIsRefusedWithASentence) {
  options_.upload_folder = "/no/such/folder";
  const std::string answer = Fetch(Start(), "POST", "/upload", "", "data");
  EXPECT_EQ(StatusOf(answer), 507);
  EXPECT_NE(answer.find("/no/such/folder"), std::string::npos);
}

TEST_F(HttpServerTest, ASlowClientIsClosedAfterTheIdleTime) {
  options_.idle_timeout_s = 1;
  RawClient client(Start());
  client.Send("GET /hello HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  EXPECT_EQ(client.ReadToEnd(), "");
}

TEST_F(HttpServerTest, AStreamCarriesFramesInOrder) {
  RawClient client(Start());
  client.Send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(client.ReadUntil("\r\n\r\n").find("Content-Type: text/event-stream"),
            std::string::npos);
  const auto stream = WaitForStream();
  for (int i = 0; i < 100; ++i) {
    stream->Send(std::make_shared<const std::string>("data: " + std::to_string(i) + "\n\n"));
  }
  std::string expected = "data: first\n\n";
  for (int i = 0; i < 100; ++i) expected += "data: " + std::to_string(i) + "\n\n";
  EXPECT_EQ(client.ReadUntil("data: 99\n\n"), expected);
}

// Seen once: what the network thread sent first arrived behind what others sent later.
TEST_F(HttpServerTest, FramesOfOtherThreadsStayBehindTheFirstOneOfTheNetworkThread) {
  router_.Add("GET", "/two-threads", [](const HttpRequest&) {
    HttpResponse response;
    response.on_stream = [](const std::shared_ptr<SseClient>& client) {
      client->Send(std::make_shared<const std::string>("data: first\n\n"));
      std::thread([&client] {
        client->Send(std::make_shared<const std::string>("data: second\n\n"));
      }).join();
    };
    return response;
  });
  RawClient client(Start());
  client.Send("GET /two-threads HTTP/1.1\r\nHost: x\r\n\r\n");
  client.ReadUntil("\r\n\r\n");
  EXPECT_EQ(client.ReadUntil("data: second\n\n"), "data: first\n\ndata: second\n\n");
}

TEST_F(HttpServerTest, AStreamThatLagsBehindTheLimitIsDisconnected) {
  options_.max_stream_frames = 4;
  RawClient client(Start());
  client.Send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto stream = WaitForStream();
  const auto frame =
      std::make_shared<const std::string>(1 << 20, 'x');  // Fills every socket buffer.
  int sent = 0;
  while (stream->Send(frame)) ASSERT_LT(++sent, 1000) << "a client that reads nothing is kept";
  EXPECT_FALSE(stream->Send(frame));
}

TEST_F(HttpServerTest, AStreamWhoseClientLeftRefusesFramesSoon) {
  const int port = Start();
  {
    RawClient client(port);
    client.Send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
    client.ReadUntil("first");
  }
  const auto stream = WaitForStream();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  const auto frame = std::make_shared<const std::string>("data: x\n\n");
  while (stream->Send(frame)) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    std::this_thread::yield();
  }
}

// A hub of streams outlived its server and freed connections whose network was gone.
TEST_F(HttpServerTest, AStreamThatIsHeldLongerThanItsServerOnlyRefusesFrames) {
  RawClient client(Start());
  client.Send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto stream = WaitForStream();
  server_->Stop();
  server_.reset();
  EXPECT_FALSE(stream->Send(std::make_shared<const std::string>("data: late\n\n")));
}

TEST_F(HttpServerTest, ManyOpenStreamsLeaveRoomForRequests) {
  const int port = Start();
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 300; ++i) {
    clients.push_back(std::make_unique<RawClient>(port));
    clients.back()->Send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  for (auto& client : clients) client->ReadUntil("first");
  EXPECT_EQ(StatusOf(Fetch(port, "GET", "/hello")), 200);
}

TEST_F(HttpServerTest, ConnectionsAboveTheLimitAreClosed) {
  options_.max_connections = 2;
  const int port = Start();
  RawClient first(port);
  RawClient second(port);
  for (RawClient* client : {&first, &second}) {
    client->Send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(StatusOf(client->ReadAnswer()), 200);
  }
  RawClient third(port);
  third.Send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(third.ReadToEnd(), "");
}

TEST_F(HttpServerTest, ATakenPortIsOneClearSentence) {
  const int port = Start();
  HttpServerOptions options;
  options.port = port;
  HttpServer second(options, &router_);
  const absl::Status status = second.Start();
  EXPECT_EQ(base::ReasonOf(status), "PORT_IN_USE");
  EXPECT_NE(std::string(status.message()).find(std::to_string(port)), std::string::npos);
}

TEST_F(HttpServerTest, AnAddressThatIsNoneIsRefused) {
  options_.host = "nowhere";
  HttpServer server(options_, &router_);
  EXPECT_EQ(base::ReasonOf(server.Start()), "ADDRESS_INVALID");
}

TEST_F(HttpServerTest, StopEndsWhileClientsAreConnected) {
  const int port = Start();
  RawClient idle(port);
  RawClient stream(port);
  stream.Send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  WaitForStream();
  server_->Stop();
  stream.ReadToEnd();
  EXPECT_EQ(idle.ReadToEnd(), "");
}

}  // namespace
}  // namespace sepakat::platform
