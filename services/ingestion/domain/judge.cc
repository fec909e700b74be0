#include "ingestion/domain/judge.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/base/date.h"
#include "common/base/region_code.h"
#include "ingestion/domain/edits.h"
#include "ingestion/domain/members.h"
#include "ingestion/domain/text.h"

namespace sepakat::ingestion {
namespace {

constexpr int64_t kWelfareLimit = int64_t{1} << 48;
constexpr int64_t kWeightLimit = int64_t{1} << 36;

std::string PaddedCode(const RegionRole& role, const Row& row) {
  std::string code;
  for (size_t i = 0; i < role.columns.size(); ++i) {
    std::string part = Cell(row, role.columns[i]);
    if (part.empty()) break;
    const auto width = i < role.pad.size() ? static_cast<size_t>(role.pad[i]) : 0;
    if (part.size() < width) part.insert(0, width - part.size(), '0');
    code += code.empty() ? part : "." + part;
  }
  return code;
}

// Judges one record; each part fills the facts or says why not.
class RecordJudge {
 public:
  RecordJudge(const CodeBook& book, const RawRecord& record, const RegionMaster& regions,
              int32_t today)
      : book_(book), record_(record), regions_(regions), today_(today), findings_(book) {}

  Judgement Run() {
    Clean();
    ReadIdentity();
    ReadDay();
    ReadRegion();
    ReadSize();
    ReadWeight();
    ReadWelfare();
    ReadFamilyVariables();
    std::vector<Member> members;
    if (book_.by_person) {
      members = ReadMembers(book_, rows_, facts_.observed_on, &findings_);
      DeriveFromMembers(book_, members, &facts_.values);
    } else if (facts_.size > 0 && !facts_.values[derived::kMembers]) {
      facts_.values[derived::kMembers] = facts_.size;
    }
    CheckEdits(book_, rows_, members, &findings_);
    Judgement judgement;
    judgement.rejected = findings_.rejected();
    judgement.findings = findings_.Take();
    judgement.facts = std::move(facts_);
    return judgement;
  }

 private:
  const std::string& NameOf(Column column) const {
    return book_.columns[static_cast<size_t>(column)];
  }

  // Copies the rows with blanks trimmed; cells that are no UTF-8 count as empty.
  void Clean() {
    rows_ = record_.rows;
    for (Row& row : rows_) {
      for (size_t c = 0; c < row.size(); ++c) {
        std::string& cell = row[c];
        if (const size_t at = FirstInvalidUtf8(cell); at != std::string::npos) {
          findings_.Flag("INVALID_UTF8", static_cast<Column>(c),
                         fmt::format("Kolom {} berisi bita yang bukan UTF-8 (posisi {}); isinya "
                                     "dianggap kosong",
                                     book_.columns[c], at + 1));
          cell.clear();
        }
        const std::string_view trimmed = Trim(cell);
        if (trimmed.size() != cell.size()) cell = std::string(trimmed);
      }
    }
  }

  // The first filled cell of a column; flags rows that disagree.
  const std::string& FamilyCell(Column column, bool must_agree) {
    static const std::string kEmpty;
    const std::string* first = nullptr;
    for (const Row& row : rows_) {
      const std::string& cell = Cell(row, column);
      if (cell.empty()) continue;
      if (first == nullptr) {
        first = &cell;
      } else if (must_agree && cell != *first) {
        findings_.Flag("DIFFERS_IN_FAMILY", column,
                       fmt::format("Kolom {} berbeda antara anggota satu keluarga; yang pertama "
                                   "dipakai",
                                   NameOf(column)));
        break;
      }
    }
    return first == nullptr ? kEmpty : *first;
  }

  void ReadIdentity() {
    facts_.identity = IdentityOf(book_, rows_.front());
    const Column column = book_.roles.family.front();
    if (facts_.identity.empty()) {
      findings_.Reject("FAMILY_ID_MISSING", column,
                       fmt::format("Kolom {} (identitas keluarga) kosong", NameOf(column)));
    } else if (book_.roles.family_is_card_number && !IsDigits(facts_.identity, 16)) {
      findings_.Reject("KK_INVALID", column,
                       fmt::format("Kolom {} bukan nomor KK 16 angka", NameOf(column)));
    }
    for (const Row& row : rows_) {
      for (const Column name : book_.roles.names) {
        if (HoldsIdentityNumber(Cell(row, name))) {
          findings_.Flag("NUMBER_IN_NAME", name,
                         fmt::format("Kolom {} (nama) berisi nomor 16 angka", NameOf(name)));
        }
        KeepPersonal(name, row);
      }
      if (book_.roles.person_id) KeepPersonal(*book_.roles.person_id, row);
    }
  }

