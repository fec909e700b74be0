// What the cells of a column mean to a code book, worked out once per distinct cell.
//
// A code book may name the value or, in files of statistics packages, its label.
// Thread: pure functions. Complexity: the distinct cells, then one look-up per row.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "ingestion/domain/codebook.h"
#include "sepakat/measure/table.h"
#include "sepakat/measure/table_builder.h"

namespace sepakat::measure {

inline bool HoldsCode(const ingestion::CodeSet& set, const Categories& column, uint32_t code) {
  return set.Contains(ingestion::Answer(column.texts[code])) ||
         (!column.labels[code].empty() && set.Contains(ingestion::Answer(column.labels[code])));
}

inline std::optional<int32_t> FindCode(const ingestion::CodeTable& table, const Categories& column,
                                       uint32_t code) {
  const ingestion::Answer text(column.texts[code]);
  if (const auto listed = table.FindListed(text)) return listed;
  return column.labels[code].empty() ? table.Find(text)
                                     : table.Find(ingestion::Answer(column.labels[code]));
}

inline double NumberOf(const Categories& column, uint32_t code,
                       const ingestion::NumberFormat& format) {
  const double plain = ParseNumber(column.texts[code], {});
  return std::isnan(plain) ? ParseNumber(column.texts[code], format) : plain;
}

// `of` gives the value of each code of `column`; the result has one for each of `codes`.
template <typename T, typename OfCode>
std::vector<T> ByCode(const Categories& column, const std::vector<uint32_t>& codes, OfCode of) {
  std::vector<T> values;
  for (uint32_t code = 0; code < column.texts.size(); ++code) values.push_back(of(code));
  std::vector<T> by_row;
  by_row.reserve(codes.size());
  for (const uint32_t code : codes) by_row.push_back(values[code]);
  return by_row;
}

}  // namespace sepakat::measure
