// Sentences for the feed of changes, Indonesian and English.
//
//   34 keluarga pindah dari desil 4 ke desil 5 di Tirto: data sendiri 21, pergeseran keluarga lain
//   13
//
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace sepakat::monitoring {

struct Sentence {
  std::string id;
  std::string en;
};

struct CrossingText {
  // decile, poverty_line, or need.<programme>.
  std::string_view boundary;
  std::string_view from;
  std::string_view to;
  std::string_view region_name;
  // Name of the programme, for a need.
  std::string_view programme_id;
  std::string_view programme_en;
};

Sentence DescribeCrossing(const CrossingText& crossing,
                          const std::map<std::string, int64_t>& by_cause);

// Completed deliveries of one source.
Sentence DescribeDelivery(std::string_view source, int64_t accepted, int64_t rejected,
                          int64_t repeated);

// `1234567` as `1.234.567`, or with another mark.
std::string Grouped(int64_t number, char mark);

// A published value in the measure's unit: `8,05%`, `1.234`; English with point and comma.
std::string ShownValue(std::string_view measure, std::string_view value, bool english);

// `{region}`, `{value}` and `{threshold}` replaced.
std::string FillIn(std::string text, std::string_view region, std::string_view value,
                   std::string_view threshold);

}  // namespace sepakat::monitoring
