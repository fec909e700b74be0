// IngestionService as a table of handlers.
//
// Thread: built once; handlers run on any thread.
#pragma once

#include "common/platform/rpc/rpc_service.h"
#include "ingestion/wire/rpc_context.h"

namespace sepakat::ingestion {

platform::RpcService MakeIngestionRpc(const RpcContext& context);

}  // namespace sepakat::ingestion
