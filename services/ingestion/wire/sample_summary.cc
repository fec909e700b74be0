#include "ingestion/wire/sample_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace sepakat::ingestion {
namespace {

constexpr size_t kShownAnswers = 14;
// Below so many kept units an amount loses more than a ten-thousandth by rounding.
constexpr int64_t kCoarse = 5'000;

template <typename Counts>
std::string Listed(const Counts& counts) {
  std::string text;
  size_t shown = 0;
  for (const auto& [answer, count] : counts) {
    if (shown++ == kShownAnswers)
      return text + fmt::format(", and {} more", counts.size() - kShownAnswers);
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", answer, count);
  }
  return text;
}

}  // namespace

void SampleSummary::Spread::Take(int64_t value) {
  lowest = known == 0 ? value : std::min(lowest, value);
  highest = known == 0 ? value : std::max(highest, value);
  sum += value;
  ++known;
}

void SampleSummary::Add(const Family& family) {
  ++families_;
  size_.Take(family.size);
  weight_.Take(family.weight);
  if (family.welfare) {
    welfare_.Take(*family.welfare);
  } else {
    ++welfare_.unknown;
  }
  if (!family.region.empty()) ++regions_[family.region];
  for (const VariableInfo& variable : AllVariables()) {
    Spread& spread = variables_[static_cast<size_t>(variable.number)];
    const int32_t value = family.values[static_cast<size_t>(variable.number)];
    if (value == kUnknown) {
      ++spread.unknown;
      continue;
    }
    spread.Take(value);
    if (IsCoded(variable.high)) ++spread.codes[value];
  }
}

SampleReading SampleSummary::Read(const Spread& spread, std::string_view what,
                                  std::string_view column, int decimals) {
  SampleReading reading{
      std::string(what), std::string(column), spread.known, spread.unknown, {}, {}, {}, {}};
  if (spread.known == 0) return reading;
  reading.lowest = base::ScaledToText(spread.lowest, decimals);
  reading.highest = base::ScaledToText(spread.highest, decimals);
  reading.mean = base::QuotientText(
      spread.sum, base::Int128{spread.known} * base::PowerOfTen(decimals), std::max(decimals, 2));
  return reading;
}

SampleReading SampleSummary::ReadVariable(int number) const {
  const Spread& spread = variables_[static_cast<size_t>(number)];
  const VariableInfo& info = *std::ranges::find(AllVariables(), number, &VariableInfo::number);
  std::string columns;
  for (const VariableRule& rule : book_.variables) {
    if (rule.item || rule.variable != number) continue;
    columns += fmt::format("{}{}", columns.empty() ? "" : ", ", book_.column(rule.slot));
  }
  if (!IsCoded(info.high)) return Read(spread, info.name, columns, 0);
  SampleReading reading{
      std::string(info.name), std::move(columns), spread.known, spread.unknown, {}, {}, {}, {}};
  reading.answers = Listed(spread.codes);
  return reading;
}

std::vector<SampleReading> SampleSummary::Readings() const {
  std::vector<SampleReading> readings;
  if (families_ == 0) return readings;
  readings.push_back(Read(size_, "size", book_.column(book_.size_slot), 0));
  readings.push_back(
      Read(weight_, "weight", book_.column(book_.weight_slot), book_.population.weight_decimals));
  if (book_.welfare) {
    readings.push_back(Read(welfare_, "welfare", book_.column(book_.welfare->slots.front()),
                            book_.population.welfare_decimals));
  }
  SampleReading& region = readings.emplace_back();
  region.what = "region";
  for (const int slot : book_.region.slots) {
    region.column += fmt::format("{}{}", region.column.empty() ? "" : ".", book_.column(slot));
  }
  for (const auto& [code, families] : regions_) region.known += families;
  region.unknown = families_ - region.known;
  region.answers = Listed(regions_);
  for (const VariableInfo& variable : AllVariables()) {
    const bool named = std::ranges::any_of(book_.variables, [&](const VariableRule& rule) {
      return !rule.item && rule.variable == variable.number;
    });
    if (!named && variables_[static_cast<size_t>(variable.number)].known == 0) continue;
    readings.push_back(ReadVariable(variable.number));
  }
  return readings;
}

std::vector<std::string> SampleSummary::Notes() const {
  std::vector<std::string> notes;
  const Population& population = book_.population;
  if (welfare_.known > 0 && welfare_.sum / welfare_.known < kCoarse) {
    notes.push_back(fmt::format(
        "the mean welfare is {} {}, kept with {} decimals: raise [population] welfare_decimals, or "
        "look "
        "at unit, period and decimal mark",
        base::QuotientText(
            welfare_.sum,
            base::Int128{welfare_.known} * base::PowerOfTen(population.welfare_decimals), 2),
        population.welfare_unit, population.welfare_decimals));
  }
  for (const SampleReading& reading : Readings()) {
    if (reading.known > 0 || families_ == 0) continue;
    notes.push_back(
        fmt::format("{} is unknown for every family{}", reading.what,
                    reading.column.empty() ? "" : fmt::format(" (column {})", reading.column)));
  }
  return notes;
}

}  // namespace sepakat::ingestion
