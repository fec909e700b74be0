#include "tests/spec/sepakat/clerk.h"

#include <filesystem>
#include <fstream>

#include "common/runtime/topics.h"
#include "sepakat/cli/commands.h"

namespace sepakat {
namespace {

// Calls the services and lets them work afterwards.
class WorkingChannel : public platform::RpcChannel {
 public:
  explicit WorkingChannel(support::Chain* chain) : chain_(chain) {}

  absl::Status Unary(std::string_view method, const google::protobuf::Message& request,
                     google::protobuf::Message* response,
                     const platform::CallOptions& options) override {
    const absl::Status status = chain_->channel()->Unary(method, request, response, options);
    Work();
    return status;
  }

  absl::Status ClientStream(std::string_view method, google::protobuf::Message* message,
                            const platform::RpcSend& send, google::protobuf::Message* response,
                            const platform::CallOptions& options) override {
    const absl::Status status =
        chain_->channel()->ClientStream(method, message, send, response, options);
    Work();
    return status;
  }

 private:
  void Work() {
    int rounds = 0;
    chain_->Until([&rounds] { return ++rounds > 20; });
  }
  support::Chain* chain_;
};

}  // namespace

void Clerk::SetUp() {
  ASSERT_TRUE(log_.EnsureTopics(runtime::topics::All(4)).ok());
  chain_ = std::make_unique<support::Chain>(&log_, &views_);
  ASSERT_TRUE(chain_->Start().ok());
  std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
  for (char& c : name) c = c == '/' ? '_' : c;
  folder_ = testing::TempDir() + "sepakat_clerk_" + name + "/";
  std::filesystem::create_directories(folder_);
}

int Clerk::Run(std::vector<std::string> arguments) {
  out_.str("");
  err_.str("");
  cli::Environment environment{
      .out = out_,
      .err = err_,
      .variable =
          [](const char* name) {
            return std::string(std::string_view(name) == "SEPAKAT_LANG" ? "en" : "");
          },
      .now_ms = [this] { return chain_->clock().NowMs(); },
      .connect =
          [this](const std::string&) -> absl::StatusOr<std::unique_ptr<platform::RpcChannel>> {
        return std::make_unique<WorkingChannel>(chain_.get());
      }};
  static constexpr cli::AddCommand kAll[] = {
      cli::AddIngest,    cli::AddReport,  cli::AddCodebook, cli::AddQuarantine, cli::AddJoin,
      cli::AddReference, cli::AddRegions, cli::AddSeries,   cli::AddBoundaries, cli::AddGenerate};
  return cli::RunCommandLine(kAll, std::move(arguments), environment);
}

void Clerk::LoadRegions() {
  ASSERT_EQ(Run({"regions", "load", SEPAKAT_REGIONS_CSV}), cli::kExitOk) << err();
}

void Clerk::LoadRegionsAndReference() {
  LoadRegions();
  ASSERT_EQ(Run({"reference", "apply", "--reason", "first set"}), cli::kExitOk) << err();
}

std::string Clerk::Write(const std::string& name, const std::string& text) const {
  std::ofstream(folder_ + name, std::ios::binary) << text;
  return folder_ + name;
}

}  // namespace sepakat
