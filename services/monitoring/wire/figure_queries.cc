#include "monitoring/wire/figure_queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/platform/rpc/error_detail.h"
#include "monitoring/app/keys.h"
#include "monitoring/domain/thinning.h"

namespace sepakat::monitoring {
namespace {

using targeting::events::v1::IndicatorPublished;

constexpr int64_t kDayMs = 86'400'000;
constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 1000;
constexpr int kDefaultPoints = 200;
constexpr int kMostPoints = 2000;

std::string PopulationOf(const std::string& population) {
  return population.empty() ? "register" : population;
}

absl::Status CheckRegion(const std::string& region) {
  if (base::IsRegionCode(region)) return absl::OkStatus();
  return platform::WithField(base::Error(absl::StatusCode::kInvalidArgument, "REGION_INVALID",
                                         fmt::format("'{}' is no region code", region)),
                             "region");
}

absl::StatusOr<IndicatorPublished> Parse(std::string_view bytes) {
  IndicatorPublished message;
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return message;
  return base::Error(absl::StatusCode::kDataLoss, "STORE_DAMAGED", "stored figures cannot be read");
}

const common::v1::Figure* Find(const IndicatorPublished& indicators, std::string_view measure) {
  for (const common::v1::Figure& figure : indicators.figures()) {
    if (figure.measure() == measure) return &figure;
  }
  return nullptr;
}

// Keeps the measures asked for; all when none is named.
void KeepMeasures(const google::protobuf::RepeatedPtrField<std::string>& measures,
                  IndicatorPublished* indicators) {
  if (measures.empty()) return;
  google::protobuf::RepeatedPtrField<common::v1::Figure> kept;
  for (const std::string& measure : measures) {
    if (const common::v1::Figure* figure = Find(*indicators, measure)) *kept.Add() = *figure;
  }
  indicators->mutable_figures()->Swap(&kept);
}

}  // namespace

absl::StatusOr<FigureReader::AsOf> FigureQueries::Moment(int64_t publication) const {
  SEPAKAT_ASSIGN_OR_RETURN(const FigureReader::AsOf latest, reader_.Latest());
  if (publication <= 0 || publication >= latest.publication) return latest;
  // Manifests are thinned like figures: the newest that is left tells the instant.
  FigureReader::AsOf moment{publication, 0};
  SEPAKAT_RETURN_IF_ERROR(store_->ScanBackward(
      keys::kManifest, keys::Manifest(publication + 1),
      [&moment](std::string_view, std::string_view bytes) {
        targeting::events::v1::PublicationManifest manifest;
        if (manifest.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
          moment.at_ms = manifest.cut_at_ms();
        }
        return false;
      }));
  return moment;
}

absl::StatusOr<v1::GetRegionFiguresResponse> FigureQueries::Region(
    const v1::GetRegionFiguresRequest& request) const {
  SEPAKAT_RETURN_IF_ERROR(CheckRegion(request.region()));
  SEPAKAT_ASSIGN_OR_RETURN(const FigureReader::AsOf moment, Moment(request.publication()));
  SEPAKAT_ASSIGN_OR_RETURN(
      const std::optional<std::string> bytes,
      reader_.Read({PopulationOf(request.population()), request.region()}, moment.publication));
  if (!bytes.has_value()) {
    return base::Error(
        absl::StatusCode::kNotFound, "REGION_WITHOUT_FIGURES",
        fmt::format("no figures of {} in '{}' as of publication {}; load families of it first",
                    request.region(), PopulationOf(request.population()), moment.publication));
  }
  v1::GetRegionFiguresResponse response;
  SEPAKAT_ASSIGN_OR_RETURN(*response.mutable_indicators(), Parse(*bytes));
  response.set_as_of_publication(moment.publication);
  response.set_as_of_ms(moment.at_ms);
  return response;
}

absl::StatusOr<v1::ListChildFiguresResponse> FigureQueries::Children(
    const v1::ListChildFiguresRequest& request) const {
  SEPAKAT_RETURN_IF_ERROR(CheckRegion(request.region()));
  const std::string population = PopulationOf(request.population());
  SEPAKAT_ASSIGN_OR_RETURN(const FigureReader::AsOf moment, Moment(request.publication()));
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<std::string> children,
                           reader_.ChildrenOf(population, request.region()));
  v1::ListChildFiguresResponse response;
  response.set_as_of_publication(moment.publication);
  response.set_as_of_ms(moment.at_ms);
  for (const std::string& child : children) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                             reader_.Read({population, child}, moment.publication));
    if (!bytes.has_value()) continue;
    SEPAKAT_ASSIGN_OR_RETURN(IndicatorPublished indicators, Parse(*bytes));
    KeepMeasures(request.measures(), &indicators);
    *response.add_children() = std::move(indicators);
  }
  return response;
}

