// What every RpcChannel must do, over direct calls and over gRPC.

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/embedded/system_clock.h"
#include "common/platform/grpc/grpc_channel.h"
#include "common/platform/grpc/grpc_server.h"
#include "common/platform/rpc/direct_channel.h"
#include "common/platform/rpc/error_detail.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "tests/support/rpc/empty_services.h"

namespace sepakat::platform {
namespace {

namespace v1 = budgeting::v1;
using ingestion::v1::IngestFileRequest;
using ingestion::v1::IngestFileResponse;

constexpr char kGetPlan[] = "sepakat.budgeting.v1.BudgetingService/GetPlan";
constexpr char kIngest[] = "sepakat.ingestion.v1.IngestionService/IngestFile";
const CallOptions kPatient{20'000, ""};

// One kind of channel to a fixed set of services.
class Link {
 public:
  virtual ~Link() = default;
  virtual RpcChannel& channel() = 0;
};

class DirectLink : public Link {
 public:
  explicit DirectLink(std::vector<const RpcService*> services) : channel_(&clock_, services) {}
  RpcChannel& channel() override { return channel_; }

 private:
  embedded::SystemClock clock_;
  DirectChannel channel_;
};

class GrpcLink : public Link {
 public:
  explicit GrpcLink(std::vector<const RpcService*> services) : server_({}, std::move(services)) {
    const absl::Status started = server_.Start();
    EXPECT_TRUE(started.ok()) << started;
    channel_ = std::make_unique<GrpcChannel>(
        GrpcChannelOptions{.target = "127.0.0.1:" + std::to_string(server_.Port())});
  }
  RpcChannel& channel() override { return *channel_; }

 private:
  GrpcServer server_;
  std::unique_ptr<GrpcChannel> channel_;
};

class RpcTest : public testing::TestWithParam<std::string> {
 protected:
  RpcTest() : budgeting_(support::kBudgeting), ingestion_(support::kIngestion) {
    support::FillBudgeting(&budgeting_);
    support::FillIngestion(&ingestion_);
  }

  template <typename Handler>
  void OnGetPlan(Handler handler) {
    budgeting_.Unary<v1::GetPlanRequest, v1::GetPlanResponse>("GetPlan", std::move(handler));
  }
  template <typename Handler>
  void OnIngest(Handler handler) {
    ingestion_.ClientStream<IngestFileRequest, IngestFileResponse>("IngestFile",
                                                                   std::move(handler));
  }
  RpcChannel& Open() {
    const std::vector<const RpcService*> services = {&budgeting_, &ingestion_};
    if (GetParam() == "Direct") link_ = std::make_unique<DirectLink>(services);
    if (GetParam() == "Grpc") link_ = std::make_unique<GrpcLink>(services);
    return link_->channel();
  }
  static v1::GetPlanRequest Asking(const std::string& plan) {
    v1::GetPlanRequest request;
    request.set_plan_id(plan);
    return request;
  }

  RpcService budgeting_;
  RpcService ingestion_;
  std::unique_ptr<Link> link_;
};

INSTANTIATE_TEST_SUITE_P(Channels, RpcTest, testing::Values("Direct", "Grpc"),
                         [](const auto& channel) { return channel.param; });

TEST_P(RpcTest, TheHandlerSeesTheRequestAndTheCallerTheAnswer) {
  OnGetPlan([](const CallContext&,
               const v1::GetPlanRequest& request) -> absl::StatusOr<v1::GetPlanResponse> {
    v1::GetPlanResponse response;
    response.mutable_plan()->set_plan_id("answer to " + request.plan_id());
    return response;
  });
  const auto response = Open().Call<v1::GetPlanResponse>(kGetPlan, Asking("P-1"), kPatient);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->plan().plan_id(), "answer to P-1");
}

TEST_P(RpcTest, AnErrorKeepsCodeReasonFieldAndSentence) {
  OnGetPlan(
      [](const CallContext&, const v1::GetPlanRequest&) -> absl::StatusOr<v1::GetPlanResponse> {
        return WithField(base::Error(absl::StatusCode::kFailedPrecondition, "PLAN_FROZEN",
                                     "plan P-1 is approved already; make a new proposal"),
                         "plan_id");
      });
  const absl::Status status =
      Open().Call<v1::GetPlanResponse>(kGetPlan, Asking("P-1"), kPatient).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(base::ReasonOf(status), "PLAN_FROZEN");
  EXPECT_EQ(FieldOf(status), "plan_id");
  EXPECT_EQ(status.message(), "plan P-1 is approved already; make a new proposal");
}

TEST_P(RpcTest, EveryCanonicalCodeArrivesAsItself) {
  absl::StatusCode code = absl::StatusCode::kOk;
  OnGetPlan(
      [&](const CallContext&, const v1::GetPlanRequest&) -> absl::StatusOr<v1::GetPlanResponse> {
        return absl::Status(code, "x");
      });
  RpcChannel& channel = Open();
  for (int raw = 1; raw <= 16; ++raw) {
    code = static_cast<absl::StatusCode>(raw);
    EXPECT_EQ(channel.Call<v1::GetPlanResponse>(kGetPlan, Asking(""), kPatient).status().code(),
              code);
  }
}

TEST_P(RpcTest, AMethodThatNobodyHasIsUnimplemented) {
  const absl::Status status =
      Open()
          .Call<v1::GetPlanResponse>("sepakat.budgeting.v1.BudgetingService/NoSuch", Asking(""),
                                     kPatient)
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
}

TEST_P(RpcTest, AHandlerThatThrowsIsAnInternalErrorAndTheNextCallWorks) {
  bool throws = true;
  OnGetPlan(
      [&](const CallContext&, const v1::GetPlanRequest&) -> absl::StatusOr<v1::GetPlanResponse> {
        if (throws) throw std::runtime_error("broken");
        return v1::GetPlanResponse();
      });
  RpcChannel& channel = Open();
  const absl::Status status =
      channel.Call<v1::GetPlanResponse>(kGetPlan, Asking(""), kPatient).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(base::ReasonOf(status), "HANDLER_FAILED");
  throws = false;
  EXPECT_TRUE(channel.Call<v1::GetPlanResponse>(kGetPlan, Asking(""), kPatient).ok());
}

TEST_P(RpcTest, ACallThatTakesTooLongEndsInDeadlineExceededAndTheHandlerIsTold) {
  std::mutex mutex;
  std::condition_variable wake;
  bool told = false;
  OnGetPlan([&](const CallContext& call,
                const v1::GetPlanRequest&) -> absl::StatusOr<v1::GetPlanResponse> {
    EXPECT_GT(call.deadline_us, 0);
    std::unique_lock lock(mutex);
    while (!call.cancelled()) wake.wait_for(lock, std::chrono::milliseconds(1));
    told = true;
    wake.notify_all();
    return v1::GetPlanResponse();
  });
  const absl::Status status =
      Open().Call<v1::GetPlanResponse>(kGetPlan, Asking(""), {50, ""}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  std::unique_lock lock(mutex);
  EXPECT_TRUE(wake.wait_for(lock, std::chrono::seconds(20), [&] { return told; }));
}

TEST_P(RpcTest, TheTraceTravelsWithTheCall) {
  const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  std::string seen;
  OnGetPlan([&](const CallContext& call,
                const v1::GetPlanRequest&) -> absl::StatusOr<v1::GetPlanResponse> {
    seen = call.traceparent;
    return v1::GetPlanResponse();
  });
  ASSERT_TRUE(Open().Call<v1::GetPlanResponse>(kGetPlan, Asking(""), {20'000, trace}).ok());
  EXPECT_EQ(seen, trace);
}

TEST_P(RpcTest, NeitherSideSeesWhatTheOtherChangesAfterwards) {
  const v1::GetPlanRequest* handed = nullptr;
  OnGetPlan([&](const CallContext&,
                const v1::GetPlanRequest& request) -> absl::StatusOr<v1::GetPlanResponse> {
    handed = &request;
    return v1::GetPlanResponse();
  });
  const v1::GetPlanRequest request = Asking("P-1");
  ASSERT_TRUE(Open().Call<v1::GetPlanResponse>(kGetPlan, request, kPatient).ok());
  EXPECT_NE(handed, &request);
}

TEST_P(RpcTest, AnAnswerReplacesWhatTheCallersMessageHeld) {
  v1::GetPlanResponse response;
  response.mutable_plan()->set_plan_id("old");
  ASSERT_TRUE(Open().Unary(kGetPlan, Asking("P-1"), &response, kPatient).ok());
  EXPECT_FALSE(response.has_plan());
}

TEST_P(RpcTest, AStreamArrivesWholeAndInOrder) {
  OnIngest([](const CallContext&, const auto& next) -> absl::StatusOr<IngestFileResponse> {
    IngestFileResponse response;
    IngestFileRequest part;
    std::string all;
    while (true) {
      SEPAKAT_ASSIGN_OR_RETURN(const bool more, next(&part));
      if (!more) break;
      all += part.chunk();
    }
    response.mutable_progress()->set_source(all);
    return response;
  });
  int sent = 0;
  IngestFileRequest scratch;
  IngestFileResponse response;
  const absl::Status status = Open().ClientStream(
      kIngest, &scratch,
      [&](google::protobuf::Message* message) -> absl::StatusOr<bool> {
        static_cast<IngestFileRequest*>(message)->set_chunk(std::to_string(sent) + ";");
        return sent++ < 200;
      },
      &response, kPatient);
  ASSERT_TRUE(status.ok()) << status;
  std::string expected;
  for (int i = 0; i < 200; ++i) expected += std::to_string(i) + ";";
  EXPECT_EQ(response.progress().source(), expected);
}

TEST_P(RpcTest, AHandlerMayRefuseAStreamBeforeItsEnd) {
  OnIngest([](const CallContext&, const auto& next) -> absl::StatusOr<IngestFileResponse> {
    IngestFileRequest part;
    SEPAKAT_RETURN_IF_ERROR(next(&part).status());
    return base::Error(absl::StatusCode::kNotFound, "CODEBOOK_UNKNOWN", "there is no such book");
  });
  int left = 100'000;
  IngestFileRequest scratch;
  IngestFileResponse response;
  const absl::Status status = Open().ClientStream(
      kIngest, &scratch,
      [&](google::protobuf::Message*) -> absl::StatusOr<bool> { return --left > 0; }, &response,
      kPatient);
  EXPECT_EQ(base::ReasonOf(status), "CODEBOOK_UNKNOWN");
  EXPECT_GT(left, 0) << "the caller sent everything to a handler that had gone";
}

TEST_P(RpcTest, ACallerThatBreaksItsStreamOffIsNotTakenForItsEnd) {
  std::mutex mutex;
  std::condition_variable wake;
  bool ended = false;
  absl::Status seen;
  OnIngest([&](const CallContext&, const auto& next) -> absl::StatusOr<IngestFileResponse> {
    IngestFileRequest part;
    absl::StatusOr<bool> more = true;
    while (more.ok() && *more) more = next(&part);
    const std::lock_guard guard(mutex);
    seen = more.status();
    ended = true;
    wake.notify_all();
    return IngestFileResponse();
  });
  int left = 3;
  IngestFileRequest scratch;
  IngestFileResponse response;
  const absl::Status status = Open().ClientStream(
      kIngest, &scratch,
      [&](google::protobuf::Message*) -> absl::StatusOr<bool> {
        if (left-- > 0) return true;
        return base::Error(absl::StatusCode::kDataLoss, "FILE_CUT", "the file ended in a record");
      },
      &response, kPatient);
  EXPECT_EQ(base::ReasonOf(status), "FILE_CUT");
  std::unique_lock lock(mutex);
  ASSERT_TRUE(wake.wait_for(lock, std::chrono::seconds(20), [&] { return ended; }));
  EXPECT_EQ(seen.code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace sepakat::platform
