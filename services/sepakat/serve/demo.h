// Demonstration data for a first start, and a gentle stream of changes afterwards.
//
// Loads by the same commands that a person would type, printing each of them, so that a newcomer
// sees how the system is fed. A marker file in the data directory says that loading has finished;
// an interrupted load is taken up again, and what was accepted before comes back as repeated.
// Thread: Load from one thread; the stream runs on one of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "common/platform/rpc/rpc_channel.h"
#include "sepakat/cli/command.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::serve {

struct DemoOptions {
  int64_t families = 0;  // 0: the whole regency.
  int updates_per_minute = 60;
  // GeoJSON files for the map; a missing folder means the tile grid.
  std::filesystem::path boundaries_folder;
};

class Demo {
 public:
  // `environment` reaches the services of this process; all outlive the object.
  Demo(DemoOptions options, std::filesystem::path data_folder,
       std::span<const cli::AddCommand> commands, cli::Environment* environment,
       platform::RpcChannel* channel);
  ~Demo();
  Demo(const Demo&) = delete;
  Demo& operator=(const Demo&) = delete;

  // Everything up to a loaded register; returns at once when that was done before. `stopped` ends
  // it between two steps.
  absl::Status Load(const std::function<bool()>& stopped);
  void StartStream();
  void StopStream();

 private:
  absl::Status Run(const std::vector<std::string>& arguments);
  absl::Status LoadBoundaries();
  void Stream(const std::stop_token& stop);
  absl::Status Send(const ingestion::v1::IngestStreamRequest& request);

  const DemoOptions options_;
  const std::filesystem::path data_folder_;
  const std::span<const cli::AddCommand> commands_;
  cli::Environment* const environment_;
  platform::RpcChannel* const channel_;
  std::jthread stream_;
};

}  // namespace sepakat::serve