absl::StatusOr<v1::GetTrendResponse> FigureQueries::Trend(
    const v1::GetTrendRequest& request) const {
  SEPAKAT_RETURN_IF_ERROR(CheckRegion(request.region()));
  const RegionRef at{PopulationOf(request.population()), request.region()};
  const int64_t to_ms = request.to_ms() == 0 ? INT64_MAX : request.to_ms();
  const auto in_range = [&](const StoredFigures& row) {
    return row.at_ms >= request.from_ms() && row.at_ms <= to_ms;
  };
  std::vector<int64_t> at_ms;
  SEPAKAT_RETURN_IF_ERROR(reader_.Visit(at, [&](const StoredFigures& row) {
    if (in_range(row)) at_ms.push_back(row.at_ms);
  }));
  const int most =
      request.max_points() <= 0 ? kDefaultPoints : std::min(request.max_points(), kMostPoints);
  const std::vector<size_t> kept = Thin(at_ms, static_cast<size_t>(most));
  v1::GetTrendResponse response;
  size_t seen = 0;
  size_t next = 0;
  absl::Status status;
  SEPAKAT_RETURN_IF_ERROR(reader_.Visit(at, [&](const StoredFigures& row) {
    // Rows that came after the first pass are left for the next call.
    if (!in_range(row) || next == kept.size() || seen++ != kept[next]) return;
    ++next;
    const absl::StatusOr<IndicatorPublished> indicators = Parse(row.bytes);
    if (!indicators.ok()) {
      status = indicators.status();
      return;
    }
    const common::v1::Figure* figure = Find(*indicators, request.measure());
    if (figure == nullptr) return;
    auto* point = response.add_points();
    point->set_at_ms(row.at_ms);
    point->set_publication(row.publication);
    *point->mutable_figure() = *figure;
  }));
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ListPublicationsResponse> FigureQueries::Publications(
    const v1::ListPublicationsRequest& request) const {
  int64_t before = INT64_MAX;
  const std::string& token = request.page_token();
  if (!token.empty()) {
    const auto read = std::from_chars(token.data(), token.data() + token.size(), before);
    if (read.ec != std::errc{} || read.ptr != token.data() + token.size()) {
      return platform::WithField(
          base::Error(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                      "the page token is none of ours; start without one"),
          "page_token");
    }
  }
  SEPAKAT_ASSIGN_OR_RETURN(const FigureReader::AsOf latest, reader_.Latest());
  // What is not complete is not listed.
  before = std::min(before, latest.publication + 1);
  const int size =
      request.page_size() <= 0 ? kDefaultPage : std::min(request.page_size(), kLargestPage);
  v1::ListPublicationsResponse response;
  SEPAKAT_RETURN_IF_ERROR(store_->ScanBackward(
      keys::kManifest, keys::Manifest(before), [&](std::string_view, std::string_view bytes) {
        if (response.publications_size() == size) {
          response.set_next_page_token(
              fmt::format("{}", response.publications(size - 1).publication()));
          return false;
        }
        response.add_publications()->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
        return true;
      }));
  return response;
}

absl::StatusOr<v1::ListFreshnessResponse> FigureQueries::Freshness(
    const v1::ListFreshnessRequest& request) const {
  SEPAKAT_RETURN_IF_ERROR(CheckRegion(request.parent()));
  const std::string population = PopulationOf(request.population());
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<std::string> children,
                           reader_.ChildrenOf(population, request.parent()));
  const auto today = static_cast<int32_t>(clock_->NowMs() / kDayMs);
  v1::ListFreshnessResponse response;
  for (const std::string& child : children) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                             reader_.Read({population, child}, 0));
    if (!bytes.has_value()) continue;
    SEPAKAT_ASSIGN_OR_RETURN(const IndicatorPublished indicators, Parse(*bytes));
    int64_t families = 0;
    if (const common::v1::Figure* figure = Find(indicators, "families"))
      families = figure->observed_families();
    auto* region = response.add_regions();
    region->set_region(child);
    region->set_families(families);
    region->set_newest_observation(indicators.newest_observation());
    region->set_newest_accepted_at_ms(indicators.newest_accepted_at_ms());
    region->set_state(
        std::string(FreshnessOf(families, indicators.newest_observation(), today, freshness_)));
  }
  return response;
}

}  // namespace sepakat::monitoring