  void KeepPersonal(Column column, const Row& row) {
    if (!Cell(row, column).empty()) {
      facts_.personal.emplace_back(NameOf(column), Cell(row, column));
    }
  }

  void ReadDay() {
    const ObservedOn& role = book_.observed_on;
    if (!role.column) {
      facts_.observed_on = role.fallback.value_or(today_);
      return;
    }
    const std::string& cell = FamilyCell(*role.column, false);
    const std::optional<int32_t> day = cell.empty() ? std::nullopt : role.format.Read(cell);
    if (day && *day <= today_) {
      facts_.observed_on = *day;
      return;
    }
    const std::string_view reason = cell.empty() ? "DATE_MISSING"
                                    : day        ? "FUTURE_DATE"
                                                 : "IMPOSSIBLE_DATE";
    std::string message =
        fmt::format("Kolom {} bukan hari pendataan yang sah", NameOf(*role.column));
    facts_.observed_on = role.fallback.value_or(today_);
    if (role.fallback) {
      findings_.Flag(reason, *role.column, message + "; tanggal baku dipakai");
    } else {
      findings_.Reject(reason, *role.column, std::move(message));
    }
  }

  std::string RegionCode() {
    const RegionRole& role = book_.roles.region;
    if (role.value) return *role.value;
    std::string code;
    if (role.columns.size() == 1 && role.pad.empty()) {
      code = FamilyCell(role.columns[0], true);
    } else {
      const auto row = std::ranges::find_if(
          rows_, [&](const Row& r) { return !Cell(r, role.columns.front()).empty(); });
      if (row != rows_.end()) code = PaddedCode(role, *row);
    }
    if (role.map) {
      const auto mapped = role.map->find(code);
      return mapped == role.map->end() ? code : mapped->second;
    }
    if (!book_.regions.empty()) return code;
    const std::string dotted = base::WithDots(code);
    return dotted.empty() ? code : dotted;
  }

  void ReadRegion() {
    const Column column =
        book_.roles.region.columns.empty() ? kNoColumn : book_.roles.region.columns.back();
    const std::string code = RegionCode();
    if (code.empty()) {
      findings_.Reject("REGION_MISSING", column, "Kode wilayah kosong");
      return;
    }
    if (code == base::kNationCode && !book_.regions.empty()) {
      facts_.region = code;
      return;
    }
    const RegionEntry* region =
        base::IsRegionCode(code) ? regions_.Deepest(book_.population.id, code) : nullptr;
    const bool own = !book_.regions.empty();
    if (region == nullptr || (!own && region->level < 2 && region->code != code)) {
      findings_.Reject("REGION_UNKNOWN", column,
                       fmt::format("Kode wilayah {} tidak ada dalam daftar wilayah",
                                   code.size() <= 20 ? code : "(terlalu panjang)"));
      return;
    }
    if (region->code != code) {
      findings_.Flag("REGION_PARTLY_KNOWN", column,
                     fmt::format("Kode wilayah {} tidak dikenal; dihitung pada {} {}",
                                 code.size() <= 20 ? code : "(terlalu panjang)", region->code,
                                 region->name));
    }
    facts_.region = region->code;
  }

  void ReadSize() {
    const auto rows = static_cast<int>(rows_.size());
    if (!book_.roles.size) {
      facts_.size = rows;
    } else {
      const std::string& cell = FamilyCell(*book_.roles.size, true);
      if (cell.empty()) {
        findings_.Reject("SIZE_MISSING", *book_.roles.size,
                         fmt::format("Kolom {} (jumlah anggota) kosong", NameOf(*book_.roles.size)));
        return;
      }
      facts_.size = SmallInteger(cell).value_or(0);
      if (book_.by_person && facts_.size > 0 && facts_.size != rows) {
        findings_.Flag("SIZE_DIFFERS", *book_.roles.size,
                       fmt::format("Jumlah anggota {} tetapi ada {} baris", facts_.size, rows));
      }
    }
    if (facts_.size < 1 || facts_.size > 255) {
      findings_.Reject("SIZE_INVALID", book_.roles.size.value_or(kNoColumn),
                       "Jumlah anggota harus 1 sampai 255");
      facts_.size = 0;
    }
  }

