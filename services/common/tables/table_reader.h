// Reads the tables of a TOML file and keeps every mistake with its line.
//
// For files that people write: reference data, rules, models. A key that nobody asked for is a
// mistake, so that a typing error never passes silently. Included by sources only: it brings the
// TOML library. Thread: one object per thread.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "toml++/toml.h"

namespace sepakat::tables {

class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}

  void Add(const toml::source_region& where, std::string_view message);
  void AddLine(int64_t line, std::string_view message);

  bool empty() const { return mistakes_.empty(); }
  size_t size() const { return mistakes_.size(); }
  // One line per mistake, ascending: `file:line: message`.
  std::string Text() const;

 private:
  struct Mistake {
    int64_t line;
    std::string message;
  };

  std::string file_;
  std::vector<Mistake> mistakes_;
};

// One table and the keys that were asked for. Defaults of a whole file stand in `fallback`.
class TableReader {
 public:
  TableReader(const toml::table& table, Problems& problems, const toml::table* fallback = nullptr)
      : table_(table), problems_(problems), fallback_(fallback) {}

  bool Has(std::string_view key) const { return table_.contains(key); }
  // Empty when absent; a mistake when `required` is and it is absent or empty.
  std::string Text(std::string_view key, bool required = false);
  std::optional<int64_t> Integer(std::string_view key, int64_t lowest, int64_t highest,
                                 bool required = false);
  bool Bool(std::string_view key);
  // Days since 1970-01-01 of a TOML date or of ISO text.
  std::optional<int32_t> Date(std::string_view key, bool required = false);
  std::vector<std::string> Texts(std::string_view key);
  std::vector<int64_t> Integers(std::string_view key);
  // Decimal text of an integer or of quoted decimal text; a bare fraction is a mistake, because it
  // would pass through binary floating point.
  std::string Decimal(std::string_view key, bool required = false);
  const toml::table* Table(std::string_view key);
  // Whatever stands there; nullptr when absent.
  const toml::node* Any(std::string_view key) { return Find(key, false); }
  // A list of anything: the caller looks at its items.
  const toml::array* List(std::string_view key);
  // The tables of an array; anything else in it is a mistake.
  std::vector<const toml::table*> Tables(std::string_view key, bool required = false);
  // One of `choices`, the first being the default.
  std::string Choice(std::string_view key, const std::vector<std::string>& choices);

  // Every key that was not asked for is a mistake.
  void RefuseOthers();

  const toml::source_region& where() const { return table_.source(); }

 private:
  const toml::node* Find(std::string_view key, bool required);
  void Wrong(const toml::node& node, std::string_view key, std::string_view expected);

  const toml::table& table_;
  Problems& problems_;
  const toml::table* fallback_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace sepakat::tables
