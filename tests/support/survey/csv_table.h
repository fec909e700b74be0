// A small CSV file with a header, as data sets and reference results of statistics packages are
// written: fields by name, quotes allowed, no line breaks inside a field. An empty field and NA are
// missing. Fails the running test when the file or a column is not there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sepakat::support {

class CsvTable {
 public:
  static CsvTable Read(const std::filesystem::path& path);

  size_t rows() const { return rows_; }
  const std::vector<std::string>& Text(std::string_view column) const;
  // NaN where missing.
  std::vector<double> Numbers(std::string_view column) const;
  // 0, 1, ... by first appearance.
  std::vector<int64_t> Codes(std::string_view column) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> columns_;
  size_t rows_ = 0;
};

}  // namespace sepakat::support
