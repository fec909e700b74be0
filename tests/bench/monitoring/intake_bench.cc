// What following a register being loaded costs monitoring: publications of 300 regions with 47
// figures each, on a store that syncs, with alert rules on every village. Prints records per
// second, CPU share at the rate of a load (20 publications a second), and bytes kept per
// publication.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "common/embedded/in_process_views.h"
#include "common/embedded/memory_log.h"
#include "common/embedded/system_clock.h"
#include "common/measures/catalogue.h"
#include "common/platform/rocksdb/rocks_store.h"
#include "common/platform/rpc/direct_channel.h"
#include "common/runtime/topics.h"
#include "monitoring/monitoring_app.h"
#include "sepakat/targeting/events/v1/targeting_events.pb.h"
#include "tests/support/events/event_writer.h"

namespace sepakat::monitoring {
namespace {

namespace topics = runtime::topics;

constexpr int kPublications = 200;
constexpr int kDistricts = 19;
constexpr int kVillages = 15;

void Require(const absl::Status& status) {
  if (status.ok()) return;
  fmt::print("{}\n", status.ToString());
  std::abort();
}

targeting::events::v1::IndicatorPublished Indicator(int64_t publication,
                                                    const std::string& region) {
  targeting::events::v1::IndicatorPublished message;
  message.set_publication(publication);
  message.set_population("register");
  message.set_region(region);
  message.set_cut_at_ms(1'764'054'000'000 + publication * 50);
  for (const measures::Measure& measure : measures::Catalogue()) {
    auto* figure = message.add_figures();
    figure->set_measure(std::string(measure.id));
    figure->set_numerator(fmt::format("{}", 1'000'000 + publication));
    figure->set_denominator("1034241");
    figure->set_value("0.080501");
    figure->set_observed_families(1000);
  }
  return message;
}

std::vector<std::string> Regions() {
  std::vector<std::string> regions = {"0", "33", "33.26"};
  for (int d = 1; d <= kDistricts; ++d) {
    regions.push_back(fmt::format("33.26.{:02}", d));
    for (int v = 1; v <= kVillages; ++v)
      regions.push_back(fmt::format("33.26.{:02}.{}", d, 2000 + v));
  }
  return regions;
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

void SetRules(MonitoringApp* app, const runtime::Clock* clock) {
  v1::SetAlertRulesRequest request;
  request.mutable_context()->set_request_id("bench");
  request.set_toml(
      "[[rule]]\nid='a'\nmeasure='p0'\nlevel='village'\nabove='22 %'\nhold='30s'\nsummary='x'\n"
      "[[rule]]\nid='b'\nmeasure='deprived.unfit_house'\nabove='70 %'\nsummary='x'\n");
  platform::DirectChannel channel(clock, {&app->rpc()});
  Require(channel
              .Call<v1::SetAlertRulesResponse>(
                  "sepakat.monitoring.v1.MonitoringService/SetAlertRules", request)
              .status());
}

void Run(const std::filesystem::path& folder) {
  auto store = platform::RocksStore::Open(folder);
  Require(store.status());
  embedded::MemoryLog log;
  Require(log.EnsureTopics(topics::All(1)));
  embedded::SystemClock clock;
  embedded::InProcessViews views;
  support::EventWriter writer(&log, &clock, "bench");
  const std::vector<std::string> regions = Regions();
  size_t bytes = 0;
  for (int64_t p = 1; p <= kPublications; ++p) {
    targeting::events::v1::PublicationManifest manifest;
    manifest.set_publication(p);
    manifest.set_cut_at_ms(1'764'054'000'000 + p * 50);
    (*manifest.mutable_output_counts())[std::string(topics::kIndicator)] =
        static_cast<int64_t>(regions.size());
    Require(writer.Write(topics::kManifest, fmt::format("{}", p), manifest));
    for (const std::string& region : regions) {
      const auto message = Indicator(p, region);
      bytes += message.ByteSizeLong();
      Require(writer.Write(topics::kIndicator, "register/" + region, message));
    }
  }
  MonitoringApp app({&log, store->get(), &views, &clock, &runtime::NoTelemetry()});
  Require(app.Start());
  SetRules(&app, &clock);

  const double cpu = CpuSeconds();
  const auto begin = std::chrono::steady_clock::now();
  for (bool done = true; done;) {
    const absl::StatusOr<bool> polled = app.Poll(0);
    Require(polled.status());
    Require(app.Relay().status());
    done = *polled;
  }
  const double wall =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const double cpu_used = CpuSeconds() - cpu;
  const double records = static_cast<double>(kPublications) * static_cast<double>(regions.size());
  fmt::print("monitoring intake: {} publications of {} regions, {} bytes per record\n",
             kPublications, regions.size(), bytes / static_cast<size_t>(records));
  fmt::print(
      "  {:.0f} records/s, {:.1f} us CPU per record, {:.0f} % of a core at 20 publications/s\n",
      records / wall, 1e6 * cpu_used / records, 100 * cpu_used / kPublications * 20);
}

}  // namespace
}  // namespace sepakat::monitoring

int main() {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("sepakat-monitoring-bench-{}", getpid());
  sepakat::monitoring::Run(folder);
  std::filesystem::remove_all(folder);
  return 0;
}
