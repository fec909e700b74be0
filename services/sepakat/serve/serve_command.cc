#include "sepakat/serve/serve_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <thread>
#include <utility>
#include <variant>

#include "common/base/language.h"
#include "common/base/status.h"
#include "common/platform/host/command_line.h"
#include "common/platform/host/exit_code.h"
#include "common/platform/host/stop_request.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/reason_words.h"
#include "sepakat/serve/demo.h"
#include "sepakat/serve/embedded_system.h"

namespace sepakat::serve {
namespace {

using platform::Setting;
using platform::SettingType;

// What the demonstration loader runs.
constexpr std::array<cli::AddCommand, 5> kLoaderCommands = {
    cli::AddRegions, cli::AddReference, cli::AddGenerate, cli::AddIngest, cli::AddBoundaries};

constexpr std::string_view kName = "sepakat serve";
constexpr base::Text kSummary = {
    "jalankan semua layanan dalam satu proses: halaman web, gRPC, dan semua data di bawah satu "
    "folder\n\n"
    "  sepakat serve --data-dir /var/lib/sepakat --http-port 8080\n"
    "  sepakat serve --demo",
    "runs all services in one process: web page, gRPC, and everything kept below one folder\n\n"
    "  sepakat serve --data-dir /var/lib/sepakat --http-port 8080\n"
    "  sepakat serve --demo"};

// What the settings of `serve` are for, by their names.
constexpr std::pair<std::string_view, std::string_view> kSettingsInIndonesian[] = {
    {"data.dir", "Folder semua yang disimpan."},
    {"partitions", "Partisi kiriman dan keluarga; tidak dapat diubah kemudian."},
    {"log.compact_every_s", "Detik antara dua pembersihan catatan usang dari log."},
    {"key.file", "Kunci nama samaran dan catatan bersegel; dibuat dalam folder data bila kosong."},
    {"http.host", "Alamat halaman web."},
    {"http.port", "Port halaman web; 0 mengambil yang bebas."},
    {"http.upload_dir", "Folder kiriman selama masuk."},
    {"grpc.host", "Alamat gRPC."},
    {"grpc.port", "Port gRPC; 0 mengambil yang bebas."},
    {"web.dir", "Folder halaman web yang sudah dibangun; kosong: tanpa halaman."},
    {"openapi.file", "Berkas OpenAPI yang disajikan."},
    {"checkpoint.interval_s", "Detik antara dua titik pulih register, bila ada yang berubah."},
    {"checkpoint.families", "Titik pulih ditulis lebih awal bila sekian keluarga berubah."},
    {"memory.budget_mb", "MiB memori untuk register; 0: empat perlima dari yang tersedia."},
    {"log.level", "Tingkat terendah baris log: debug, info, warning, atau error."},
    {"demo", "Muat data contoh sintetis pada jalan pertama, lalu kirim perubahan."},
    {"demo.families", "Banyaknya keluarga register contoh; 0 untuk seluruh kabupaten."},
    {"demo.updates_per_minute", "Keluarga yang berubah per menit; 0 untuk tidak ada."},
    {"demo.boundaries", "Folder batas wilayah GeoJSON untuk peta."},
};

void SayInIndonesian(std::vector<Setting>* settings) {
  for (Setting& setting : *settings) {
    const auto* const found = std::ranges::find(
        kSettingsInIndonesian, setting.name, &std::pair<std::string_view, std::string_view>::first);
    if (found != std::end(kSettingsInIndonesian)) setting.help = found->second;
  }
}

std::vector<Setting> AllSettings(const std::string& program_folder) {
  std::vector<Setting> settings = ServeSettings(program_folder);
  settings.push_back({"demo", SettingType::kFlag, "false",
                      "Load synthetic demonstration data at the first start, then send changes."});
  settings.push_back({"demo.families", SettingType::kInteger, "0",
                      "Families of the demonstration register; 0 for the whole regency."});
  settings.push_back({"demo.updates_per_minute", SettingType::kInteger, "60",
                      "Changed families per minute; 0 for none."});
  settings.push_back({"demo.boundaries", SettingType::kText, "",
                      "Folder with GeoJSON boundaries to load for the map."});
  return settings;
}

// `--data-dir` means `--data.dir`: both are what people type.
void AcceptDashes(std::span<const Setting> settings, std::vector<std::string>* arguments) {
  for (std::string& argument : *arguments) {
    for (const Setting& setting : settings) {
      std::string dashed = "--" + setting.name;
      std::ranges::replace(dashed, '.', '-');
      const bool whole = argument == dashed || argument.starts_with(dashed + "=");
      if (whole) argument.replace(0, dashed.size(), "--" + setting.name);
    }
  }
}

// The commands of the loader reach the services of this process.
class OwnServices final : public platform::RpcChannel {
 public:
  explicit OwnServices(platform::RpcChannel* channel) : channel_(channel) {}
  absl::Status Unary(std::string_view method, const google::protobuf::Message& request,
                     google::protobuf::Message* response,
                     const platform::CallOptions& options) override {
    return channel_->Unary(method, request, response, options);
  }
  absl::Status ClientStream(std::string_view method, google::protobuf::Message* message,
                            const platform::RpcSend& send, google::protobuf::Message* response,
                            const platform::CallOptions& options) override {
    return channel_->ClientStream(method, message, send, response, options);
  }

