// Code books, region editions and populations in force: read by every record, changed by commands.
//
// A Catalogue never changes; a command makes the next one, and it is in force once the command is
// committed. Whoever holds one keeps deciding under it.
// Thread: Catalogue is immutable; CatalogueHolder may be used from any thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/state_store.h"
#include "ingestion/app/codec.h"
#include "ingestion/domain/codebook.h"
#include "ingestion/domain/region_master.h"

namespace sepakat::ingestion {

struct RegisteredBook {
  CodeBook book;
  // Regions of its own; empty when codes are those of the region master.
  RegionEditions own_regions;
};

struct Catalogue {
  // By id, then by version in the order of registration.
  std::map<std::string, std::map<std::string, std::shared_ptr<const RegisteredBook>>, std::less<>>
      books;
  std::map<std::string, std::string, std::less<>> newest_version;
  std::map<std::string, Population, std::less<>> populations;
  // Regions of a population that brings its own.
  std::map<std::string, std::shared_ptr<const RegionMaster>, std::less<>> own_regions;
  // Never empty; holds the nation alone while no edition is loaded.
  RegionEditions regions;
  std::map<int32_t, RegionEdition> editions;

  // NotFound CODEBOOK_UNKNOWN. Empty version: the newest.
  absl::StatusOr<std::shared_ptr<const RegisteredBook>> Find(std::string_view id,
                                                             std::string_view version) const;
  const RegionEditions& RegionsOf(const RegisteredBook& book) const {
    return book.own_regions.empty() ? regions : book.own_regions;
  }
  // NotFound POPULATION_UNKNOWN for one that was never named.
  absl::StatusOr<const RegionMaster*> MasterOf(std::string_view population) const;

  // Adds a book. AlreadyExists CODEBOOK_VERSION_EXISTS when the version is known with other text;
  // FailedPrecondition POPULATION_DIFFERS when its population is known with other scales.
  absl::Status Add(CodeBook book);
};

// The regions that a book brings, as a master.
std::shared_ptr<const RegionMaster> OwnMaster(const CodeBook& book);

// Reads all of it from the store.
absl::StatusOr<std::shared_ptr<const Catalogue>> LoadCatalogue(const runtime::StateStore& store,
                                                               const Codec& codec);

class CatalogueHolder {
 public:
  std::shared_ptr<const Catalogue> Get() const {
    const std::lock_guard guard(mutex_);
    return catalogue_;
  }
  void Set(std::shared_ptr<const Catalogue> catalogue) {
    const std::lock_guard guard(mutex_);
    catalogue_ = std::move(catalogue);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Catalogue> catalogue_ = std::make_shared<Catalogue>();
};

}  // namespace sepakat::ingestion
