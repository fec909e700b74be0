// How well programmes reach the poor, as figures of a plan.
//
//   programme.coverage, and per line programme.coverage_of_poor, .exclusion_error,
//   .inclusion_error, .coverage_of_others (definitions: common/measures/targeting_accuracy.h); per
//   quintile of welfare programme.coverage_of_quintile and programme.incidence (share of recipients
//   in it)
// The target group of an accuracy is the poor under a line; a programme may be meant for others.
// Quintiles are those of everybody who is looked at, and count as fixed in the errors, as a
// relative line does here. Thread: pure functions. Memory: some columns of doubles per programme
// and line.
#pragma once

#include "sepakat/measure/plan.h"

namespace sepakat::measure {

inline constexpr uint32_t kQuintiles = 5;

// Errors: InvalidArgument PROGRAMME_CODES for a column or variable that the book does not explain
// and that holds more than 1 and 0: a 5 that means no would pass for not known.
absl::Status AddProgramme(const Name& programme, Plan* plan, std::vector<Remark>* remarks);

// Group 1..groups of each observation with known welfare that is looked at, 0 elsewhere.
std::vector<uint32_t> WelfareGroups(const Plan& plan, uint32_t groups);

}  // namespace sepakat::measure
