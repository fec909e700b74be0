#include "common/platform/rpc/rpc_service.h"

#include <exception>
#include <set>

#include "absl/strings/str_join.h"
#include "common/base/status.h"
#include "common/base/text.h"
#include "google/protobuf/descriptor.h"

namespace sepakat::platform {
namespace {

using google::protobuf::MethodDescriptor;

void CompareMethod(const MethodDescriptor& declared, const RpcService::Method& method,
                   std::set<std::string>& mistakes) {
  if (method.new_request()->GetDescriptor() != declared.input_type()) {
    mistakes.insert(base::Concat(method.name, ": takes another message than ",
                                 declared.input_type()->full_name()));
  }
  if (method.new_response()->GetDescriptor() != declared.output_type()) {
    mistakes.insert(base::Concat(method.name, ": returns another message than ",
                                 declared.output_type()->full_name()));
  }
  if (method.client_streaming != declared.client_streaming() || declared.server_streaming()) {
    mistakes.insert(base::Concat(method.name, ": streams differently than declared"));
  }
}

}  // namespace

const RpcService::Method* RpcService::Find(std::string_view method) const {
  auto found = methods_.find(std::string(method));
  return found == methods_.end() ? nullptr : &found->second;
}

absl::Status RpcService::Check() const {
  const auto* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(full_name_);
  if (service == nullptr) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "RPC_SERVICE_UNKNOWN",
                       base::Concat("no .proto declares the service ", full_name_));
  }
  std::set<std::string> mistakes;
  for (int i = 0; i < service->method_count(); ++i) {
    const MethodDescriptor& declared = *service->method(i);
    if (const Method* method = Find(declared.name())) {
      CompareMethod(declared, *method, mistakes);
    } else {
      mistakes.insert(base::Concat(declared.name(), ": has no handler"));
    }
  }
  for (const auto& [name, method] : methods_) {
    if (service->FindMethodByName(name) == nullptr) {
      mistakes.insert(base::Concat(name, ": is in no .proto"));
    }
  }
  if (mistakes.empty()) return absl::OkStatus();
  return base::Error(absl::StatusCode::kFailedPrecondition, "RPC_TABLE_INCOMPLETE",
                     base::Concat(full_name_, ": ", absl::StrJoin(mistakes, "; ")));
}

absl::Status RunMethod(const RpcService::Method& method, const CallContext& call,
                       const RpcReceive& receive, google::protobuf::Message* response) {
  try {
    return method.handle(call, receive, response);
  } catch (const std::exception& thrown) {
    return base::Error(absl::StatusCode::kInternal, "HANDLER_FAILED",
                       base::Concat(method.name, " failed unexpectedly: ", thrown.what()));
  }
}

}  // namespace sepakat::platform
