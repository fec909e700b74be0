#include "tests/support/programs/office.h"

#include <vector>

namespace sepakat::support {
namespace {

std::vector<std::string> ServeCommand(const std::filesystem::path& folder, int grpc_port,
                                      int http_port) {
  return {Program("sepakat"), "serve",
          "--data.dir",       (folder / "data").string(),
          "--grpc.port",      std::to_string(grpc_port),
          "--http.port",      std::to_string(http_port),
          "--key.file",       Office::KeyFile(folder).string(),
          "--log.level",      "warning"};
}

}  // namespace

Office::Office(std::filesystem::path folder)
    : grpc_port_(FreePort()),
      door_({"SEPAKAT_SERVER=127.0.0.1:" + std::to_string(grpc_port_)}, FreePort()),
      process_(ServeCommand(folder, grpc_port_, door_.http_port()), folder / "serve.log") {}

absl::Status Office::Open() {
  if (absl::Status started = process_.Start(); !started.ok()) return started;
  return WaitUntilReady(process_, "sepakat serve", std::chrono::seconds(60), [this] {
    return door_.Run({"codebook", "list"}).exit_code == 0;
  });
}

}  // namespace sepakat::support
