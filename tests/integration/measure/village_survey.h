// A small survey of families, written by the test: twelve families, two strata, six blocks.
//
// Thread: pure functions but for the file.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace sepakat::support {

inline const std::vector<std::string> kVillageHeader = {"no",      "desa",   "anggota", "bobot",
                                                        "belanja", "strata", "blok",    "atap"};
// Columns that statistics packages keep as numbers.
inline const std::vector<bool> kVillageNumbers = {true, false, true, true, true, true, true, true};

inline std::vector<std::vector<std::string>> VillageRows() {
  return {{"1", "Barat", "4", "10", "400", "1", "11", "1"},
          {"2", "Barat", "3", "10", "900", "1", "11", "2"},
          {"3", "Barat", "5", "12", "350", "1", "12", "2"},
          {"4", "Barat", "2", "12", "1500", "1", "12", "1"},
          {"5", "Barat", "6", "11", "480", "1", "13", "1"},
          {"6", "Barat", "4", "11", "760", "1", "13", "9"},
          {"7", "Timur", "3", "20", "520", "2", "21", "2"},
          {"8", "Timur", "5", "20", "300", "2", "21", "2"},
          {"9", "Timur", "1", "22", "2500", "2", "22", "1"},
          {"10", "Timur", "4", "22", "610", "2", "22", "1"},
          {"11", "Timur", "2", "21", "450", "2", "23", "2"},
          {"12", "Timur", "7", "21", "390", "2", "23", "1"}};
}

inline std::string VillageCsv(const std::vector<std::vector<std::string>>& rows = VillageRows()) {
  std::string text;
  const auto line = [&text](const std::vector<std::string>& cells) {
    for (size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + cells[i];
    text += '\n';
  };
  line(kVillageHeader);
  for (const auto& row : rows) line(row);
  return text;
}

inline std::string WriteText(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

}  // namespace sepakat::support
