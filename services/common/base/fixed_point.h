// Exact decimal numbers: text <-> scaled integers, and quotients rounded once.
//
// Money, welfare and weights are integers scaled by a power of ten that their population declares;
// published quotients are rounded half to even exactly once. No floating point takes part.
// Errors: InvalidArgument NOT_A_NUMBER, OutOfRange NUMBER_TOO_LARGE.
// Thread: pure functions. Complexity: linear in the number of digits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace sepakat::base {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

// Decimal text of a 128-bit integer, and back.
std::string ToText(Int128 value);
absl::StatusOr<Int128> ParseInt128(std::string_view text);

// `text` (`-12.345`, `1e3` is refused) times 10^decimals, rounded half to even to an integer.
// `decimals` 0..18.
absl::StatusOr<int64_t> ParseScaled(std::string_view text, int decimals, char decimal_mark = '.');

// value / 10^decimals as decimal text without an exponent; trailing zeros are kept.
std::string ScaledToText(Int128 value, int decimals);

// numerator / denominator rounded half to even to `decimals` digits, as decimal text.
// Empty when the denominator is 0. Requires |numerator| < 2^100 when decimals <= 6; larger values
// are divided in two steps without loss.
std::string QuotientText(Int128 numerator, Int128 denominator, int decimals);

// floor(numerator * 2^40 / denominator) without overflow for 0 <= numerator < 2^126,
// 0 < denominator < 2^84 and a quotient below 2^87: the readout rule of FGT sums.
Int128 QuotientShift40(Int128 numerator, Int128 denominator);

// 10^exponent, exponent 0..18.
int64_t PowerOfTen(int exponent);

}  // namespace sepakat::base