  void ReadWeight() {
    const WeightRole& role = book_.roles.weight;
    const Column column = role.column.value_or(kNoColumn);
    Decimal sum{0, 0};
    int64_t count = 0;
    bool differ = false;
    std::string first;
    if (!role.column) {
      sum = role.value;
      count = 1;
    } else {
      for (const Row& row : rows_) {
        const std::string& cell = Cell(row, column);
        if (cell.empty()) continue;
        if (!role.per_person && count > 0) break;
        const auto number = ParseDecimal(cell, book_.format.numbers);
        const auto total = number ? Add(sum, *number) : std::nullopt;
        if (!total) {
          findings_.Reject("WEIGHT_INVALID", column,
                           fmt::format("Kolom {} (penimbang) bukan angka", NameOf(column)));
          return;
        }
        if (count == 0) first = cell;
        differ = differ || cell != first;
        sum = *total;
        ++count;
      }
    }
    if (count == 0) {
      findings_.Reject("WEIGHT_MISSING", column, "Penimbang kosong");
      return;
    }
    if (differ) findings_.Flag("WEIGHTS_DIFFER", column, "Penimbang anggota keluarga berbeda");
    const auto weight = Scaled(sum, {}, count, book_.population.weight_decimals);
    if (!weight || *weight <= 0 || *weight >= kWeightLimit / std::max(facts_.size, 1)) {
      findings_.Reject("WEIGHT_INVALID", column, "Penimbang harus positif dan di dalam batas");
      return;
    }
    facts_.family_weight = *weight;
  }

  void ReadWelfare() {
    if (!book_.roles.welfare || facts_.size == 0) return;
    const WelfareRole& role = *book_.roles.welfare;
    Decimal sum{0, 0};
    for (const Column column : role.columns) {
      const std::string& cell = FamilyCell(column, true);
      if (cell.empty()) return;  // Unknown.
      auto number = ParseDecimal(cell, book_.format.numbers);
      if (number && role.exp) number = RoundedExp(*number, book_.population.welfare_decimals);
      const auto total = number ? Add(sum, *number) : std::nullopt;
      if (!total) return WelfareInvalid(column);
      sum = *total;
    }
    const Ratio ratio =
        Multiply(role.multiply, PeriodRatio(role.period, book_.population.welfare_period));
    const auto welfare = Scaled(sum, ratio, role.per_person ? 1 : facts_.size,
                                book_.population.welfare_decimals);
    if (!welfare || *welfare < 0 || *welfare >= kWelfareLimit) {
      return WelfareInvalid(role.columns.front());
    }
    facts_.welfare = *welfare;
  }

  void WelfareInvalid(Column column) {
    findings_.Flag("WELFARE_INVALID", column,
                   fmt::format("Kolom {} (kesejahteraan) bukan angka yang sah; tidak diketahui",
                               NameOf(column)));
  }

  void ReadFamilyVariables() {
    const auto first_asked = [&](const VariableRule& rule) {
      return std::ranges::all_of(rule.asked_if, [&](const Condition& c) {
        return IsOneOf(FamilyCell(c.column, false), c.in);
      });
    };
    for (const VariableRule& rule : book_.variables) {
      const int* number = std::get_if<int>(&rule.target);
      if (number == nullptr) continue;
      auto& value = facts_.values[static_cast<size_t>(*number)];
      value = Combined(rule.combine, value,
                       ReadAnswer(book_, rule, FamilyCell(rule.column, false), first_asked(rule),
                                  &findings_));
    }
    const Roles& roles = book_.roles;
    if (roles.stratum) facts_.stratum = FamilyCell(*roles.stratum, false);
    if (roles.psu) facts_.psu = FamilyCell(*roles.psu, false);
    if (roles.official_decile) {
      const std::string& cell = FamilyCell(*roles.official_decile, false);
      const auto decile = SmallInteger(cell);
      if (decile && *decile >= 1 && *decile <= 10) {
        facts_.official_decile = decile;
      } else if (!cell.empty()) {
        findings_.Flag("OUT_OF_RANGE", *roles.official_decile, "Desil harus 1 sampai 10");
      }
    }
  }

  const CodeBook& book_;
  const RawRecord& record_;
  const RegionMaster& regions_;
  const int32_t today_;
  Findings findings_;
  std::vector<Row> rows_;
  FamilyFacts facts_;
};

}  // namespace

std::string IdentityOf(const CodeBook& book, const std::vector<std::string>& row) {
  std::string identity;
  for (const Column column : book.roles.family) {
    const std::string_view cell = Trim(row[static_cast<size_t>(column)]);
    if (cell.empty()) return {};
    if (!identity.empty()) identity += '/';
    identity += cell;
  }
  return identity;
}

Judgement Judge(const CodeBook& book, const RawRecord& record, const RegionMaster& regions,
                int32_t today) {
  if (!record.broken_reason.empty() || record.rows.empty()) {
    Judgement broken;
    broken.rejected = true;
    broken.findings.push_back(
        {record.broken_reason.empty() ? "RECORD_EMPTY" : record.broken_reason, "",
         "Baris tidak dapat dibagi menjadi kolom; periksa pemisah dan tanda kutip", true});
    return broken;
  }
  return RecordJudge(book, record, regions, today).Run();
}

}  // namespace sepakat::ingestion
