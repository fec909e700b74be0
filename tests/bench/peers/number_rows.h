// Rows of whole numbers between commas, as every peer can write them.
//
// Thread: pure function.
#pragma once

#include <filesystem>
#include <functional>
#include <span>

#include "common/base/fixed_point.h"

namespace sepakat::bench {

using NumbersVisit = std::function<void(std::span<const base::Int128> row)>;

// Visits the rows of a file; what is no digit, sign or comma is passed over.
void ReadNumbers(const std::filesystem::path& file, const NumbersVisit& visit);

}  // namespace sepakat::bench
