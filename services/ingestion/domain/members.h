// The members of a family: their answers, and the family variables that follow from them.
//
// A count is unknown as soon as one member's answer that could change it is unknown; a question
// that was not put to a member counts as "no". Thread: one at a time; reused from record to record.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ingestion/domain/codebook.h"
#include "ingestion/domain/family.h"
#include "ingestion/domain/raw_record.h"

namespace sepakat::ingestion {

struct Member {
  std::array<int32_t, kItems> answers{};
  bool without_nik = false;
  int32_t operator[](Item item) const { return answers[static_cast<size_t>(item)]; }
  int32_t& operator[](Item item) { return answers[static_cast<size_t>(item)]; }
};

class MemberTable {
 public:
  // Rows of the record that are members (all but those that the book's member_if leaves out).
  void Select(const CodeBook& book, const RawRecord& record);
  const std::vector<int>& rows() const { return rows_; }
  int32_t size() const { return static_cast<int32_t>(rows_.size()); }

  // Reads every member item of the selected rows; `observed_on` fixes ages.
  void Read(const CodeBook& book, const RawRecord& record, int32_t observed_on, Decision* decision);

  // Sets the derived variables of `decision`'s family that no column gives directly.
  void Derive(const CodeBook& book, Decision* decision) const;

  // Members with this answer.
  int CountOf(Item item, int32_t value) const;

 private:
  void ReadIdentity(const CodeBook& book, const RawRecord& record, Decision* decision);
  void ReadAges(const CodeBook& book, const RawRecord& record, int32_t observed_on,
                Decision* decision);
  void DeriveByAge(std::array<int32_t, kVariableLimit>* values) const;
  void DeriveHead(std::array<int32_t, kVariableLimit>* values) const;

  // Row of each member.
  std::vector<int> rows_;
  std::vector<Member> members_;
  std::array<bool, kItems> asked_{};
};

}  // namespace sepakat::ingestion
