#include "tests/bench/measures/invented_survey.h"

#include <cmath>
#include <random>

namespace sepakat::bench {

Survey MakeSurvey(size_t rows) {
  std::mt19937_64 random(kSurveySeed);
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  const auto normal = [&] {
    return std::sqrt(-2 * std::log(1 - uniform())) * std::cos(2 * M_PI * uniform());
  };
  Survey survey;
  const size_t blocks = rows / 10;
  for (size_t block = 0; block < blocks; ++block) {
    const auto regency = static_cast<uint32_t>(block * kRegencies / blocks);
    const double level = 13.6 + 0.3 * normal();
    for (int i = 0; i < 10; ++i) {
      survey.regencies.push_back(regency);
      survey.strata.push_back(2 * regency + block % 2);
      survey.psus.push_back(static_cast<int64_t>(block));
      survey.weights.push_back(40 + 120 * uniform());
      survey.welfare.push_back(std::exp(level + 0.5 * normal()));
      survey.size.push_back(1 + static_cast<double>(random() % 7));
    }
  }
  return survey;
}

}  // namespace sepakat::bench
