// One answer under one rule of the code book.
//
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ingestion/domain/codebook.h"
#include "ingestion/domain/family.h"
#include "ingestion/domain/raw_record.h"

namespace sepakat::ingestion {

// True unless one of the conditions is answered and fails: where it is not answered nobody knows.
// They look at the given row; row -1: at the first filled one.
bool Hold(const std::vector<Condition>& conditions, const RawRecord& record, int row);

// The canonical value of `cell`, or kUnknown; what is wrong with it is added to `decision`. `asked`
// false: kNotAsked, flagged when it was answered all the same.
int32_t ReadValue(const CodeBook& book, const VariableRule& rule, std::string_view cell, int row,
                  bool asked, Decision* decision);

// Puts `value` to what an earlier rule of the same variable found.
int32_t CombineValues(Combine how, int32_t before, int32_t value);

}  // namespace sepakat::ingestion
