// What following a register being loaded costs monitoring: publications of 300 regions with 47
// figures each, on a store that syncs, with alert rules on every village.
//
// Compared with what a load says: 20 publications a second. Equality: the read models end with the
// last publication.
#include <fmt/format.h>

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
#include "tests/bench/support/meter.h"
#include "tests/bench/support/report.h"
#include "tests/support/events/event_writer.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::monitoring {
namespace {

namespace topics = runtime::topics;
using bench::Must;

constexpr int kPublications = 200;
constexpr int kDistricts = 19;
constexpr int kVillages = 15;
// While a register is loaded.
constexpr int kPublicationsPerSecond = 20;

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

void SetRules(MonitoringApp* app, const runtime::Clock* clock) {
  v1::SetAlertRulesRequest request;
  request.mutable_context()->set_request_id("bench");
  request.set_toml(
      "[[rule]]\nid='a'\nmeasure='p0'\nlevel='village'\nabove='22 %'\nhold='30s'\nsummary='x'\n"
      "[[rule]]\nid='b'\nmeasure='deprived.unfit_house'\nabove='70 %'\nsummary='x'\n");
  platform::DirectChannel channel(clock, {&app->rpc()});
  Must(channel
           .Call<v1::SetAlertRulesResponse>("sepakat.monitoring.v1.MonitoringService/SetAlertRules",
                                            request)
           .status());
}

int Run(const std::filesystem::path& folder) {
  auto store = platform::RocksStore::Open(folder);
  Must(store.status());
  embedded::MemoryLog log;
  Must(log.EnsureTopics(topics::All(1)));
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
    Must(writer.Write(topics::kManifest, fmt::format("{}", p), manifest));
    for (const std::string& region : regions) {
      const auto message = Indicator(p, region);
      bytes += message.ByteSizeLong();
      Must(writer.Write(topics::kIndicator, "register/" + region, message));
    }
  }
  MonitoringApp app({&log, store->get(), &views, &clock, &runtime::NoTelemetry()});
  Must(app.Start());
  SetRules(&app, &clock);

  const bench::Meter meter;
  for (bool done = true; done;) {
    const absl::StatusOr<bool> polled = app.Poll(0);
    Must(polled.status());
    Must(app.Relay().status());
    done = *polled;
  }
  const double seconds = meter.Seconds();
  const double cpu = meter.CpuSeconds();
  const double records = static_cast<double>(kPublications) * static_cast<double>(regions.size());
  fmt::print("{:.1f} us CPU per record of {} bytes, {:.0f} % of a core at {} publications/s\n",
             1e6 * cpu / records, bytes / static_cast<size_t>(records),
             100 * cpu / kPublications * kPublicationsPerSecond, kPublicationsPerSecond);
  const auto latest = Must(views.Get(std::vector<std::string>{"publications/latest"}));
  bench::Report report;
  report.Add(
      {.job = "monitoring, publications into series and read models",
       .input = fmt::format("{} publications of {} regions", kPublications, regions.size()),
       .unit = "records/s",
       .ours = records / seconds,
       .peer_name = fmt::format("what a load says in a second"),
       .peer = static_cast<double>(kPublicationsPerSecond) * static_cast<double>(regions.size()),
       .equal = latest.front() && latest.front()->version == kPublications});
  return report.Close();
}

}  // namespace
}  // namespace sepakat::monitoring

int main() {
  const sepakat::support::TemporaryFolder folder("sepakat-bench");
  return sepakat::monitoring::Run(folder.path());
}
