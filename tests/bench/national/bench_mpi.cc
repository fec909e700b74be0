#include "tests/bench/national/bench_mpi.h"

#include <array>

#include "common/measures/catalogue.h"
#include "tests/bench/support/meter.h"

namespace sepakat::bench {

measures::MpiSpecification BenchMpi() {
  measures::MpiSpecification specification;
  specification.id = "bench";
  specification.version = "1";
  specification.dimensions = {{"housing"}, {"education"}, {"health"}, {"living"}};
  constexpr std::array<std::string_view, measures::kDeprivations> kDimension = {
      "housing",   "housing", "housing", "housing",   "housing", "housing", "housing",
      "education", "health",  "health",  "education", "living",  "health",  "living"};
  for (size_t i = 0; i < kDimension.size(); ++i) {
    measures::MpiIndicator indicator;
    indicator.id = measures::kDeprivationNames[i];
    indicator.dimension = kDimension[i];
    specification.indicators.push_back(indicator);
  }
  Must(SetNestedWeights(specification));
  return specification;
}

}  // namespace sepakat::bench
