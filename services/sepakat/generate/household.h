// One invented family, as rows of the questionnaire.
//
// A pure function of the plan and the number of the family. Names begin with "Contoh", identity and
// card numbers with 9999, a region that does not exist: they can never be a real person's.
// Thread: pure functions. Complexity: linear in the members.
#pragma once

#include <cstdint>
#include <vector>

#include "sepakat/generate/dirt.h"
#include "sepakat/generate/plan.h"

namespace sepakat::generate {

// Fills `rows` with the family's rows, head first, clean. Capacity of the cells is reused.
// Requires 0 <= family < plan.families().
void DrawFamily(const Plan& plan, int64_t family, std::vector<Row>& rows);

}  // namespace sepakat::generate
