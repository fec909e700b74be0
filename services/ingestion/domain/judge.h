// Decides about one record: what its cells mean, and whether it can be accepted.
//
// One bad value never discards a record: it becomes unknown and the record is flagged. What makes a
// record useless (no identity, no region, no size, two heads, …) rejects it, with every reason at once.
// Findings carry no personal data. Pure: the same record, book, regions and day give the same answer.
// Thread: pure. Complexity: linear in cells plus rules times rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ingestion/domain/code_book.h"
#include "ingestion/domain/raw_record.h"
#include "ingestion/domain/region_master.h"
#include "ingestion/domain/variables.h"

namespace sepakat::ingestion {

struct Finding {
  std::string reason;
  std::string column;
  std::string message;
  bool fatal = false;
};

// What is known of the family; meaningful when the record was not rejected.
struct FamilyFacts {
  // Identity as the source has it: personal, for the pseudonym and the vault only.
  std::string identity;
  std::vector<std::pair<std::string, std::string>> personal;
  std::string region;
  int32_t observed_on = 0;
  int size = 0;
  // Scaled by 10^weight_decimals and 10^welfare_decimals of the population.
  int64_t family_weight = 0;
  std::optional<int64_t> welfare;
  std::string stratum;
  std::string psu;
  std::optional<int32_t> official_decile;
  VariableValues values;
};

struct Judgement {
  bool rejected = false;
  std::vector<Finding> findings;
  FamilyFacts facts;
};

// `today`: days since 1970; dates behind it are FUTURE_DATE.
Judgement Judge(const CodeBook& book, const RawRecord& record, const RegionMaster& regions,
                int32_t today);

// The text that identifies the record's family, from its first row; empty when there is none.
std::string IdentityOf(const CodeBook& book, const std::vector<std::string>& row);

}  // namespace sepakat::ingestion
