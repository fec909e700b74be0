// The ingestion service as a process of its own.

#include <filesystem>
#include <memory>
#include <utility>

#include "common/base/status.h"
#include "common/platform/crypto/key_file.h"
#include "common/platform/host/service_host.h"
#include "ingestion/ingestion_app.h"

int main(int argc, char** argv) {
  using sepakat::platform::Hosted;
  using sepakat::platform::ServiceParts;
  using sepakat::platform::SettingType;
  return sepakat::platform::RunService(
      {.service = "ingestion",
       .summary = "What we know about whom, since when, from which source.",
       .grpc_port = 7401,
       .metrics_port = 7501,
       .settings = {{"key.file", SettingType::kSecretFile, "",
                     "Key of pseudonyms and sealed records, made when it is missing. Default: "
                     "ingestion.key in the data folder. Without it nothing can be opened again."}}},
      {argv + 1, argv + argc}, [](ServiceParts& parts) -> absl::StatusOr<Hosted> {
        std::filesystem::path key = parts.config.Text("key.file");
        if (key.empty()) {
          key = std::filesystem::path(parts.config.Text("data.dir")) / "ingestion.key";
        }
        SEPAKAT_ASSIGN_OR_RETURN(std::shared_ptr<sepakat::runtime::Secrets> secrets,
                                 sepakat::platform::SecretsFromFile(key));
        auto app = std::make_unique<sepakat::ingestion::IngestionApp>(parts.env, secrets.get());
        const sepakat::platform::RpcService* rpc = &app->rpc();
        return Hosted{std::move(secrets), std::move(app), rpc};
      });
}
