// A server that answers from functions, and a run of the command line against it.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/platform/rpc/rpc_channel.h"
#include "gtest/gtest.h"
#include "sepakat/cli/command.h"
#include "sepakat/cli/commands.h"

namespace sepakat::cli {

class FakeServer {
 public:
  // Answers `method` (without the package) from a function of the request.
  template <typename Request, typename Response>
  void On(std::string method, std::function<absl::StatusOr<Response>(const Request&)> answer) {
    unary_[std::move(method)] = [answer](const google::protobuf::Message& request,
                                         google::protobuf::Message* response) {
      absl::StatusOr<Response> result = answer(static_cast<const Request&>(request));
      if (!result.ok()) return result.status();
      *static_cast<Response*>(response) = *std::move(result);
      return absl::OkStatus();
    };
  }

  // Answers a client stream from all its messages.
  template <typename Request, typename Response>
  void OnStream(std::string method,
                std::function<absl::StatusOr<Response>(const std::vector<Request>&)> answer) {
    stream_[std::move(method)] = [answer](google::protobuf::Message* message,
                                          const platform::RpcSend& send,
                                          google::protobuf::Message* response) -> absl::Status {
      std::vector<Request> requests;
      while (true) {
        absl::StatusOr<bool> more = send(message);
        if (!more.ok()) return more.status();
        if (!*more) break;
        requests.push_back(*static_cast<Request*>(message));
      }
      absl::StatusOr<Response> result = answer(requests);
      if (!result.ok()) return result.status();
      *static_cast<Response*>(response) = *std::move(result);
      return absl::OkStatus();
    };
  }

  // Runs `sepakat ARGUMENTS`; what it printed stands in out() and err().
  int Run(std::vector<std::string> arguments) {
    out_.str("");
    err_.str("");
    Environment environment{.out = out_,
                            .err = err_,
                            .interactive = false,
                            .variable = [this](const char* name) { return variables[name]; },
                            .now_ms = [this] { return now_ms += 1000; },
                            .connect = [this](const std::string& address)
                                -> absl::StatusOr<std::unique_ptr<platform::RpcChannel>> {
                              addresses.push_back(address);
                              return std::make_unique<Channel>(this);
                            },
                            .ensure_topics =
                                [this](const std::string& brokers, int replication,
                                       std::span<const runtime::TopicSpec> topics) {
                                  topics_applied = brokers + "/" + std::to_string(replication) +
                                                   "/" + std::to_string(topics.size());
                                  return absl::OkStatus();
                                },
                            .program_folder = "/nowhere"};
    static constexpr AddCommand kAll[] = {
        AddIngest,  AddReport,     AddCodebook, AddQuarantine, AddReference, AddRegions,
        AddSeries,  AddBoundaries, AddGenerate, AddJoin,       AddTopics,    AddVerify,
        AddVersion, AddRules,      AddPmt,      AddExplain,    AddWhatIf};
    return RunCommandLine(kAll, std::move(arguments), environment);
  }

  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

  // English unless a test asks for another language.
  std::map<std::string, std::string> variables = {{"USER", "ani"}, {"SEPAKAT_LANG", "en"}};
  std::vector<std::string> addresses;
  // Methods called, in order, without their packages.
  std::vector<std::string> calls;
  std::string topics_applied;
  int64_t now_ms = 1'760'000'000'000;

 private:
  class Channel : public platform::RpcChannel {
   public:
    explicit Channel(FakeServer* server) : server_(server) {}

    absl::Status Unary(std::string_view method, const google::protobuf::Message& request,
                       google::protobuf::Message* response, const platform::CallOptions&) override {
      const std::string name = server_->Note(method);
      const auto found = server_->unary_.find(name);
      if (found == server_->unary_.end()) return Nobody();
      return found->second(request, response);
    }

    absl::Status ClientStream(std::string_view method, google::protobuf::Message* message,
                              const platform::RpcSend& send, google::protobuf::Message* response,
                              const platform::CallOptions&) override {
      const std::string name = server_->Note(method);
      const auto found = server_->stream_.find(name);
      if (found == server_->stream_.end()) return Nobody();
      return found->second(message, send, response);
    }

   private:
    static absl::Status Nobody() {
      return base::Error(absl::StatusCode::kUnavailable, "UNAVAILABLE", "connection refused");
    }
    FakeServer* server_;
  };

  std::string Note(std::string_view method) {
    calls.emplace_back(method.substr(method.find('/') + 1));
    return calls.back();
  }

  using Unary =
      std::function<absl::Status(const google::protobuf::Message&, google::protobuf::Message*)>;
  using Stream = std::function<absl::Status(google::protobuf::Message*, const platform::RpcSend&,
                                            google::protobuf::Message*)>;
  std::map<std::string, Unary> unary_;
  std::map<std::string, Stream> stream_;
  std::ostringstream out_;
  std::ostringstream err_;
};

// Number of line ends.
inline int64_t Lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

// A file in the folder of the running test.
inline std::string TestFile(const std::string& name) {
  std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
  std::replace(test.begin(), test.end(), '/', '_');
  return std::string(testing::TempDir()) + "sepakat_cli_" + test + "_" + name;
}

}  // namespace sepakat::cli
