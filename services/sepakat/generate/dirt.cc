#include "sepakat/generate/dirt.h"

#include "sepakat/generate/columns.h"

namespace sepakat::generate {
namespace {

constexpr std::array<DirtRule, kDirtKinds> kRules = {{
    {"none", Outcome::kAccepted, "", 1},
    {"two_heads", Outcome::kRejected, "TWO_HEADS", 2},
    {"no_head", Outcome::kRejected, "NO_HEAD", 1},
    {"card_number_short", Outcome::kRejected, "KK_INVALID", 1},
    {"region_unknown", Outcome::kRejected, "REGION_UNKNOWN", 1},
    {"survey_date_impossible", Outcome::kRejected, "IMPOSSIBLE_DATE", 1},
    {"village_unknown", Outcome::kFlagged, "REGION_PARTLY_KNOWN", 1},
    {"two_spouses", Outcome::kFlagged, "TWO_SPOUSES", 3},
    {"floor_code_unknown", Outcome::kFlagged, "CODE_UNKNOWN", 1},
    {"floor_area_too_large", Outcome::kFlagged, "OUT_OF_RANGE", 1},
    {"birth_date_impossible", Outcome::kFlagged, "IMPOSSIBLE_DATE", 1},
    {"number_in_name", Outcome::kFlagged, "NUMBER_IN_NAME", 1},
    {"nik_short", Outcome::kFlagged, "NIK_INVALID", 1},
    {"invalid_utf8", Outcome::kFlagged, "INVALID_UTF8", 1},
    {"consumption_unreadable", Outcome::kFlagged, "WELFARE_INVALID", 1},
    {"skip_violated", Outcome::kFlagged, "SKIP_VIOLATED", 1},
    {"repeated", Outcome::kRepeated, "", 1},
}};

void MakeTwoSpouses(std::span<Row> rows) {
  for (size_t member = 1; member <= 2; ++member) rows[member][kRelation] = "2";
}

}  // namespace

const DirtRule& RuleOf(Dirt dirt) { return kRules[static_cast<size_t>(dirt)]; }

Dirt DrawDirt(Random& random, int members) {
  while (true) {
    const Dirt dirt = static_cast<Dirt>(random.Between(1, kDirtKinds - 1));
    if (RuleOf(dirt).least_members <= members) return dirt;
  }
}

bool CountsInFigures(Dirt dirt) {
  return RuleOf(dirt).outcome != Outcome::kRejected && dirt != Dirt::kConsumptionUnreadable;
}

void Soil(Dirt dirt, std::span<Row> rows) {
  Row& head = rows.front();
  switch (dirt) {
    case Dirt::kNone:
    case Dirt::kRepeated:
      break;
    case Dirt::kTwoHeads:
      rows[1][kRelation] = "1";
      break;
    case Dirt::kNoHead:
      head[kRelation] = "8";
      break;
    case Dirt::kCardNumberShort:
      for (Row& row : rows) row[kFamilyCard].pop_back();
      break;
    case Dirt::kRegionUnknown:
      head[kProvince] = "99";
      break;
    case Dirt::kSurveyDateImpossible:
      head[kObservedOn].replace(5, 5, "02-30");
      break;
    case Dirt::kVillageUnknown:
      head[kVillage] = "2999";
      break;
    case Dirt::kTwoSpouses:
      MakeTwoSpouses(rows);
      break;
    case Dirt::kFloorCodeUnknown:
      head[kFloor] = "77";
      break;
    case Dirt::kFloorAreaTooLarge:
      head[kFloorArea] = "5000";
      break;
    case Dirt::kBirthDateImpossible:
      head[kBirthDate].replace(5, 5, "02-30");
      break;
    case Dirt::kNumberInName:
      head[kHeadName] = "9999000000000000";
      break;
    case Dirt::kNikShort:
      head[kNik] = "99990000";
      break;
    case Dirt::kInvalidUtf8:
      head[kHeadName] += "\xff\xfe";
      break;
    case Dirt::kConsumptionUnreadable:
      head[kConsumption] = "tidak tahu";
      break;
    case Dirt::kSkipViolated:
      head[kWaterSource] = "3";
      head[kWaterDistance] = "1";
      break;
  }
}

std::string_view NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAccepted:
      return "accepted";
    case Outcome::kFlagged:
      return "flagged";
    case Outcome::kRejected:
      return "rejected";
    case Outcome::kRepeated:
      return "repeated";
  }
  return "";
}

}  // namespace sepakat::generate
