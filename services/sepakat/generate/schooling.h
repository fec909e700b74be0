// Schooling and work of one member (items 412 to 418).
#pragma once

#include <string>
#include <vector>

#include "sepakat/generate/family_draw.h"

namespace sepakat::generate {

// Attendance, level, grade and certificate; needs a member of 5 years or more, else leaves them
// empty.
void FillSchooling(FamilyDraw& draw, const Member& member, std::vector<std::string>& row);

// Work, hours, sector and status; reads the attendance that FillSchooling wrote.
void FillWork(FamilyDraw& draw, const Member& member, std::vector<std::string>& row);

}  // namespace sepakat::generate
