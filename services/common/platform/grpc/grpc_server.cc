#include "common/platform/grpc/grpc_server.h"

#include <grpc/support/log.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>

#include <chrono>

#include "common/base/language.h"
#include "common/base/status.h"
#include "common/base/text.h"
#include "common/platform/grpc/grpc_service_adapter.h"

namespace sepakat::platform {

class GrpcServer::Impl {
 public:
  Impl(GrpcServerOptions options, std::vector<const RpcService*> services)
      : options_(std::move(options)), services_(std::move(services)) {}

  absl::Status Start();
  int Port() const { return port_; }
  void SetServing(bool serving);
  void Stop(int64_t deadline_ms);

 private:
  void Configure(grpc::ServerBuilder& builder) const;

  const GrpcServerOptions options_;
  const std::vector<const RpcService*> services_;
  std::vector<std::unique_ptr<GrpcServiceAdapter>> adapters_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

void GrpcServer::Impl::Configure(grpc::ServerBuilder& builder) const {
  builder.SetMaxReceiveMessageSize(options_.max_message_bytes);
  builder.SetMaxSendMessageSize(options_.max_message_bytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options_.max_concurrent_streams);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, static_cast<int>(options_.keepalive_ms));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 5'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  grpc::ResourceQuota quota("sepakat");
  quota.SetMaxThreads(options_.max_threads);
  builder.SetResourceQuota(quota);
}

absl::Status GrpcServer::Impl::Start() {
  for (const RpcService* service : services_) SEPAKAT_RETURN_IF_ERROR(service->Check());
  gpr_set_log_function([](gpr_log_func_args*) {});
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  Configure(builder);
  const std::string address = base::Concat(options_.host, ":", options_.port);
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port_);
  for (const RpcService* service : services_) {
    adapters_.push_back(std::make_unique<GrpcServiceAdapter>(service));
    builder.RegisterService(adapters_.back().get());
  }
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port_ == 0) {
    server_.reset();
    port_ = 0;
    return base::ErrorInBoth(
        absl::StatusCode::kAlreadyExists, "PORT_IN_USE",
        "{} tidak dapat dipakai untuk gRPC; port itu sudah dipakai atau tidak boleh dipakai, pilih "
        "yang lain",
        "cannot listen on {} for gRPC; the port is in use or not allowed, choose another", address);
  }
  SetServing(false);
  return absl::OkStatus();
}

void GrpcServer::Impl::SetServing(bool serving) {
  if (server_ == nullptr) return;
  auto* health = server_->GetHealthCheckService();
  health->SetServingStatus("", serving);
  for (const RpcService* service : services_) {
    health->SetServingStatus(service->full_name(), serving);
  }
}

void GrpcServer::Impl::Stop(int64_t deadline_ms) {
  if (server_ == nullptr) return;
  SetServing(false);
  server_->Shutdown(std::chrono::system_clock::now() + std::chrono::milliseconds(deadline_ms));
  server_->Wait();
  server_.reset();
  adapters_.clear();
  port_ = 0;
}

GrpcServer::GrpcServer(GrpcServerOptions options, std::vector<const RpcService*> services)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(services))) {}
GrpcServer::~GrpcServer() { Stop(); }
absl::Status GrpcServer::Start() { return impl_->Start(); }
int GrpcServer::Port() const { return impl_->Port(); }
void GrpcServer::SetServing(bool serving) { impl_->SetServing(serving); }
void GrpcServer::Stop(int64_t deadline_ms) { impl_->Stop(deadline_ms); }

}  // namespace sepakat::platform
