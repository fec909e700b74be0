// A small invented population in whole numbers, on which exact answers are possible.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/support/measures/rational.h"

namespace sepakat::support {

// One surveyed unit: welfare, how many persons it stands for, and the line that applies to it.
struct Unit {
  int64_t welfare = 0;
  int64_t persons = 1;
  int64_t line = 1;
};
using Units = std::vector<Unit>;

// Every person one by one, from the poorest; equal welfare in the order of the units.
struct Person {
  int64_t welfare = 0;
  size_t unit = 0;
};
std::vector<Person> PersonsOf(const Units& units);

int64_t Persons(const Units& units);
int64_t TotalWelfare(const Units& units);

}  // namespace sepakat::support
