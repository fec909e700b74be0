#include "tests/support/measures/people.h"

#include <algorithm>

namespace sepakat::support {

std::vector<Person> PersonsOf(const Units& units) {
  std::vector<Person> persons;
  for (size_t u = 0; u < units.size(); ++u) {
    for (int64_t i = 0; i < units[u].persons; ++i) persons.push_back({units[u].welfare, u});
  }
  std::ranges::stable_sort(persons, {}, &Person::welfare);
  return persons;
}

int64_t Persons(const Units& units) {
  int64_t sum = 0;
  for (const Unit& unit : units) sum += unit.persons;
  return sum;
}

int64_t TotalWelfare(const Units& units) {
  int64_t sum = 0;
  for (const Unit& unit : units) sum += unit.persons * unit.welfare;
  return sum;
}

}  // namespace sepakat::support