 private:
  platform::RpcChannel* const channel_;
};

void Announce(const EmbeddedSystem& system, cli::Environment& environment) {
  environment.out << fmt::format(
      "\n  SEPAKAT siap / is ready:  http://127.0.0.1:{}\n"
      "  gRPC: 127.0.0.1:{}    data: {}    berhenti / stop: Ctrl-C\n\n",
      system.http_port(), system.grpc_port(), system.data_folder().string());
  environment.out.flush();
}

absl::Status RunSystem(const platform::Config& config, cli::Environment environment) {
  platform::StopRequest stop;
  SEPAKAT_ASSIGN_OR_RETURN(
      const std::unique_ptr<EmbeddedSystem> system,
      EmbeddedSystem::Open(config, [&stop](const absl::Status& why) { stop.Request(why); }));
  SEPAKAT_RETURN_IF_ERROR(system->Start());
  Announce(*system, environment);
  environment.connect =
      [&](const std::string&) -> absl::StatusOr<std::unique_ptr<platform::RpcChannel>> {
    return std::make_unique<OwnServices>(system->channel());
  };
  Demo demo(
      {config.Integer("demo.families"), static_cast<int>(config.Integer("demo.updates_per_minute")),
       config.Text("demo.boundaries")},
      system->data_folder(), kLoaderCommands, &environment, system->channel());
  std::jthread loader;
  if (config.Flag("demo")) {
    loader = std::jthread([&] {
      const absl::Status loaded = demo.Load([&] { return stop.Requested(); });
      if (!loaded.ok()) {
        environment.err << "sepakat serve: " << cli::SentenceOf(loaded, environment.language)
                        << std::endl;
      } else if (!stop.Requested()) {
        Announce(*system, environment);
        demo.StartStream();
      }
    });
  }
  const absl::Status why = stop.Wait();
  if (loader.joinable()) loader.join();
  demo.StopStream();
  system->Stop();
  return why;
}

int Serve(std::vector<std::string> arguments, const cli::Environment& environment) {
  const base::Language language = environment.language;
  std::vector<Setting> settings = AllSettings(environment.program_folder);
  if (language == base::Language::kIndonesian) SayInIndonesian(&settings);
  AcceptDashes(settings, &arguments);
  auto read = platform::ReadCommandLine({kName, kSummary.In(language), language}, settings,
                                        std::move(arguments));
  if (const int* code = std::get_if<int>(&read)) return *code;
  const absl::Status status = RunSystem(std::get<platform::Config>(read), environment);
  if (status.ok()) return 0;
  environment.err << kName << ": " << cli::SentenceOf(status, environment.language) << '\n';
  return platform::ExitCodeOf(status);
}

}  // namespace

void AddServe(CLI::App& program, cli::Action& chosen) {
  CLI::App* command = program.add_subcommand("serve", cli::Both(kSummary.id, kSummary.en));
  command->prefix_command();
  command->set_help_flag();
  command->callback([command, &chosen] {
    chosen = [arguments =
                  command->remaining()](cli::Environment& environment) -> absl::StatusOr<int> {
      return Serve(arguments, environment);
    };
  });
}

}  // namespace sepakat::serve
