#include "ingestion/app/catalogue.h"

#include <fmt/format.h>

#include <charconv>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "ingestion/app/rows.h"

namespace sepakat::ingestion {

absl::StatusOr<std::shared_ptr<const RegisteredBook>> Catalogue::Find(
    std::string_view id, std::string_view version) const {
  const auto versions = books.find(id);
  if (versions != books.end()) {
    const auto it = versions->second.find(version.empty() ? newest_version.find(id)->second
                                                          : std::string(version));
    if (it != versions->second.end()) return it->second;
  }
  return base::Error(absl::StatusCode::kNotFound, "CODEBOOK_UNKNOWN",
                     fmt::format("no code book '{}'{} is registered", id,
                                 version.empty() ? "" : fmt::format(" of version {}", version)));
}

absl::StatusOr<const RegionMaster*> Catalogue::MasterOf(std::string_view population) const {
  const auto own = own_regions.find(population);
  if (own != own_regions.end()) return own->second.get();
  if (population.empty() || population == "register" || populations.contains(population)) {
    return &regions.Newest();
  }
  return base::Error(absl::StatusCode::kNotFound, "POPULATION_UNKNOWN",
                     fmt::format("no population is called '{}'", population));
}

std::shared_ptr<const RegionMaster> OwnMaster(const CodeBook& book) {
  std::vector<Region> regions;
  for (const OwnRegion& region : book.regions) {
    const bool nation = region.code == base::kNationCode;
    regions.push_back({region.code, region.name, std::string(base::ParentOf(region.code)),
                       nation ? 0 : static_cast<int>(base::LevelOf(region.code)), region.kind});
  }
  std::vector<std::string> problems;  // The code book was checked when it was read.
  return RegionMaster::Build(std::move(regions), &problems);
}

absl::Status Catalogue::Add(CodeBook book) {
  const auto known = populations.find(book.population.id);
  if (known != populations.end() && known->second != book.population) {
    return base::Error(
        absl::StatusCode::kFailedPrecondition, "POPULATION_DIFFERS",
        fmt::format("the population '{}' is already known with {} welfare and {} weight decimals "
                    "and other words; code books of one population must agree",
                    book.population.id, known->second.welfare_decimals,
                    known->second.weight_decimals));
  }
  auto entry = std::make_shared<RegisteredBook>();
  if (!book.regions.empty()) {
    std::shared_ptr<const RegionMaster> master = OwnMaster(book);
    entry->own_regions.Set(0, master);
    own_regions[book.population.id] = std::move(master);
  }
  populations.try_emplace(book.population.id, book.population);
  newest_version[book.id] = book.version;
  const std::string id = book.id;
  const std::string version = book.version;
  entry->book = std::move(book);
  books[id][version] = std::move(entry);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Catalogue>> LoadCatalogue(const runtime::StateStore& store,
                                                               const Codec& codec) {
  auto catalogue = std::make_shared<Catalogue>();
  absl::Status status;
  // Rows carry the number of the registration, so that the newest version is the last one told.
  std::map<int64_t, CodeBook> books;
  SEPAKAT_RETURN_IF_ERROR(
      store.Scan("b/", runtime::PrefixEnd("b/"), [&](std::string_view, std::string_view value) {
        std::string_view fields[2];
        if (!SplitFields(value, fields, 2)) return true;
        absl::StatusOr<CodeBook> book = codec.ReadBook(fields[1], "stored code book");
        if (!book.ok()) status = book.status();
        int64_t number = 0;
        std::from_chars(fields[0].data(), fields[0].data() + fields[0].size(), number);
        if (book.ok()) books.emplace(number, *std::move(book));
        return book.ok();
      }));
  SEPAKAT_RETURN_IF_ERROR(status);
  for (auto& [number, book] : books) SEPAKAT_RETURN_IF_ERROR(catalogue->Add(std::move(book)));
  SEPAKAT_RETURN_IF_ERROR(
      store.Scan("r/", runtime::PrefixEnd("r/"), [&](std::string_view, std::string_view value) {
        std::string_view fields[4];
        if (!SplitFields(value, fields, 4)) return true;
        RegionEdition edition;
        edition.name = fields[0];
        edition.attribution = fields[1];
        std::from_chars(fields[2].data(), fields[2].data() + fields[2].size(), edition.valid_from);
        std::vector<std::string> problems;
        catalogue->regions.Set(edition.valid_from,
                               RegionMaster::Build(ReadRegionCsv(fields[3], &problems), &problems));
        catalogue->editions[edition.valid_from] = std::move(edition);
        return true;
      }));
  if (catalogue->regions.empty()) {
    std::vector<std::string> problems;
    catalogue->regions.Set(0, RegionMaster::Build({}, &problems));
  }
  return std::shared_ptr<const Catalogue>(std::move(catalogue));
}

}  // namespace sepakat::ingestion
