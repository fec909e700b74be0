#include "ingestion/wire/series_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "ingestion/domain/csv_reader.h"
#include "ingestion/domain/decimal.h"

namespace sepakat::ingestion {
namespace {

constexpr size_t kMostProblems = 1000;

// Names for comparison: capitals without marks, usual abbreviations written out, kind left away.
std::string Normal(std::string_view name) {
  std::string words;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) words.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    if (!letter && !words.empty() && words.back() != ' ') words.push_back(' ');
  }
  words.push_back(' ');
  struct Rule {
    std::string_view from;
    std::string_view to;
  };
  static constexpr Rule kRules[] = {{"KABUPATEN ", ""},
                                    {"KAB ", ""},
                                    {"KOTA ", ""},
                                    {"ADMINISTRASI ", ""},
                                    {"ADM ", ""},
                                    {"KEP ", "KEPULAUAN "},
                                    {"PROVINSI ", ""},
                                    {"DI ", "DAERAH ISTIMEWA "},
                                    {"D I ", "DAERAH ISTIMEWA "},
                                    {"DKI ", "DAERAH KHUSUS IBUKOTA "}};
  for (const Rule& rule : kRules) {
    if (words.starts_with(rule.from)) words.replace(0, rule.from.size(), rule.to);
  }
  std::erase(words, ' ');
  return words;
}

// Provinces, kabupaten and kota are numbered apart, in both codings: a province and a kota may
// share a name with a kabupaten, two of one kind never do.
enum class Kind { kProvince, kKabupaten, kKota };

// `number`: the last two digits of a code, 00 for a province.
Kind KindOf(std::string_view number) {
  if (number == "00") return Kind::kProvince;
  return number < "71" ? Kind::kKabupaten : Kind::kKota;
}

Kind KindOf(const Region& region) {
  return region.level == 1 ? KindOf("00") : KindOf(std::string_view(region.code).substr(3));
}

class SeriesReader {
 public:
  SeriesReader(const Series& header, const SeriesTable& table, const RegionMaster& master)
      : header_(header), table_(table), master_(master) {}

  absl::StatusOr<SeriesReading> Run() {
    CsvReader reader;
    reader.Feed(table_.csv);
    reader.Finish();
    CsvRow row;
    if (reader.Next(&row) != CsvReader::kRow) row.cells.clear();
    SEPAKAT_RETURN_IF_ERROR(FindColumns(row.cells));
    while (reader.Next(&row) == CsvReader::kRow) Take(row);
    for (auto& [region, points] : points_) {
      Series& series = reading_.series.emplace_back(header_);
      series.region = region;
      for (auto& [period, value] : points) series.points.push_back({period, std::move(value)});
    }
    return std::move(reading_);
  }

 private:
  absl::Status FindColumns(const std::vector<std::string_view>& header) {
    const auto find = [&](std::string_view name) -> std::optional<size_t> {
      const auto at = std::ranges::find(header, name);
      if (at == header.end()) return std::nullopt;
      return static_cast<size_t>(at - header.begin());
    };
    std::string missing;
    const auto need = [&](std::string_view name) -> size_t {
      const std::optional<size_t> at = find(name);
      if (!at) missing += fmt::format(" '{}'", name);
      return at.value_or(0);
    };
    region_at_ = need(table_.region_column);
    value_at_ = need(table_.value_column);
    if (!table_.period_column.empty()) period_at_ = need(table_.period_column);
    for (const auto& [column, value] : table_.where) wanted_.emplace_back(need(column), value);
    if (!table_.name_column.empty()) name_at_ = need(table_.name_column);
    for (const std::string_view name :
         {"nama", "nama_wilayah", "kabupaten_kota", "nama_kabupaten_kota", "nama_bps"}) {
      if (!name_at_) name_at_ = find(name);
    }
    if (table_.region_coding == "bps" && !name_at_) {
      missing += " 'nama' (BPS codes are confirmed by names: say name_column)";
    }
    if (missing.empty()) return absl::OkStatus();
    return base::Error(absl::StatusCode::kInvalidArgument, "COLUMNS_MISSING",
                       fmt::format("the table lacks the column(s){}", missing));
  }

  void Tell(int64_t line, std::string text) {
    if (reading_.problems.size() < kMostProblems) {
      reading_.problems.push_back(fmt::format("line {}: {}", line, text));
    }
  }

