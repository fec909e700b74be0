// The whole register as CSV text, part by part, and what must become of it.
//
// Thread: one object per thread. Complexity: linear in the rows; memory is one village.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sepakat/generate/plan.h"

namespace sepakat::generate {

// What the code book regsosek_2022 must make of the file. Families of the population, in records.
struct Expected {
  int64_t rows = 0;
  int64_t received = 0;
  int64_t accepted = 0;
  int64_t flagged = 0;
  int64_t rejected = 0;
  int64_t repeated = 0;
  std::array<int64_t, kDirtKinds> by_dirt = {};
};

struct DirtyFamily {
  int64_t line = 0;
  Dirt dirt = Dirt::kNone;
  // Village and number of members only: nothing that names a family.
  std::string village;
  int members = 0;
};

class RegisterWriter {
 public:
  // `plan` must outlive the writer.
  explicit RegisterWriter(const Plan& plan) : plan_(plan) {}

  // Appends the next part to `text`: the header line, then village after village, then the copies
  // of the repeated families. False when there is nothing more.
  bool Next(std::string& text);

  const Expected& expected() const { return expected_; }
  const std::vector<DirtyFamily>& dirty() const { return dirty_; }

 private:
  void AppendFamily(int64_t family, bool copy, std::string& text);

  const Plan& plan_;
  // 0 the header, 1.. the villages, then the copies.
  size_t part_ = 0;
  int64_t line_ = 1;
  std::vector<Row> rows_;
  std::vector<int64_t> repeated_;
  Expected expected_;
  std::vector<DirtyFamily> dirty_;
};

// Appends one row as a CSV line, quoting where RFC 4180 asks for it.
void AppendCsvLine(const Row& row, std::string& text);

}  // namespace sepakat::generate
