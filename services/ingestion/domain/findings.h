// Collects what is found in one record; used by the parts of the judge.
//
// Messages are Indonesian sentences for the person who corrects the record.
// Thread: one.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "ingestion/domain/code_book.h"
#include "ingestion/domain/judge.h"

namespace sepakat::ingestion {

class Findings {
 public:
  explicit Findings(const CodeBook& book) : book_(book) {}

  // The value became unknown, or the record is doubtful.
  void Flag(std::string_view reason, Column column, std::string message) {
    Add(reason, column, std::move(message), false);
  }
  // The record cannot be accepted.
  void Reject(std::string_view reason, Column column, std::string message) {
    Add(reason, column, std::move(message), true);
  }
  bool rejected() const { return rejected_; }
  std::vector<Finding> Take() { return std::move(findings_); }

 private:
  void Add(std::string_view reason, Column column, std::string message, bool fatal) {
    const std::string name =
        column < 0 ? std::string() : book_.columns[static_cast<size_t>(column)];
    rejected_ = rejected_ || fatal;
    const bool told = std::ranges::any_of(findings_, [&](const Finding& f) {
      return f.reason == reason && f.column == name;
    });
    if (!told) findings_.push_back({std::string(reason), name, std::move(message), fatal});
  }

  const CodeBook& book_;
  std::vector<Finding> findings_;
  bool rejected_ = false;
};

inline constexpr Column kNoColumn = -1;

}  // namespace sepakat::ingestion
