// One table of a code book, read key by key: what is missing, mistyped or unknown becomes a
// finding.
//
// Thread: one at a time.
#pragma once

#include <toml++/toml.h>

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingestion/wire/book_finding.h"

namespace sepakat::ingestion {

// What all sections of one book share.
struct BookReader {
  std::string file;
  std::vector<BookFinding> findings;
  std::vector<std::string> columns;
  std::map<std::string, int> column_lines;
  // Keys on lines that are no TOML and were told as such: they are not missing.
  std::set<std::string, std::less<>> lost_keys;

  void Tell(const toml::node& at, std::string message);
  // Slot of a column, adding it when it is new.
  int Slot(const std::string& column, const toml::node& at);
  // Remembers where a column is named that has no slot.
  void Mention(const std::string& column, const toml::node& at);
};

class TomlSection {
 public:
  // `where` as people write it, for example `[roles] region`.
  TomlSection(BookReader* book, const toml::table* table, std::string where)
      : book_(*book), table_(*table), where_(std::move(where)) {}

  const toml::table& table() const { return table_; }
  bool Has(std::string_view key) const { return table_.contains(key); }
  // Tells every key that is not in the list.
  void AllowOnly(std::initializer_list<std::string_view> keys);
  void Tell(std::string message) { book_.Tell(table_, Placed(std::move(message))); }
  void TellAt(std::string_view key, std::string message);
  // That `key` is missing, unless it stands on a line that could not be read.
  void TellMissing(std::string_view key, std::string message);

  std::optional<std::string> Text(std::string_view key);
  std::string RequiredText(std::string_view key);
  std::optional<int64_t> Integer(std::string_view key);
  // A number, whole or not, bare or in quotes.
  std::optional<double> Number(std::string_view key);
  std::vector<double> Numbers(std::string_view key);
  bool Flag(std::string_view key, bool fallback);
  // One of the words; the first when the key is missing.
  std::string Word(std::string_view key, std::initializer_list<std::string_view> words);
  // Strings or integers of a list, as text.
  std::vector<std::string> Texts(std::string_view key);
  std::optional<TomlSection> Table(std::string_view key);
  std::vector<TomlSection> Tables(std::string_view key);

  // Slots of `column` or `columns`; told when neither is there.
  std::vector<int> Columns();
  int Column(std::string_view key = "column");
  // The same for columns that are only measured and get no slot.
  std::vector<std::string> ColumnNames();
  std::string ColumnName(std::string_view key = "column");
  BookReader& book() { return book_; }

 private:
  std::string Placed(std::string message) const {
    return where_.empty() ? std::move(message) : where_ + ": " + message;
  }

  BookReader& book_;
  const toml::table& table_;
  std::string where_;
};

}  // namespace sepakat::ingestion
