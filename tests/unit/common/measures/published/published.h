// A file of published results, of which every row must be met.
//
// Rows are found by measure and domain. A result that is not in the file fails the test, and so
// does a row that nobody compared: nothing is left out in silence.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace sepakat::measures {

class Published {
 public:
  // Results may differ by `relative` of the published value or by `absolute`.
  explicit Published(double relative, double absolute = 0)
      : relative_(relative), absolute_(absolute) {}

  void Add(const std::string& measure, const std::string& domain, double value) {
    rows_[{measure, domain}] = value;
  }
  void Compare(const std::string& measure, const std::string& domain,
               const absl::StatusOr<double>& actual) {
    const auto row = rows_.find({measure, domain});
    ASSERT_NE(row, rows_.end()) << "not in the file: " << measure << " of " << domain;
    ASSERT_TRUE(actual.ok()) << measure << " of " << domain << ": " << actual.status();
    compared_.insert(row->first);
    EXPECT_LE(std::abs(*actual - row->second),
              std::max(absolute_, relative_ * std::abs(row->second)))
        << measure << " of " << domain << ": " << *actual << ", published " << row->second;
  }
  void ExpectEveryRowCompared(size_t rows) const {
    EXPECT_EQ(rows_.size(), rows);
    for (const auto& [row, value] : rows_) {
      EXPECT_TRUE(compared_.contains(row)) << "not compared: " << row.first << " of " << row.second;
    }
  }

 private:
  using Row = std::pair<std::string, std::string>;
  double relative_;
  double absolute_;
  std::map<Row, double> rows_;
  std::set<Row> compared_;
};

}  // namespace sepakat::measures
