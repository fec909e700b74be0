#include "sepakat/serve/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>

#include "common/base/date.h"
#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/demo_plan.h"
#include "sepakat/cli/reason_words.h"
#include "sepakat/generate/columns.h"
#include "sepakat/generate/update_stream.h"

namespace sepakat::serve {
namespace {

constexpr char kCodebook[] = "regsosek_2022";
constexpr char kActor[] = "demonstrasi";
constexpr uint64_t kStreamSeed = 7;

std::string Joined(const std::vector<std::string>& words) {
  std::string text = "sepakat";
  for (const std::string& word : words) text += " " + word;
  return text;
}

}  // namespace

Demo::Demo(DemoOptions options, std::filesystem::path data_folder,
           std::span<const cli::AddCommand> commands, cli::Environment* environment,
           platform::RpcChannel* channel)
    : options_(std::move(options)),
      data_folder_(std::move(data_folder)),
      commands_(commands),
      environment_(environment),
      channel_(channel) {}

Demo::~Demo() { StopStream(); }

absl::Status Demo::Run(const std::vector<std::string>& arguments) {
  environment_->out << "$ " << Joined(arguments) << std::endl;
  std::vector<std::string> spoken = arguments;
  const bool english = environment_->language == base::Language::kEnglish;
  spoken.insert(spoken.end(), {"--lang", english ? "en" : "id"});
  const int code = cli::RunCommandLine(commands_, std::move(spoken), *environment_);
  if (code == cli::kExitOk || code == cli::kExitSomeRejected) return absl::OkStatus();
  return base::ErrorInBoth(absl::StatusCode::kFailedPrecondition, "DEMO_NOT_LOADED",
                           "`{}` gagal; data contoh belum lengkap",
                           "`{}` failed; the demonstration data is not complete",
                           Joined(arguments));
}

absl::Status Demo::LoadBoundaries() {
  std::vector<std::string> arguments = {"boundaries", "load"};
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator(options_.boundaries_folder, ignored)) {
    if (entry.path().extension() == ".geojson") arguments.push_back(entry.path().string());
  }
  if (arguments.size() == 2) return absl::OkStatus();
  std::ranges::sort(arguments.begin() + 2, arguments.end());
  arguments.insert(arguments.end(), {"--source", "batas wilayah"});
  return Run(arguments);
}

absl::Status Demo::Load(const std::function<bool()>& stopped) {
  const std::filesystem::path marker = data_folder_ / "demo_loaded";
  if (std::filesystem::exists(marker)) return absl::OkStatus();
  const std::string file = (data_folder_ / "regsosek_contoh.csv.gz").string();
  std::vector<std::string> generate = {"generate", "--out", file, "--gzip"};
  if (options_.families > 0) {
    generate.insert(generate.end(), {"--families", std::to_string(options_.families)});
  }
  const std::vector<std::vector<std::string>> steps = {
      {"regions", "load"},
      {"reference", "apply", "--actor", kActor, "--reason", "data awal"},
      generate,
      {"ingest", file, "--codebook", kCodebook, "--source", "register contoh (sintetis)"},
  };
  for (const auto& step : steps) {
    if (stopped()) return absl::OkStatus();
    SEPAKAT_RETURN_IF_ERROR(Run(step));
  }
  SEPAKAT_RETURN_IF_ERROR(LoadBoundaries());
  std::ofstream(marker) << "1\n";
  return absl::OkStatus();
}

void Demo::StartStream() {
  if (options_.updates_per_minute <= 0) return;
  stream_ = std::jthread([this](const std::stop_token& stop) { Stream(stop); });
}

void Demo::StopStream() { stream_ = std::jthread(); }

absl::Status Demo::Send(const ingestion::v1::IngestStreamRequest& request) {
  bool sent = false;
  ingestion::v1::IngestStreamRequest scratch;
  ingestion::v1::IngestStreamResponse response;
  return channel_->ClientStream("sepakat.ingestion.v1.IngestionService/IngestStream", &scratch,
                                [&](google::protobuf::Message* message) -> absl::StatusOr<bool> {
                                  message->CopyFrom(request);
                                  return !std::exchange(sent, true);
                                },
                                &response, {10'000, {}});
}

// The step number is kept on disk, so that a restart goes on instead of repeating.
void Demo::Stream(const std::stop_token& stop) {
  const std::filesystem::path counter = data_folder_ / "demo_step";
  int64_t step = 0;
  std::ifstream(counter) >> step;
  cli::DemoOptions demo;
  demo.families = options_.families;
  const auto plan = cli::MakeDemoPlan(demo, *environment_);
  if (!plan.ok()) return;
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  const auto pause = std::chrono::milliseconds(60'000 / options_.updates_per_minute);
  while (!wake.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) {
    const auto today = static_cast<int32_t>(environment_->now_ms() / (int64_t{24} * 3'600'000));
    const generate::Update update = generate::DrawUpdate(*plan, kStreamSeed, step, today);
    ingestion::v1::IngestStreamRequest request;
    request.mutable_context()->set_request_id(fmt::format("demo-{}", step));
    request.mutable_context()->set_actor(kActor);
    request.set_codebook_id(kCodebook);
    request.set_source("pemutakhiran contoh (sintetis)");
    for (const generate::Row& row : update.rows) {
      auto& cells = *request.add_rows()->mutable_cells();
      for (size_t c = 0; c < row.size(); ++c) {
        if (!row[c].empty()) cells[std::string(generate::kColumnNames[c])] = row[c];
      }
    }
    const absl::Status status = Send(request);
    if (!status.ok()) {  // The same step is tried again after the pause.
      environment_->err << "sepakat serve: " << cli::SentenceOf(status, environment_->language)
                        << std::endl;
      continue;
    }
    ++step;
    std::ofstream(counter) << step << "\n";
  }
}

}  // namespace sepakat::serve
