// Code books, regions, populations, series and boundaries over RPC.
#include <fmt/format.h>

#include <charconv>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "ingestion/app/reference_commands.h"
#include "ingestion/app/rows.h"
#include "ingestion/wire/boundaries.h"
#include "ingestion/wire/proto_values.h"
#include "ingestion/wire/rpc_context.h"
#include "ingestion/wire/series_csv.h"

namespace sepakat::ingestion {
namespace {

constexpr size_t kSeriesPerCommand = 5000;

// Runs a command under the call's request id; its answer is a message, given again for the same id.
template <typename Response>
absl::StatusOr<Response> Run(
    const RpcContext& context, const common::v1::RequestContext& call,
    const std::function<absl::StatusOr<Response>(runtime::Transaction&)>& command) {
  SEPAKAT_RETURN_IF_ERROR(IngestIdOf(call).status());
  SEPAKAT_ASSIGN_OR_RETURN(
      const std::string answer,
      context.task->Execute(call.request_id(),
                            [&](runtime::Transaction& tx) -> absl::StatusOr<std::string> {
                              SEPAKAT_ASSIGN_OR_RETURN(const Response response, command(tx));
                              return response.SerializeAsString();
                            }));
  Response response;
  response.ParseFromString(answer);
  return response;
}

absl::StatusOr<v1::RegisterCodebookResponse> RegisterCodebook(
    const RpcContext& context, const v1::RegisterCodebookRequest& request) {
  return Run<v1::RegisterCodebookResponse>(
      context, request.context(),
      [&](runtime::Transaction& tx) -> absl::StatusOr<v1::RegisterCodebookResponse> {
        SEPAKAT_ASSIGN_OR_RETURN(
            const CodeBook book,
            RegisterBook(context.ingestion, request.toml(), request.file_name(), tx));
        v1::RegisterCodebookResponse response;
        response.set_codebook_id(book.id);
        response.set_version(book.version);
        response.set_population(book.population.id);
        return response;
      });
}

absl::StatusOr<v1::ListCodebooksResponse> ListCodebooks(const RpcContext& context) {
  const std::shared_ptr<const Catalogue> catalogue = context.ingestion->catalogue().Get();
  v1::ListCodebooksResponse response;
  for (const auto& [id, version] : catalogue->newest_version) {
    const CodeBook& book = catalogue->books.at(id).at(version)->book;
    v1::CodebookSummary* summary = response.add_codebooks();
    summary->set_id(book.id);
    summary->set_version(book.version);
    summary->set_name(book.name);
    summary->set_population(book.population.id);
  }
  return response;
}

absl::StatusOr<v1::LoadRegionsResponse> LoadRegionMaster(const RpcContext& context,
                                                         const v1::LoadRegionsRequest& request) {
  return Run<v1::LoadRegionsResponse>(
      context, request.context(),
      [&](runtime::Transaction& tx) -> absl::StatusOr<v1::LoadRegionsResponse> {
        const RegionEdition edition{"", request.edition().edition(), request.edition().valid_from(),
                                    request.edition().attribution()};
        SEPAKAT_ASSIGN_OR_RETURN(const RegionsLoaded loaded,
                                 LoadRegions(context.ingestion, edition, request.csv(), tx));
        v1::LoadRegionsResponse response;
        response.set_regions(loaded.regions);
        for (const std::string& problem : loaded.problems) response.add_problems(problem);
        return response;
      });
}

absl::StatusOr<v1::ListRegionsResponse> ListRegions(const RpcContext& context,
                                                    const v1::ListRegionsRequest& request) {
  const std::shared_ptr<const Catalogue> catalogue = context.ingestion->catalogue().Get();
  SEPAKAT_ASSIGN_OR_RETURN(const RegionMaster* master, catalogue->MasterOf(request.population()));
  const std::string parent =
      request.parent().empty() ? std::string(base::kNationCode) : request.parent();
  const Region* of = master->Find(parent);
  if (of == nullptr) {
    return base::Error(absl::StatusCode::kNotFound, "REGION_UNKNOWN",
                       fmt::format("no region has the code '{}'", parent));
  }
  v1::ListRegionsResponse response;
  const std::vector<std::string> path = base::PathToNation(parent);
  for (auto step = path.rbegin(); step != path.rend(); ++step) {
    if (const Region* region = master->Find(*step)) ToProto(*region, response.add_path());
  }
  std::vector<const Region*> found;
  if (request.name_contains().empty()) {
    found = master->Children(parent);
    found.insert(found.begin(), of);
  } else {
    found = master->WithName(request.name_contains(),
                             parent == base::kNationCode ? std::string_view() : parent, 10'000);
  }
  size_t at = 0;
  std::from_chars(request.page_token().data(),
                  request.page_token().data() + request.page_token().size(), at);
  // All children of a region fit one page unless the caller wants fewer.
  const size_t size = request.page_size() <= 0 ? 2000 : static_cast<size_t>(request.page_size());
  for (size_t i = at; i < found.size() && i < at + size; ++i) {
    ToProto(*found[i], response.add_regions());
  }
  if (at + size < found.size()) response.set_next_page_token(fmt::format("{}", at + size));
  return response;
}

absl::StatusOr<v1::ListPopulationsResponse> ListPopulations(const RpcContext& context) {
  v1::ListPopulationsResponse response;
  const std::shared_ptr<const Catalogue> catalogue = context.ingestion->catalogue().Get();
  for (const auto& [id, population] : catalogue->populations) {
    ToProto(population, response.add_populations());
  }
  return response;
}

absl::StatusOr<v1::LoadSeriesResponse> LoadSeries(const RpcContext& context,
                                                  const v1::LoadSeriesRequest& request) {
  SEPAKAT_RETURN_IF_ERROR(IngestIdOf(request.context()).status());
  const std::shared_ptr<const Catalogue> catalogue = context.ingestion->catalogue().Get();
  Series header = FromProto(request.header());
  header.points.clear();
  header.loaded_at_ms = context.clock->NowMs();
  SeriesTable table{.csv = request.csv(),
                    .region_column = request.region_column(),
                    .value_column = request.value_column(),
                    .period_column = request.period_column(),
                    .period = request.period(),
                    .region_coding = request.region_coding(),
                    .name_column = request.name_column()};
  table.missing.assign(request.missing().begin(), request.missing().end());
  if (!request.decimal_mark().empty()) table.decimal_mark = request.decimal_mark().front();
  table.region_map.insert(request.region_map().begin(), request.region_map().end());
  table.where.insert(request.where().begin(), request.where().end());
  SEPAKAT_ASSIGN_OR_RETURN(SeriesReading reading,
                           ReadSeries(header, table, catalogue->regions.Newest()));
  v1::LoadSeriesResponse response;
  response.set_regions(static_cast<int64_t>(reading.series.size()));
  response.set_points(reading.points);
  for (const std::string& problem : reading.problems) response.add_problems(problem);
  for (size_t at = 0; at < reading.series.size(); at += kSeriesPerCommand) {
    const size_t end = std::min(reading.series.size(), at + kSeriesPerCommand);
    const std::vector<Series> part(reading.series.begin() + static_cast<std::ptrdiff_t>(at),
                                   reading.series.begin() + static_cast<std::ptrdiff_t>(end));
    absl::Status status;
    do {
      status = context.task
                   ->Execute(fmt::format("{}/{}", request.context().request_id(), at),
                             [&](runtime::Transaction& tx) -> absl::StatusOr<std::string> {
                               StoreSeries(context.ingestion->codec(), part, tx);
                               return std::string();
                             })
                   .status();
      if (base::IsRetriable(status)) context.await([] { return false; });
    } while (base::IsRetriable(status));
    SEPAKAT_RETURN_IF_ERROR(status);
  }
  return response;
}

absl::StatusOr<v1::ListSeriesResponse> ListSeries(const RpcContext& context,
                                                  const v1::ListSeriesRequest& request) {
  v1::ListSeriesResponse response;
  const std::string prefix = fmt::format("d/{}/", request.region());
  SEPAKAT_RETURN_IF_ERROR(context.task->Read([&](const runtime::StateStore& store) {
    return store.Scan(
        prefix, runtime::PrefixEnd(prefix), [&](std::string_view key, std::string_view value) {
          if (!request.series_id().empty() && key.substr(prefix.size()) != request.series_id()) {
            return true;
          }
          response.add_series()->ParseFromArray(value.data(), static_cast<int>(value.size()));
          return true;
        });
  }));
  return response;
}

absl::StatusOr<v1::LoadBoundariesResponse> LoadBoundaries(
    const RpcContext& context, const v1::LoadBoundariesRequest& request) {
  const std::shared_ptr<const Catalogue> catalogue = context.ingestion->catalogue().Get();
  SEPAKAT_ASSIGN_OR_RETURN(const Boundaries boundaries,
                           ReadBoundaries(request.geojson(), catalogue->regions.Newest()));
  return Run<v1::LoadBoundariesResponse>(
      context, request.context(),
      [&](runtime::Transaction& tx) -> absl::StatusOr<v1::LoadBoundariesResponse> {
        for (const auto& [parent, collection] : boundaries.by_parent) {
          tx.Put(fmt::format("g/{}", parent), JoinFields({request.source(), collection}));
        }
        v1::LoadBoundariesResponse response;
        response.set_features(boundaries.features);
        for (const std::string& problem : boundaries.problems) response.add_problems(problem);
        return response;
      });
}

absl::StatusOr<v1::GetBoundariesResponse> GetBoundaries(const RpcContext& context,
                                                        const v1::GetBoundariesRequest& request) {
  v1::GetBoundariesResponse response;
  response.set_geojson(R"({"type":"FeatureCollection","features":[]})");
  SEPAKAT_RETURN_IF_ERROR(context.task->Read([&](const runtime::StateStore& store) -> absl::Status {
    SEPAKAT_ASSIGN_OR_RETURN(const auto stored, store.Get(fmt::format("g/{}", request.parent())));
    std::string_view fields[2];
    if (stored && SplitFields(*stored, fields, 2)) {
      response.set_source(std::string(fields[0]));
      response.set_geojson(std::string(fields[1]));
    }
    return absl::OkStatus();
  }));
  return response;
}

}  // namespace

void AddReference(const RpcContext& context, platform::RpcService* rpc) {
  using platform::CallContext;
  const auto add = [&]<typename Request, typename Response>(
                       std::string_view name,
                       absl::StatusOr<Response> (*handler)(const RpcContext&, const Request&)) {
    rpc->Unary<Request, Response>(name,
                                  [context, handler](const CallContext&, const Request& request) {
                                    return handler(context, request);
                                  });
  };
  add("RegisterCodebook", &RegisterCodebook);
  add("LoadRegions", &LoadRegionMaster);
  add("ListRegions", &ListRegions);
  add("LoadSeries", &LoadSeries);
  add("ListSeries", &ListSeries);
  add("LoadBoundaries", &LoadBoundaries);
  add("GetBoundaries", &GetBoundaries);
  rpc->Unary<v1::ListCodebooksRequest, v1::ListCodebooksResponse>(
      "ListCodebooks", [context](const CallContext&, const v1::ListCodebooksRequest&) {
        return ListCodebooks(context);
      });
  rpc->Unary<v1::ListPopulationsRequest, v1::ListPopulationsResponse>(
      "ListPopulations", [context](const CallContext&, const v1::ListPopulationsRequest&) {
        return ListPopulations(context);
      });
}

}  // namespace sepakat::ingestion
