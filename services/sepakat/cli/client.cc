#include "sepakat/cli/client.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cctype>

#include "common/base/hash.h"
#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/languages.h"

namespace sepakat::cli {
namespace {

constexpr std::string_view kDefaultServer = "127.0.0.1:7400";
constexpr int64_t kLongMs = int64_t{24} * 3600 * 1000;

// `ingestion` of `sepakat.ingestion.v1.IngestionService/IngestFile`.
std::string ServiceOf(std::string_view method) {
  const size_t begin = method.find('.') + 1;
  return std::string(method.substr(begin, method.find('.', begin) - begin));
}

}  // namespace

void AddServerOption(CLI::App& command, ServerOptions& options) {
  command.add_option("--server", options.server,
                     Both("HOST:PORT server (bawaan $SEPAKAT_SERVER, lalu 127.0.0.1:7400)",
                          "HOST:PORT of the server (default $SEPAKAT_SERVER, else "
                          "127.0.0.1:7400)"));
  command
      .add_option("--timeout", options.timeout_s,
                  Both("detik menunggu jawaban", "seconds to wait for an answer"))
      ->check(CLI::PositiveNumber);
}

void AddChangeOptions(CLI::App& command, ServerOptions& options) {
  AddServerOption(command, options);
  command.add_option("--actor", options.actor,
                     Both("siapa yang bertindak, untuk riwayat (bawaan $USER)",
                          "who acts, for the history (default $USER)"));
  command.add_option("--reason", options.reason,
                     Both("mengapa, untuk riwayat", "why, for the history"));
}

std::string Client::AddressOf(std::string_view service) const {
  if (!options_.server.empty()) return options_.server;
  std::string name = "SEPAKAT_SERVER_";
  for (char c : service) {
    name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  std::string address = environment_.variable(name.c_str());
  if (address.empty()) address = environment_.variable("SEPAKAT_SERVER");
  return address.empty() ? std::string(kDefaultServer) : address;
}

absl::StatusOr<platform::RpcChannel*> Client::ChannelOf(std::string_view method) {
  const std::string address = AddressOf(ServiceOf(method));
  std::unique_ptr<platform::RpcChannel>& channel = channels_[address];
  if (channel == nullptr) {
    SEPAKAT_ASSIGN_OR_RETURN(channel, environment_.connect(address));
  }
  return channel.get();
}

absl::Status Client::Explain(const absl::Status& status, std::string_view method) const {
  if (base::ReasonOf(status) == "RPC_DEADLINE_EXCEEDED") {
    return base::ErrorInBoth(
        absl::StatusCode::kDeadlineExceeded, "SERVER_SLOW",
        "layanan {} di {} tidak menjawab dalam {} detik: periksa apakah Kafka dan layanan yang "
        "ditanyainya berjalan, atau tunggu lebih lama dengan --timeout",
        "the {} service at {} did not answer within {} s: look whether Kafka and the "
        "services that it asks are there, or wait longer with --timeout",
        ServiceOf(method), AddressOf(ServiceOf(method)), options_.timeout_s);
  }
  if (!absl::IsUnavailable(status)) return status;
  return base::ErrorInBoth(
      absl::StatusCode::kUnavailable, "SERVER_UNREACHABLE",
      "layanan {} di {} tidak menjawab: jalankan dengan `sepakat serve`, atau sebutkan alamat lain "
      "dengan --server",
      "no answer from the {} service at {}: start it with `sepakat serve`, "
      "or name another address with --server",
      ServiceOf(method), AddressOf(ServiceOf(method)));
}

absl::Status Client::Unary(std::string_view method, const google::protobuf::Message& request,
                           google::protobuf::Message* response) {
  SEPAKAT_ASSIGN_OR_RETURN(platform::RpcChannel * channel, ChannelOf(method));
  platform::CallOptions call;
  call.timeout_ms = options_.timeout_s * 1000;
  return Explain(channel->Unary(method, request, response, call), method);
}

absl::Status Client::Stream(std::string_view method, google::protobuf::Message* message,
                            const platform::RpcSend& send, google::protobuf::Message* response) {
  SEPAKAT_ASSIGN_OR_RETURN(platform::RpcChannel * channel, ChannelOf(method));
  platform::CallOptions call;
  call.timeout_ms = kLongMs;
  return Explain(channel->ClientStream(method, message, send, response, call), method);
}

common::v1::RequestContext Client::Context(std::string_view what) const {
  common::v1::RequestContext context;
  const auto now = static_cast<uint64_t>(environment_.now_ms());
  context.set_request_id(fmt::format("cli-{:016x}-{:x}", base::Hash64(what, now), now));
  const std::string user = environment_.variable("USER");
  context.set_actor(!options_.actor.empty() ? options_.actor : (user.empty() ? "cli" : user));
  context.set_reason(options_.reason);
  return context;
}

}  // namespace sepakat::cli
