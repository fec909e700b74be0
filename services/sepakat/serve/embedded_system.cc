#include "sepakat/serve/embedded_system.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "common/base/status.h"
#include "common/platform/crypto/key_file.h"
#include "common/platform/host/named_places.h"
#include "common/platform/host/service_host.h"
#include "targeting/targeting_settings.h"

namespace sepakat::serve {

using platform::Setting;
using platform::SettingType;

namespace {

// What a build puts beside the program; nothing when it is not there.
std::string IfThere(const std::string& place) {
  std::error_code ignored;
  return std::filesystem::exists(place, ignored) ? place : "";
}

}  // namespace

std::vector<Setting> ServeSettings(const std::string& program_folder) {
  std::vector<Setting> settings = {
      {"data.dir", SettingType::kText, "data", "Folder of everything that is kept."},
      {"partitions", SettingType::kInteger, "4",
       "Partitions of submissions and families; cannot change later."},
      platform::CompactionSetting(),
      {"key.file", SettingType::kSecretFile, "",
       "Key of pseudonyms and sealed records; made in the data folder when empty."},
      {"http.host", SettingType::kText, "127.0.0.1", "Address of the web page."},
      {"http.port", SettingType::kInteger, "8080", "Port of the web page; 0 takes a free one."},
      {"http.upload_dir", SettingType::kText, "/tmp", "Folder that keeps uploads on their way in."},
      {"grpc.host", SettingType::kText, "127.0.0.1", "Address of gRPC."},
      {"grpc.port", SettingType::kInteger, "7400", "Port of gRPC; 0 takes a free one."},
      {"web.dir", SettingType::kText, IfThere(program_folder + "/../web"),
       "Folder of the built web page; empty for none."},
      {"openapi.file", SettingType::kText, IfThere(program_folder + "/../web/sepakat.v1.yaml"),
       "The OpenAPI file to serve."},
      platform::LogLevelSetting(),
  };
  const std::vector<Setting> more = targeting::TargetingSettings();
  settings.insert(settings.end(), more.begin(), more.end());
  return settings;
}

EmbeddedSystem::EmbeddedSystem(const platform::Config& config)
    : config_(config),
      telemetry_("sepakat", &clock_, platform::LogLevel(config), platform::WriteToStandardError) {}

EmbeddedSystem::~EmbeddedSystem() { Stop(); }

absl::StatusOr<std::unique_ptr<EmbeddedSystem>> EmbeddedSystem::Open(
    const platform::Config& config, std::function<void(const absl::Status&)> on_fatal) {
  std::unique_ptr<EmbeddedSystem> system(new EmbeddedSystem(config));
  SEPAKAT_RETURN_IF_ERROR(system->Build(std::move(on_fatal)));
  return system;
}

absl::StatusOr<runtime::Env> EmbeddedSystem::EnvFor(const std::string& service, bool has_store) {
  runtime::Env env{backends_->log(), nullptr, backends_->views(), &clock_, &telemetry_};
  if (has_store) {
    SEPAKAT_ASSIGN_OR_RETURN(env.store, backends_->Store(service));
  }
  return env;
}

absl::Status EmbeddedSystem::BuildServices() {
  SEPAKAT_ASSIGN_OR_RETURN(runtime::Env targeting_env, EnvFor("targeting", false));
  SEPAKAT_ASSIGN_OR_RETURN(checkpoints_, platform::PosixFolder::Open(data_folder() / "targeting"));
  targeting_env.files = checkpoints_.get();
  SEPAKAT_ASSIGN_OR_RETURN(
      targeting_, targeting::TargetingApp::Create(targeting_env, targeting::OptionsFrom(config_)));
  targeting_channel_ = std::make_unique<platform::DirectChannel>(
      &clock_, std::vector<const platform::RpcService*>{&targeting_->rpc()});
  SEPAKAT_ASSIGN_OR_RETURN(const runtime::Env ingestion_env, EnvFor("ingestion", true));
  ingestion_ = std::make_unique<ingestion::IngestionApp>(ingestion_env, secrets_.get());
  SEPAKAT_ASSIGN_OR_RETURN(const runtime::Env budgeting_env, EnvFor("budgeting", true));
  budgeting_ = std::make_unique<budgeting::BudgetingApp>(budgeting_env, targeting_channel_.get());
  SEPAKAT_ASSIGN_OR_RETURN(const runtime::Env monitoring_env, EnvFor("monitoring", true));
  monitoring_ = std::make_unique<monitoring::MonitoringApp>(monitoring_env);
  apps_ = {ingestion_.get(), targeting_.get(), budgeting_.get(), monitoring_.get()};
  return absl::OkStatus();
}

absl::Status EmbeddedSystem::Build(std::function<void(const absl::Status&)> on_fatal) {
  SEPAKAT_RETURN_IF_ERROR(platform::CheckNamedFolder(config_, "web.dir"));
  SEPAKAT_RETURN_IF_ERROR(platform::CheckNamedFile(config_, "openapi.file"));
  SEPAKAT_RETURN_IF_ERROR(
      platform::CheckWritableFolder(config_, "http.upload_dir", "upload folder"));
  SEPAKAT_ASSIGN_OR_RETURN(backends_,
                           platform::Backends::Open(config_, "sepakat", &clock_, &telemetry_));
  std::filesystem::path key = config_.Text("key.file");
  if (key.empty()) key = data_folder() / "ingestion.key";
  SEPAKAT_ASSIGN_OR_RETURN(secrets_, platform::SecretsFromFile(key));
  SEPAKAT_RETURN_IF_ERROR(BuildServices());
  const std::vector<const platform::RpcService*> tables = {&ingestion_->rpc(), &targeting_->rpc(),
                                                           &budgeting_->rpc(), &monitoring_->rpc()};
  channel_ = std::make_unique<platform::DirectChannel>(&clock_, tables);
  platform::GrpcServerOptions grpc;
  grpc.host = config_.Text("grpc.host");
  grpc.port = static_cast<int>(config_.Integer("grpc.port"));
  grpc_ = std::make_unique<platform::GrpcServer>(grpc, tables);
  gateway::GatewayOptions options;
  options.http.host = config_.Text("http.host");
  options.http.port = static_cast<int>(config_.Integer("http.port"));
  options.http.upload_folder = config_.Text("http.upload_dir");
  options.web_folder = config_.Text("web.dir");
  options.openapi_file = config_.Text("openapi.file");
  options.metrics = [this] { return telemetry_.PrometheusText(); };
  options.healthy = [this] { return Healthy(); };
  options.mode = "embedded";
  gateway_ = std::make_unique<gateway::GatewayApp>(
      gateway::GatewayDeps{channel_.get(), channel_.get(), channel_.get(), channel_.get(),
                           backends_->views(), &clock_, &telemetry_},
      options);
  for (runtime::App* app : apps_) {
    loops_.push_back(std::make_unique<runtime::TaskLoop>(app, &clock_, &telemetry_, on_fatal));
  }
  return absl::OkStatus();
}

absl::Status EmbeddedSystem::Start() {
  // Ports first: a port in use is told before a long restore.
  SEPAKAT_RETURN_IF_ERROR(grpc_->Start());
  SEPAKAT_RETURN_IF_ERROR(gateway_->Start());
  for (runtime::App* app : apps_) {
    SEPAKAT_RETURN_IF_ERROR(base::Annotate(app->Start(), app->name()));
  }
  for (const auto& loop : loops_) loop->Start();
  grpc_->SetServing(true);
  return absl::OkStatus();
}

void EmbeddedSystem::Stop() {
  if (gateway_ != nullptr) gateway_->Stop();
  if (grpc_ != nullptr) grpc_->Stop();
  for (const auto& loop : loops_) {
    if (const absl::Status stopped = loop->Stop(); !stopped.ok()) {
      telemetry_.Log(runtime::Severity::kError, std::string(stopped.message()), {});
    }
  }
  loops_.clear();
}

absl::Status EmbeddedSystem::Healthy() const {
  for (const runtime::App* app : apps_) {
    SEPAKAT_RETURN_IF_ERROR(base::Annotate(app->Healthy(), app->name()));
  }
  return absl::OkStatus();
}

}  // namespace sepakat::serve