  void Take(const CsvRow& row) {
    size_t last = std::max({region_at_, value_at_, period_at_.value_or(0)});
    for (const auto& [cell, value] : wanted_) last = std::max(last, cell);
    if (row.problem || row.cells.size() <= last) {
      Tell(row.line, "the line cannot be split into the columns of the header");
      return;
    }
    for (const auto& [cell, value] : wanted_) {
      if (row.cells[cell] != value) return;
    }
    const Region* region = FindRegion(row);
    if (region == nullptr) return;
    std::string value(row.cells[value_at_]);
    if (std::ranges::find(table_.missing, value) != table_.missing.end()) value.clear();
    if (!value.empty() && !ParseDecimal(value, {.decimal_mark = table_.decimal_mark})) {
      Tell(row.line, fmt::format("region {}: the value is no number with the decimal mark '{}'",
                                 region->code, table_.decimal_mark));
      return;
    }
    std::ranges::replace(value, table_.decimal_mark, '.');
    const std::string period(period_at_ ? row.cells[*period_at_] : table_.period);
    if (!points_[region->code].emplace(period, value).second) {
      Tell(row.line, fmt::format("region {}: the period {} is given twice; the first value holds",
                                 region->code, period));
      return;
    }
    ++reading_.points;
  }

  const Region* FindRegion(const CsvRow& row) {
    const std::string_view cell = row.cells[region_at_];
    if (const auto mapped = table_.region_map.find(std::string(cell));
        mapped != table_.region_map.end()) {
      const Region* region = master_.Find(mapped->second);
      if (region == nullptr) {
        Tell(row.line, fmt::format("'{}' is mapped to {}, which is not in the region master", cell,
                                   mapped->second));
      }
      return region;
    }
    if (table_.region_coding == "name") return ByName(cell, row.line);
    if (table_.region_coding == "bps") return ByBpsCode(cell, row);
    const std::string dotted = base::WithDots(cell);
    const Region* region = master_.Find(dotted.empty() ? cell : std::string_view(dotted));
    if (region == nullptr) {
      Tell(row.line, fmt::format("region '{}' is not in the region master", cell));
    }
    return region;
  }

  const Region* ByBpsCode(std::string_view code, const CsvRow& row) {
    if (code == "9999" || code == "0000") return master_.Find(base::kNationCode);
    if (code.size() != 4) {
      Tell(row.line, fmt::format("'{}' is no BPS code of a province or regency", code));
      return nullptr;
    }
    if (by_kind_.empty()) {
      for (const Region& region : master_.all()) {
        if (region.level != 1 && region.level != 2) continue;
        auto [entry, fresh] = by_kind_.try_emplace({KindOf(region), Normal(region.name)}, &region);
        if (!fresh) entry->second = nullptr;  // Two of one name are none.
      }
    }
    const std::string_view name = *name_at_ < row.cells.size() ? row.cells[*name_at_] : "";
    const auto found = by_kind_.find({KindOf(code.substr(2)), Normal(name)});
    if (found != by_kind_.end() && found->second != nullptr) return found->second;
    Tell(row.line,
         fmt::format("BPS {} ({}): no region of that kind has this name; say in 'map' which one is "
                     "meant",
                     code, name));
    return nullptr;
  }

  const Region* ByName(std::string_view name, int64_t line) {
    if (by_name_.empty()) {
      for (const Region& region : master_.all()) {
        if (region.level > 2) continue;
        auto [entry, fresh] = by_name_.try_emplace(Normal(region.name), &region);
        // A province goes before the regency of its name; two regencies of one name are none.
        if (!fresh && entry->second != nullptr && entry->second->level == region.level) {
          entry->second = nullptr;
        } else if (!fresh && entry->second != nullptr && region.level < entry->second->level) {
          entry->second = &region;
        }
      }
    }
    const auto found = by_name_.find(Normal(name));
    if (found == by_name_.end() || found->second == nullptr) {
      Tell(line, fmt::format("'{}' is the name of no single province or regency", name));
      return nullptr;
    }
    return found->second;
  }

  const Series& header_;
  const SeriesTable& table_;
  const RegionMaster& master_;
  size_t region_at_ = 0;
  size_t value_at_ = 0;
  std::optional<size_t> period_at_;
  std::vector<std::pair<size_t, std::string>> wanted_;
  std::optional<size_t> name_at_;
  std::map<std::string, const Region*> by_name_;
  std::map<std::pair<Kind, std::string>, const Region*> by_kind_;
  std::map<std::string, std::map<std::string, std::string>> points_;
  SeriesReading reading_;
};

}  // namespace

absl::StatusOr<SeriesReading> ReadSeries(const Series& header, const SeriesTable& table,
                                         const RegionMaster& master) {
  if (header.id.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "SERIES_ID_MISSING",
                       "a series needs an id");
  }
  if (table.region_coding != "kemendagri" && table.region_coding != "bps" &&
      table.region_coding != "name") {
    return base::Error(
        absl::StatusCode::kInvalidArgument, "REGION_CODING_UNKNOWN",
        fmt::format("region coding '{}' is none of kemendagri, bps, name", table.region_coding));
  }
  return SeriesReader(header, table, master).Run();
}

}  // namespace sepakat::ingestion
