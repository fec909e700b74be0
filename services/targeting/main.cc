// The targeting service as a process of its own.

#include <filesystem>

#include "common/base/status.h"
#include "common/platform/files/posix_folder.h"
#include "common/platform/host/service_host.h"
#include "targeting/targeting_app.h"
#include "targeting/targeting_settings.h"

namespace {

using sepakat::platform::Hosted;
using sepakat::platform::PosixFolder;
using sepakat::platform::ServiceParts;
using sepakat::platform::Setting;
using sepakat::platform::SettingType;

std::vector<Setting> Settings() {
  std::vector<Setting> settings = sepakat::targeting::TargetingSettings();
  settings.push_back({"state.dir", SettingType::kText, "",
                      "Folder of checkpoints, of this process alone; empty: targeting below "
                      "data.dir."});
  return settings;
}

absl::StatusOr<Hosted> Build(ServiceParts& parts) {
  std::filesystem::path place = parts.config.Text("state.dir");
  if (place.empty()) place = std::filesystem::path(parts.config.Text("data.dir")) / "targeting";
  SEPAKAT_ASSIGN_OR_RETURN(std::unique_ptr<PosixFolder> folder, PosixFolder::Open(place));
  parts.env.files = folder.get();
  SEPAKAT_ASSIGN_OR_RETURN(std::unique_ptr<sepakat::targeting::TargetingApp> app,
                           sepakat::targeting::TargetingApp::Create(
                               parts.env, sepakat::targeting::OptionsFrom(parts.config)));
  const sepakat::platform::RpcService* rpc = &app->rpc();
  return Hosted{std::move(folder), std::move(app), rpc};
}

}  // namespace

int main(int argc, char** argv) {
  return sepakat::platform::RunService(
      {.service = "targeting",
       .summary = "Who and where is in need, in what order, and why.",
       .grpc_port = 7402,
       .metrics_port = 7502,
       .settings = Settings(),
       .has_store = false},
      {argv + 1, argv + argc}, Build);
}
