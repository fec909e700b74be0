#include "ingestion/app/reference_commands.h"

#include <fmt/format.h>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/runtime/topics.h"

namespace sepakat::ingestion {
namespace {

constexpr std::string_view kPopulationRecorded = "sepakat.reference.events.v1.PopulationRecorded";
constexpr std::string_view kRegionsRecorded = "sepakat.reference.events.v1.RegionsRecorded";
constexpr std::string_view kSeriesRecorded = "sepakat.reference.events.v1.SeriesRecorded";

void Say(std::string_view topic, std::string_view type, std::string key, std::string payload,
         runtime::Transaction& tx) {
  tx.Say({.topic = std::string(topic),
          .key = std::move(key),
          .type = std::string(type),
          .payload = std::move(payload)});
}

void SayRegions(const Codec& codec, const RegionEdition& edition, std::string_view parent,
                const std::vector<const Region*>& regions, runtime::Transaction& tx) {
  Say(runtime::topics::kRegion, kRegionsRecorded, fmt::format("{}/{}", edition.population, parent),
      codec.Encode(edition, parent, regions), tx);
}

// The provinces and regencies under the nation, then each regency with what lies in it.
void SayMaster(const Codec& codec, const RegionEdition& edition, const RegionMaster& master,
               runtime::Transaction& tx) {
  std::vector<const Region*> upper;
  std::vector<const Region*> within;
  const Region* regency = nullptr;
  for (const Region& region : master.all()) {
    if (region.level <= 2) upper.push_back(&region);
    if (region.level == 2) {
      if (regency != nullptr) SayRegions(codec, edition, regency->code, within, tx);
      regency = &region;
      within.clear();
    }
    if (region.level >= 2) within.push_back(&region);
  }
  if (regency != nullptr) SayRegions(codec, edition, regency->code, within, tx);
  SayRegions(codec, edition, base::kNationCode, upper, tx);
}

}  // namespace

absl::StatusOr<CodeBook> RegisterBook(IngestionTask* task, std::string_view toml,
                                      std::string_view file_name, runtime::Transaction& tx) {
  SEPAKAT_ASSIGN_OR_RETURN(CodeBook book, task->codec().ReadBook(toml, file_name));
  const std::shared_ptr<const Catalogue> now = task->catalogue().Get();
  const std::string key = BookKey(book.id, book.version);
  SEPAKAT_ASSIGN_OR_RETURN(const auto stored, tx.Get(key));
  if (stored) {
    std::string_view fields[2];
    if (SplitFields(*stored, fields, 2) && fields[1] == toml) return book;
    return base::Error(absl::StatusCode::kAlreadyExists, "CODEBOOK_VERSION_EXISTS",
                       fmt::format("version {} of code book '{}' is registered with other text; a "
                                   "changed book needs a new version",
                                   book.version, book.id));
  }
  auto next = std::make_shared<Catalogue>(*now);
  SEPAKAT_RETURN_IF_ERROR(next->Add(book));
  size_t number = 1;
  for (const auto& [id, versions] : now->books) number += versions.size();
  tx.Put(key, JoinFields({fmt::format("{}", number), toml}));
  if (!now->populations.contains(book.population.id)) {
    tx.Put(fmt::format("p/{}", book.population.id), task->codec().Encode(book.population));
    Say(runtime::topics::kPopulation, kPopulationRecorded, book.population.id,
        task->codec().Encode(book.population), tx);
  }
  if (!book.regions.empty()) {
    const RegionEdition edition{book.population.id, fmt::format("{} {}", book.id, book.version), 0,
                                book.steward};
    std::vector<const Region*> regions;
    const auto& master = next->own_regions.at(book.population.id);
    for (const Region& region : master->all()) regions.push_back(&region);
    SayRegions(task->codec(), edition, base::kNationCode, regions, tx);
  }
  task->Change(std::move(next));
  return book;
}

absl::StatusOr<RegionsLoaded> LoadRegions(IngestionTask* task, RegionEdition edition,
                                          std::string_view csv, runtime::Transaction& tx) {
  RegionsLoaded loaded;
  std::shared_ptr<const RegionMaster> master =
      RegionMaster::Build(ReadRegionCsv(csv, &loaded.problems), &loaded.problems);
  if (master->size() <= 1) {
    return base::Error(absl::StatusCode::kInvalidArgument, "REGIONS_EMPTY",
                       fmt::format("the file holds no region{}",
                                   loaded.problems.empty() ? "" : ": " + loaded.problems.front()));
  }
  loaded.regions = static_cast<int64_t>(master->size());
  auto next = std::make_shared<Catalogue>(*task->catalogue().Get());
  if (next->editions.empty()) next->regions = RegionEditions();
  const bool newest =
      next->editions.empty() || edition.valid_from >= next->editions.rbegin()->first;
  next->regions.Set(edition.valid_from, master);
  next->editions[edition.valid_from] = edition;
  tx.Put(
      fmt::format("r/{:+011}", edition.valid_from),
      JoinFields({edition.name, edition.attribution, fmt::format("{}", edition.valid_from), csv}));
  if (newest) SayMaster(task->codec(), edition, *master, tx);
  task->Change(std::move(next));
  return loaded;
}

void StoreSeries(const Codec& codec, const std::vector<Series>& series, runtime::Transaction& tx) {
  for (const Series& one : series) {
    const std::string bytes = codec.Encode(one);
    tx.Put(fmt::format("d/{}/{}", one.region, one.id), bytes);
    Say(runtime::topics::kSeries, kSeriesRecorded, fmt::format("{}/{}", one.id, one.region), bytes,
        tx);
  }
}

}  // namespace sepakat::ingestion
