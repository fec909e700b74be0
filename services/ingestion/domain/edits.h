// Rules between cells: the `[[edit]]` blocks of a code book.
//
// Thread: pure function. Complexity: rules times rows.
#pragma once

#include "ingestion/domain/codebook.h"
#include "ingestion/domain/family.h"
#include "ingestion/domain/members.h"
#include "ingestion/domain/raw_record.h"

namespace sepakat::ingestion {

// Adds a finding for each rule that does not hold, for the first row where it does not.
void CheckEdits(const CodeBook& book, const RawRecord& record, const MemberTable& members,
                Decision* decision);

}  // namespace sepakat::ingestion
