// What the families of a sample say under a code book: the first look by which a statistician sees
// that a column was read as meant (no unknown floors, no incomes of one rupiah).
//
// Thread: one at a time. Complexity: linear in the families; memory in the different answers.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/fixed_point.h"
#include "ingestion/domain/codebook.h"
#include "ingestion/domain/family.h"

namespace sepakat::ingestion {

// One role or variable over all families that are not rejected. Amounts as decimal text; empty
// where there are none.
struct SampleReading {
  // `size`, `weight`, `welfare`, `region`, or the variable's name.
  std::string what;
  // Empty when no column gives it directly.
  std::string column;
  int64_t known = 0;
  int64_t unknown = 0;
  std::string lowest;
  std::string mean;
  std::string highest;
  // Codes with the number of families that have them, `2: 310, 8: 12`; regions the same way.
  std::string answers;
};

class SampleSummary {
 public:
  // `book` outlives the summary.
  explicit SampleSummary(const CodeBook* book) : book_(*book) {}

  void Add(const Family& family);
  // Roles first, then variables by number that the book or its members give.
  std::vector<SampleReading> Readings() const;
  // Sentences about choices of the book that its figures would suffer from.
  std::vector<std::string> Notes() const;

 private:
  struct Spread {
    int64_t known = 0;
    int64_t unknown = 0;
    int64_t lowest = 0;
    int64_t highest = 0;
    base::Int128 sum = 0;
    std::map<int32_t, int64_t> codes;
    void Take(int64_t value);
  };

  static SampleReading Read(const Spread& spread, std::string_view what, std::string_view column,
                            int decimals);
  SampleReading ReadVariable(int number) const;

  const CodeBook& book_;
  int64_t families_ = 0;
  Spread size_;
  Spread weight_;
  Spread welfare_;
  std::map<std::string, int64_t> regions_;
  std::array<Spread, kVariableLimit> variables_;
};

}  // namespace sepakat::ingestion
