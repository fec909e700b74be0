// e to a power in integers, so that a register has the same rupiah on every machine.
#pragma once

#include <cstdint>

namespace sepakat::generate {

// value * e^(thousandths/1000), rounded down; relative error below 2e-5. Requires 0 <= value < 2^40
// and |thousandths| <= 8000.
int64_t TimesExp(int64_t value, int thousandths);

}  // namespace sepakat::generate
