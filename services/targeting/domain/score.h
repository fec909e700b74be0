// The proxy-means score of a family: an integer sum of a versioned model's terms.
//
// score = intercept + sum of terms, in millionths of log welfare; higher is better off. exp() is
// monotone, so ranking needs no exp. An unknown variable leaves the family without a score unless
// the term says what unknown adds.
// Thread: pure functions. Complexity: linear in the number of terms.
#pragma once

#include <cstdint>
#include <optional>

#include "targeting/domain/features.h"
#include "targeting/domain/parameters.h"

namespace sepakat::targeting {

// What one term adds; absent when its variable is unknown and the term does not provide for it.
std::optional<int64_t> Contribution(const ModelTerm& term, const Features& features);

std::optional<int64_t> Score(const Model& model, const Features& features);

}  // namespace sepakat::targeting
