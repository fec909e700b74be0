#include "common/rules/ranges.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/fixed_point.h"

namespace sepakat::rules {
namespace {

// Rounds towards minus infinity.
int64_t Floor(int64_t numerator, int64_t denominator) {
  const int64_t quotient = numerator / denominator;
  return quotient * denominator > numerator ? quotient - 1 : quotient;
}

std::string Number(Place place) {
  std::string text = base::ScaledToText(Floor(place, 2), 6);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

bool IsBehind(Place place) { return (place & 1) != 0; }

std::string Words(const Range& range) {
  const bool open_below = range.first == kFirstPlace;
  const bool open_above = range.end == kEndPlace;
  if (open_below && open_above) return "everything";
  const std::string above = (IsBehind(range.first) ? "above " : "from ") + Number(range.first);
  const std::string below = (IsBehind(range.end) ? "to " : "below ") + Number(range.end);
  if (open_below) return below;
  if (open_above) return above;
  if (IsBehind(range.first) || !IsBehind(range.end)) return above + " " + below;
  if (range.end == range.first + 1) return Number(range.first);
  return Number(range.first) + " to " + Number(range.end);
}

}  // namespace

Ranges Union(Ranges ranges) {
  std::erase_if(ranges, [](const Range& range) { return range.empty(); });
  std::ranges::sort(ranges, {}, &Range::first);
  Ranges joined;
  for (const Range& range : ranges) {
    if (!joined.empty() && range.first <= joined.back().end) {
      joined.back().end = std::max(joined.back().end, range.end);
    } else {
      joined.push_back(range);
    }
  }
  return joined;
}

Ranges Intersection(const Ranges& a, const Ranges& b) {
  Ranges common;
  for (const Range& left : a) {
    for (const Range& right : b) {
      common.push_back({std::max(left.first, right.first), std::min(left.end, right.end)});
    }
  }
  return Union(std::move(common));
}

Ranges Difference(const Ranges& all, const Ranges& taken) {
  Ranges rest = Union(all);
  for (const Range& part : taken) {
    if (part.empty()) continue;
    Ranges kept;
    for (const Range& range : rest) {
      kept.push_back({range.first, std::min(range.end, part.first)});
      kept.push_back({std::max(range.first, part.end), range.end});
    }
    rest = Union(std::move(kept));
  }
  return rest;
}

Ranges WholeNumbers(const Ranges& ranges) {
  constexpr int64_t kStep = 2 * kMicro;
  Ranges whole;
  for (Range range : ranges) {
    // The first and the last whole number inside.
    if (range.first != kFirstPlace) range.first = -Floor(-range.first, kStep) * kStep;
    if (range.end != kEndPlace) range.end = Floor(range.end - 1, kStep) * kStep + 1;
    whole.push_back(range);
  }
  std::erase_if(whole, [](const Range& range) { return range.empty(); });
  // Neighbouring whole numbers belong together.
  Ranges joined;
  for (const Range& range : Union(std::move(whole))) {
    const bool next = !joined.empty() && joined.back().end - 1 + kStep >= range.first;
    if (next) {
      joined.back().end = range.end;
    } else {
      joined.push_back(range);
    }
  }
  return joined;
}

std::string Words(const Ranges& ranges) {
  std::string text;
  for (const Range& range : ranges) {
    if (!text.empty()) text += ", ";
    text += Words(range);
  }
  return text;
}

}  // namespace sepakat::rules
