// Rules that hold between the cells of a record.
//
// Thread: pure. Complexity: linear in rules times rows.
#pragma once

#include <vector>

#include "ingestion/domain/answers.h"
#include "ingestion/domain/members.h"

namespace sepakat::ingestion {

// `members` is empty when the record is one row per family.
void CheckEdits(const CodeBook& book, const std::vector<Row>& rows,
                const std::vector<Member>& members, Findings* findings);

}  // namespace sepakat::ingestion
