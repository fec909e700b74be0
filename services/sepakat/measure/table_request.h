// Which columns of a file are wanted, and in which form (table.h).
//
// Thread: plain value.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ingestion/domain/codebook.h"

namespace sepakat::measure {

struct TableRequest {
  std::set<std::string> numbers;
  std::set<std::string> categories;
  // Cells of a column of numbers that stand for an unknown one.
  std::map<std::string, ingestion::CodeSet> missing_numbers;
  // Together they name the family of a row; empty: no runs are wanted.
  std::vector<std::string> key;
  // Marks and encoding of text files; binary formats bring their own.
  ingestion::FileFormat format;

  // Every column once, in order.
  std::set<std::string> Columns() const {
    std::set<std::string> all = numbers;
    all.insert(categories.begin(), categories.end());
    all.insert(key.begin(), key.end());
    return all;
  }
};

}  // namespace sepakat::measure
