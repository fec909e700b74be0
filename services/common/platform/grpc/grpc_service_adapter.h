// One RpcService table as a grpc::Service, registered as generated code would do it.
//
// Messages cross as byte buffers, parsed into and out of the table's own types, so no generated
// service code is needed.
// Thread: handlers run on gRPC's threads.
#pragma once

#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/byte_buffer.h>

#include <string>
#include <vector>

#include "common/platform/rpc/rpc_service.h"

namespace sepakat::platform {

class GrpcServiceAdapter : public grpc::Service {
 public:
  // `service` outlives the adapter and does not change any more.
  explicit GrpcServiceAdapter(const RpcService* service);

 private:
  void AddUnary(const RpcService::Method& method, const char* path);
  void AddClientStream(const RpcService::Method& method, const char* path);

  // gRPC keeps pointers to the paths; filled once, never moved.
  std::vector<std::string> paths_;
};

}  // namespace sepakat::platform
