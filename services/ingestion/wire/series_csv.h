// Local data series from a CSV table: one value per region and period.
//
// Thread: pure function.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ingestion/app/model.h"
#include "ingestion/domain/region_master.h"

namespace sepakat::ingestion {

struct SeriesTable {
  std::string_view csv;
  std::string region_column;
  std::string value_column;
  // A column, or one period for all rows.
  std::string period_column;
  std::string period;
  // `kemendagri`, `bps` or `name`.
  std::string region_coding;
  // Column that names the region of a BPS code; empty: the first of the usual names that the header
  // has.
  std::string name_column;
  // Values that are not known: their points have no value.
  std::vector<std::string> missing = {};
  char decimal_mark = '.';
  // From the file's codes or names to codes of the region master; goes before region_coding.
  std::map<std::string, std::string> region_map = {};
  // Only rows with these values in these columns are meant.
  std::map<std::string, std::string> where = {};
};

struct SeriesReading {
  // Each like the header, with its region and points in order of period.
  std::vector<Series> series;
  int64_t points = 0;
  // With line numbers; a problem never costs the table.
  std::vector<std::string> problems;
};

// BPS numbers the regencies of a province, and the provinces of Papua, otherwise than Kemendagri: a
// BPS code (four digits; 9999 and 0000 are the nation) only says whether a province, a kabupaten
// (01..69) or a kota (71..99) is meant, and the name beside it which one. A name that no region of
// that kind has, or that it no longer has, needs an entry in region_map; without one it is told.
// `name`: the name must be unique among provinces and regencies. Errors: InvalidArgument
// COLUMNS_MISSING, SERIES_ID_MISSING, REGION_CODING_UNKNOWN.
absl::StatusOr<SeriesReading> ReadSeries(const Series& header, const SeriesTable& table,
                                         const RegionMaster& master);

}  // namespace sepakat::ingestion
