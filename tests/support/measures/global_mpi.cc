#include "tests/support/measures/global_mpi.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace sepakat::support {
namespace {

size_t IndexOf(const measures::MpiSpecification& specification, std::string_view id) {
  const auto it = std::ranges::find(specification.indicators, id, &measures::MpiIndicator::id);
  if (it == specification.indicators.end()) {
    throw std::invalid_argument("no indicator " + std::string(id));
  }
  return static_cast<size_t>(it - specification.indicators.begin());
}

}  // namespace

measures::MpiSpecification GlobalMpi() {
  measures::MpiSpecification global;
  global.id = "global";
  global.version = "2018";
  global.dimensions = {{"health", 1}, {"education", 1}, {"living", 1}};
  const auto add = [&](const char* id, const char* dimension, int64_t weight) {
    global.indicators.push_back({id, dimension, weight, {}});
  };
  add("nutrition", "health", 3);
  add("child_mortality", "health", 3);
  add("schooling", "education", 3);
  add("attendance", "education", 3);
  add("fuel", "living", 1);
  add("sanitation", "living", 1);
  add("water", "living", 1);
  add("electricity", "living", 1);
  add("housing", "living", 1);
  add("assets", "living", 1);
  return global;
}

measures::Deprivations UnitOf(const measures::MpiSpecification& specification,
                              std::initializer_list<std::string_view> deprived,
                              std::initializer_list<std::string_view> unknown) {
  measures::Deprivations unit;
  for (const auto id : deprived) unit.Set(IndexOf(specification, id), measures::Answer::kYes);
  for (const auto id : unknown) unit.Set(IndexOf(specification, id), measures::Answer::kUnknown);
  return unit;
}

}  // namespace sepakat::support
