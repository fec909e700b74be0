#include "monitoring/domain/change_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/base/fixed_point.h"
#include "common/measures/catalogue.h"
#include "monitoring/domain/achievement.h"

namespace sepakat::monitoring {
namespace {

struct Words {
  std::string_view key;
  std::string_view id;
  std::string_view en;
};

constexpr std::array kCauses = {
    Words{"own_data", "data sendiri", "own data"},
    Words{"others_moved", "pergeseran keluarga lain", "others moved"},
    Words{"parameters_changed", "perubahan parameter", "parameters changed"},
    Words{"entered", "masuk register", "entered the register"},
    Words{"left", "keluar dari register", "left the register"},
};

constexpr std::array kClasses = {
    Words{"none", "di luar register", "outside the register"},
    Words{"unknown", "tidak diketahui", "unknown"},
    Words{"poor", "miskin", "poor"},
    Words{"not_poor", "tidak miskin", "not poor"},
};

std::string Word(const auto& table, std::string_view key, bool english) {
  const auto found = std::ranges::find(table, key, &Words::key);
  if (found == table.end()) return std::string(key);
  return std::string(english ? found->en : found->id);
}

std::string ClassWord(std::string_view boundary, std::string_view cls, bool english) {
  const bool number = !cls.empty() && cls.front() >= '0' && cls.front() <= '9';
  if (boundary == "decile" && number)
    return fmt::format("{} {}", english ? "decile" : "desil", cls);
  if (boundary == "decile" && cls == "unknown") return english ? "no decile" : "tanpa desil";
  return Word(kClasses, cls, english);
}

std::string What(const CrossingText& c, bool english) {
  if (c.boundary.starts_with("need.")) {
    const std::string name(english ? c.programme_en : c.programme_id);
    if (c.to == "open") return (english ? "became eligible for " : "kini memenuhi syarat ") + name;
    if (c.from == "open")
      return (english ? "no longer eligible for " : "tidak lagi memenuhi syarat ") + name;
    return (english ? "have an eligibility that is not known for "
                    : "berubah kejelasan syaratnya untuk ") +
           name;
  }
  const std::string from = ClassWord(c.boundary, c.from, english);
  const std::string to = ClassWord(c.boundary, c.to, english);
  return english ? fmt::format("moved from {} to {}", from, to)
                 : fmt::format("pindah dari {} ke {}", from, to);
}

void Replace(std::string* text, std::string_view mark, std::string_view by) {
  for (size_t at = text->find(mark); at != std::string::npos;
       at = text->find(mark, at + by.size())) {
    text->replace(at, mark.size(), by);
  }
}

}  // namespace

std::string Grouped(int64_t number, char mark) {
  const bool negative = number < 0;
  std::string digits = fmt::format("{}", negative ? -number : number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<size_t>(at), 1, mark);
  }
  return negative ? "-" + digits : digits;
}

Sentence DescribeCrossing(const CrossingText& crossing,
                          const std::map<std::string, int64_t>& by_cause) {
  int64_t families = 0;
  std::string causes_id;
  std::string causes_en;
  for (const auto& [cause, count] : by_cause) {
    families += count;
    causes_id += fmt::format("{}{} {}", causes_id.empty() ? "" : ", ", Word(kCauses, cause, false),
                             Grouped(count, '.'));
    causes_en += fmt::format("{}{} {}", causes_en.empty() ? "" : ", ", Word(kCauses, cause, true),
                             Grouped(count, ','));
  }
  return {fmt::format("{} keluarga {} di {}: {}", Grouped(families, '.'), What(crossing, false),
                      crossing.region_name, causes_id),
          fmt::format("{} families {} in {}: {}", Grouped(families, ','), What(crossing, true),
                      crossing.region_name, causes_en)};
}

Sentence DescribeDelivery(std::string_view source, int64_t accepted, int64_t rejected,
                          int64_t repeated) {
  return {fmt::format("Data dari {}: {} diterima, {} ditolak, {} berulang", source,
                      Grouped(accepted, '.'), Grouped(rejected, '.'), Grouped(repeated, '.')),
          fmt::format("Data from {}: {} accepted, {} rejected, {} repeated", source,
                      Grouped(accepted, ','), Grouped(rejected, ','), Grouped(repeated, ','))};
}

std::string ShownValue(std::string_view measure, std::string_view value, bool english) {
  const measures::Measure* known = measures::FindMeasure(measure);
  const absl::StatusOr<int64_t> micro = ParseMicro(value);
  if (known == nullptr || !micro.ok()) return std::string(value);
  std::string text;
  if (known->unit == "percent") {
    text = base::QuotientText(base::Int128{*micro}, 10'000, 2) + "%";
  } else if (known->unit == "count" || known->unit == "rupiah") {
    return Grouped(*micro / 1'000'000, english ? ',' : '.');
  } else {
    text = std::string(value);
  }
  if (!english) std::ranges::replace(text, '.', ',');
  return text;
}

std::string FillIn(std::string text, std::string_view region, std::string_view value,
                   std::string_view threshold) {
  Replace(&text, "{region}", region);
  Replace(&text, "{value}", value);
  Replace(&text, "{threshold}", threshold);
  return text;
}

}  // namespace sepakat::monitoring
