#include "ingestion/domain/canonical.h"

namespace sepakat::ingestion {
namespace {

constexpr ItemInfo kAllItems[] = {
    {"relation", Item::kRelation, 1, 8},
    {"sex", Item::kSex, 1, 2},
    {"age", Item::kAge, 0, 130},
    {"birth_date", Item::kBirthDate, 0, 0},
    {"marital", Item::kMarital, 1, 4},
    {"schooling", Item::kSchooling, 1, 3},
    {"certificate_years", Item::kCertificateYears, 0, 25},
    {"works", Item::kWorks, 0, 1},
    {"sector", Item::kSector, 1, 26},
    {"job_status", Item::kJobStatus, 1, 8},
    {"difficulty", Item::kDifficulty, 1, 4},
    {"chronic", Item::kChronic, 0, 1},
    {"insurance", Item::kInsurance, 0, 1},
    {"nutrition", Item::kNutrition, 0, 2},
    {"pregnant", Item::kPregnant, 0, 1},
};

}  // namespace

std::span<const ItemInfo> AllItems() { return kAllItems; }

const ItemInfo* FindItem(std::string_view name) {
  for (const ItemInfo& item : kAllItems) {
    if (item.name == name) return &item;
  }
  return nullptr;
}

}  // namespace sepakat::ingestion
