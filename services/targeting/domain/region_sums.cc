#include "targeting/domain/region_sums.h"

#include <algorithm>
#include <cstring>

namespace sepakat::targeting {
namespace {

template <typename T>
void Append(T value, std::string* out) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out->append(bytes, sizeof bytes);
}

}  // namespace

measures::FgtSums& RegionSums::LineOf(int32_t line_class) {
  auto it = std::ranges::lower_bound(lines, line_class, std::less<>{}, &LineEntry::line_class);
  if (it == lines.end() || it->line_class != line_class) {
    it = lines.insert(it, LineEntry{line_class, {}});
  }
  return it->sums;
}

void RegionSums::DropEmptyLines() {
  std::erase_if(lines, [](const LineEntry& entry) { return entry.sums.families == 0; });
}

void RegionSums::Add(const FamilyRecord& record, const std::vector<LineClass>& classes,
                     const MpiCounter& mpi_counter, int sign) {
  const int64_t family = sign * record.family_weight;
  const int64_t persons = sign * record.person_weight();
  families += sign;
  family_weight += family;
  person_weight += persons;
  if (record.welfare >= 0) {
    known_families += sign;
    known_family_weight += family;
    known_person_weight += persons;
    welfare += base::Int128{persons} * record.welfare;
    if (record.line >= 0) {
      measures::FgtSums& sums = LineOf(record.line);
      sums.Add(classes[static_cast<size_t>(record.line)].line, record.welfare, record.family_weight,
               record.person_weight(), sign);
      if (sums.families == 0) DropEmptyLines();
    }
  }
  if (record.scored) {
    scored_families += sign;
    scored_person_weight += persons;
    score += base::Int128{persons} * record.rank_value;
  }
  ranked_families += record.ranked ? sign : 0;
  for (size_t i = 0; i < deprivations.size(); ++i) {
    const int64_t known = record.masks.known >> i & 1;
    deprivations[i].known_families += sign * known;
    deprivations[i].known_weight += family * known;
    deprivations[i].deprived_weight += family * (record.masks.deprived >> i & 1);
  }
  const uint16_t mpi_mask = mpi_counter.MaskOf(record.masks);
  if (mpi_mask != measures::kAnswerMissing) mpi_families += sign;
  mpi.Add(mpi_counter.masks(), mpi_mask, record.person_weight(), sign);
  decile_families[record.decile] += family;
  decile_persons[record.decile] += persons;
}

void RegionSums::AddNeed(const FamilyRecord& record, Truth in_need, int sign) {
  if (in_need == Truth::kTrue) need_family_weight += sign * record.family_weight;
  if (in_need == Truth::kUnknown) need_unknown_families += sign;
}

void RegionSums::MoveDecile(const FamilyRecord& record, int from, int to) {
  decile_families[static_cast<size_t>(from)] -= record.family_weight;
  decile_families[static_cast<size_t>(to)] += record.family_weight;
  decile_persons[static_cast<size_t>(from)] -= record.person_weight();
  decile_persons[static_cast<size_t>(to)] += record.person_weight();
}

RegionSums& RegionSums::operator+=(const RegionSums& other) {
  families += other.families;
  family_weight += other.family_weight;
  person_weight += other.person_weight;
  known_families += other.known_families;
  known_family_weight += other.known_family_weight;
  known_person_weight += other.known_person_weight;
  welfare += other.welfare;
  scored_families += other.scored_families;
  scored_person_weight += other.scored_person_weight;
  score += other.score;
  ranked_families += other.ranked_families;
  need_family_weight += other.need_family_weight;
  need_unknown_families += other.need_unknown_families;
  mpi_families += other.mpi_families;
  mpi += other.mpi;
  for (size_t i = 0; i < deprivations.size(); ++i) {
    deprivations[i].deprived_weight += other.deprivations[i].deprived_weight;
    deprivations[i].known_weight += other.deprivations[i].known_weight;
    deprivations[i].known_families += other.deprivations[i].known_families;
  }
  for (size_t i = 0; i < decile_families.size(); ++i) {
    decile_families[i] += other.decile_families[i];
    decile_persons[i] += other.decile_persons[i];
  }
  for (const LineEntry& entry : other.lines) LineOf(entry.line_class) += entry.sums;
  return *this;
}

std::string RegionSums::CanonicalBytes(const std::vector<LineClass>& classes) const {
  std::string bytes;
  bytes.reserve(1024);
  for (int64_t value :
       {families, family_weight, person_weight, known_families, known_family_weight,
        known_person_weight, scored_families, scored_person_weight, ranked_families,
        need_family_weight, need_unknown_families, mpi_families, mpi.persons, mpi.poor_persons}) {
    Append(value, &bytes);
  }
  Append(welfare, &bytes);
  Append(score, &bytes);
  Append(mpi.score, &bytes);
  for (size_t i = 0; i < mpi.deprived.size(); ++i) {
    Append(mpi.deprived[i], &bytes);
    Append(mpi.censored[i], &bytes);
  }
  for (const DeprivationSums& sums : deprivations) {
    Append(sums.deprived_weight, &bytes);
    Append(sums.known_weight, &bytes);
    Append(sums.known_families, &bytes);
  }
  for (size_t i = 0; i < decile_families.size(); ++i) {
    Append(decile_families[i], &bytes);
    Append(decile_persons[i], &bytes);
  }
  std::vector<const LineEntry*> ordered;
  for (const LineEntry& entry : lines) ordered.push_back(&entry);
  const auto class_of = [&](const LineEntry* entry) -> const LineClass& {
    return classes[static_cast<size_t>(entry->line_class)];
  };
  std::ranges::sort(ordered, [&](auto* a, auto* b) { return class_of(a) < class_of(b); });
  for (const LineEntry* entry : ordered) {
    Append(class_of(entry).line, &bytes);
    bytes.append(class_of(entry).version);
    const measures::FgtSums& sums = entry->sums;
    for (int64_t value : {sums.families, sums.weight, sums.poor_families, sums.poor_weight}) {
      Append(value, &bytes);
    }
    Append(sums.gap, &bytes);
    Append(sums.gap_squared, &bytes);
  }
  return bytes;
}

}  // namespace sepakat::targeting
