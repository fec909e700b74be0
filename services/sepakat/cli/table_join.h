// Files of one survey -> one file with a row per member (or per family): what a code book reads.
//
// Surveys come as one file of households and one of members, or more. They are joined on the cells
// that name the family; rows of one family end up next to each other. Cells are copied as they are;
// only their quoting changes. Nothing is left out: a row without a partner keeps empty cells for
// the other file, and is counted. Errors: InvalidArgument COLUMNS_MISSING, KEY_REPEATED (two files
// with several rows per family: which row goes with which?), NOT_DELIMITED_TEXT. Thread: one at a
// time. Complexity: linear in the text of the files, which are held in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::cli {

// One part of the key, under the names that it has in the files: `hh_id`, or
// `_index=_parent_index`.
struct KeyColumn {
  std::vector<std::string> names;
};

// `a,b` or `_index=_parent_index`; InvalidArgument KEY_MALFORMED.
absl::StatusOr<std::vector<KeyColumn>> ParseKey(std::string_view text);

struct JoinedFile {
  std::string name;
  int64_t rows = 0;
  int64_t families = 0;
  // Families of this file that another file lacks.
  int64_t unmatched = 0;
  // Lines that could not be split into cells, as `file:line: what`; they are in no output.
  std::vector<std::string> bad_lines;
};

class TableJoin {
 public:
  explicit TableJoin(std::vector<KeyColumn> key) : key_(std::move(key)) {}

  // Adds a file, given as a whole.
  absl::Status Add(const std::string& name, std::string_view content);

  // Writes the joined table with commas, part by part. Once, after every file was added.
  absl::Status Write(const std::function<absl::Status(std::string_view)>& sink);

  const std::vector<JoinedFile>& files() const { return files_; }

 private:
  // Cells of a row besides the key, ready to be written.
  struct Table {
    std::vector<std::string> columns;
    // Rows in the order of the file, and those of each family by number of the family.
    std::vector<std::string> rows;
    std::vector<std::vector<uint32_t>> of_family;
    bool several = false;
  };

  uint32_t FamilyOf(const std::string& key, std::string written);
  std::string Header() const;
  std::span<const uint32_t> RowsOf(const Table& table, size_t family) const;

  std::vector<KeyColumn> key_;
  std::vector<JoinedFile> files_;
  std::vector<Table> tables_;
  std::unordered_map<std::string, uint32_t> families_;
  // Key cells of each family as the first file wrote them.
  std::vector<std::string> written_;
  std::vector<std::string> key_names_;
};

}  // namespace sepakat::cli
