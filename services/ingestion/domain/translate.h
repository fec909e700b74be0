// A record and its code book -> a family, with everything found wrong on the way.
//
// The outcome is a function of the record, the code book, the region editions and the day of
// arrival alone. Values that cannot be trusted become unknown and are flagged; a record is rejected
// only where nothing could be counted without what is missing (docs/CODEBOOKS.md part 3). Thread:
// one Translator per thread; code book and regions are only read. Complexity: linear in the cells
// that the code book names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ingestion/domain/codebook.h"
#include "ingestion/domain/family.h"
#include "ingestion/domain/members.h"
#include "ingestion/domain/raw_record.h"
#include "ingestion/domain/region_master.h"

namespace sepakat::ingestion {

// Bounds of what is stored, at the population's scale.
inline constexpr int64_t kWelfareLimit = int64_t{1} << 48;
inline constexpr int64_t kPersonWeightLimit = int64_t{1} << 36;
inline constexpr int kSizeLimit = 255;

// Identity of the record's family as the source writes it; empty when a part is missing.
void FamilyIdentity(const CodeBook& book, const RawRecord& record, std::string* identity);

// The sender's id of the record; empty when the book has no such column or the cell is empty.
std::string_view SubmissionCell(const CodeBook& book, const RawRecord& record);

class Translator {
 public:
  // Both outlive the translator. `regions`: those of the population.
  Translator(const CodeBook* book, const RegionEditions* regions)
      : book_(*book), regions_(*regions) {}

  // `today`: days since 1970-01-01; an observation may not lie behind it.
  void Decide(const RawRecord& record, std::string_view identity, int32_t today,
              Decision* decision);

 private:
  void CheckRows(const RawRecord& record);
  void CheckIdentity(const RawRecord& record, std::string_view identity);
  void ReadObservation(const RawRecord& record, int32_t today);
  void ReadSize(const RawRecord& record);
  void ReadRegion(const RawRecord& record);
  void ResolveRegion(const RawRecord& record, std::string_view code, std::string_view shown);
  void ReadWeight(const RawRecord& record);
  // Mean of the members' weights; a row without one has the first one.
  std::optional<Decimal> MeanWeight(const RawRecord& record, const Decimal& first) const;
  void ReadWelfare(const RawRecord& record);
  std::string AddAmounts(const RawRecord& record, std::optional<Decimal>* sum);
  std::string NoNumber(std::string_view cell) const;
  void ReadDesign(const RawRecord& record);
  void ReadFamilyVariables(const RawRecord& record);
  void FlagIfRowsDiffer(const RawRecord& record, int slot, std::string_view reason);

  const CodeBook& book_;
  const RegionEditions& regions_;
  Decision* decision_ = nullptr;
  MemberTable members_;
  std::string code_;
};

}  // namespace sepakat::ingestion
