#include "sepakat/pmt/candidates.h"

#include <algorithm>
#include <map>

#include "common/canonical/variables.h"

namespace sepakat::pmt {
namespace {

constexpr std::string_view kSquared[] = {"members", "head_age"};

// Flags for codes, all but the most frequent.
void AddFlags(const std::string& name, const std::map<int32_t, size_t>& counts, size_t known,
              const CandidateRules& rules, std::vector<Term>* terms) {
  const auto most =
      std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
  for (const auto& [code, count] : counts) {
    const double share = static_cast<double>(count) / static_cast<double>(known);
    if (code == most->first || share < rules.least_share || share > 1 - rules.least_share) continue;
    Term flag;
    flag.name = name;
    flag.codes = {code};
    terms->push_back(std::move(flag));
  }
}

void AddNumber(const std::string& name, std::vector<Term>* terms) {
  Term number;
  number.name = name;
  terms->push_back(number);
  if (std::ranges::find(kSquared, name) == std::end(kSquared)) return;
  number.power = 2;
  terms->push_back(std::move(number));
}

}  // namespace

Candidates FindCandidates(const Families& families, const std::vector<bool>& used,
                          const CandidateRules& rules) {
  Candidates candidates;
  const auto all = static_cast<double>(std::ranges::count(used, true));
  for (const canonical::VariableInfo& variable : canonical::AllVariables()) {
    if (variable.name.starts_with("aid_")) continue;
    const std::vector<int32_t>& values = families.values[static_cast<size_t>(variable.number)];
    std::map<int32_t, size_t> counts;
    size_t known = 0;
    for (size_t i = 0; i < values.size(); ++i) {
      const bool is_known = values[i] != ingestion::kUnknown && values[i] != ingestion::kNotAsked;
      if (!used[i] || !is_known) continue;
      ++counts[values[i]];
      ++known;
    }
    if (known == 0) continue;
    const std::string name(variable.name);
    if (static_cast<double>(known) < rules.least_known * all) {
      candidates.too_unknown.push_back(name);
    } else if (counts.size() > 1) {
      const bool coded = canonical::IsCoded(variable.high) && variable.high > 1;
      if (coded) {
        AddFlags(name, counts, known, rules, &candidates.terms);
      } else {
        AddNumber(name, &candidates.terms);
      }
    }
  }
  return candidates;
}

}  // namespace sepakat::pmt
