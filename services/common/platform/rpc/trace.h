// W3C trace context: the `traceparent` header that ties one request's work together.
//
// Thread: pure functions. Randomness and time stay with the caller.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sepakat::platform {

// True for `00-<32 hex>-<16 hex>-<2 hex>` with ids that are not all zero.
bool IsTraceparent(std::string_view text);

// A sampled traceparent from two ids; zero becomes one, since all-zero ids are invalid.
std::string MakeTraceparent(uint64_t trace_high, uint64_t trace_low, uint64_t span);

}  // namespace sepakat::platform
