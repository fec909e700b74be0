#include "sepakat/cli/figures_wait.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = monitoring::v1;
using Manifest = targeting::events::v1::PublicationManifest;

constexpr int64_t kPauseMs = 20;

absl::StatusOr<int64_t> WaitFor(const std::function<bool(const Manifest&)>& fits, int64_t seconds,
                                Client& client, Environment& environment) {
  const int64_t until = environment.now_ms() + seconds * 1000;
  v1::ListPublicationsRequest newest;
  newest.set_page_size(1);
  while (true) {
    SEPAKAT_ASSIGN_OR_RETURN(
        const v1::ListPublicationsResponse response,
        client.Call<v1::ListPublicationsResponse>(
            "sepakat.monitoring.v1.MonitoringService/ListPublications", newest));
    if (response.publications_size() > 0 && fits(response.publications(0))) {
      return response.publications(0).publication();
    }
    if (environment.now_ms() >= until) {
      return base::ErrorInBoth(
          absl::StatusCode::kDeadlineExceeded, "FIGURES_LATE",
          "belum ada publikasi yang memuatnya setelah {} detik; angka menyusul "
          "sendiri",
          "no publication contains it after {} s; it follows by itself", seconds);
    }
    if (environment.pause) environment.pause(kPauseMs);
  }
}

bool HasReached(const Manifest& manifest, const common::v1::LogPosition& end) {
  if (end.next_offset() == 0) return true;
  return std::ranges::any_of(manifest.inputs(), [&end](const common::v1::LogPosition& input) {
    return input.topic() == end.topic() && input.partition() == end.partition() &&
           input.next_offset() >= end.next_offset();
  });
}

bool Uses(const Manifest& manifest, const reference::events::v1::PovertyLineRecorded& line) {
  const std::string population = line.population().empty() ? "register" : line.population();
  const std::string id = fmt::format("{}/{}", population, line.region());
  return std::ranges::any_of(manifest.parameters(),
                             [&](const common::v1::ParameterVersion& parameter) {
                               return parameter.kind() == "poverty_line" && parameter.id() == id &&
                                      parameter.version() == line.version();
                             });
}

}  // namespace

absl::StatusOr<int64_t> WaitForFigures(
    const google::protobuf::RepeatedPtrField<common::v1::LogPosition>& ends, int64_t seconds,
    Client& client, Environment& environment) {
  const auto contains = [&ends](const Manifest& manifest) {
    return std::ranges::all_of(ends, [&](const auto& end) { return HasReached(manifest, end); });
  };
  return WaitFor(contains, seconds, client, environment);
}

absl::StatusOr<int64_t> WaitForLines(
    std::span<const reference::events::v1::PovertyLineRecorded> lines, int64_t seconds,
    Client& client, Environment& environment) {
  const auto uses = [lines](const Manifest& manifest) {
    return std::ranges::all_of(lines, [&](const auto& line) { return Uses(manifest, line); });
  };
  return WaitFor(uses, seconds, client, environment);
}

}  // namespace sepakat::cli
