#include "common/measures/survey/design_findings.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/measures/compensated_sum.h"

namespace sepakat::measures {
namespace {

std::pair<std::string_view, std::string_view> SingleRuleTexts(SinglePsu rule) {
  switch (rule) {
    case SinglePsu::kCertainty:
      return {"dianggap pasti terpilih dan tidak menambah galat, sehingga galat terlalu kecil",
              "count as certain and add nothing, so errors are too small"};
    case SinglePsu::kCentred:
      return {"diukur dari rata-rata seluruh sampel, sehingga galat biasanya terlalu besar",
              "are measured from the mean of all, so errors are usually too large"};
    case SinglePsu::kAverage:
      return {"diberi rata-rata sumbangan strata lain", "are given the mean of the other strata"};
    case SinglePsu::kFail:
      break;
  }
  return {"ditolak", "are refused"};
}

// Unit codes of the first stage that occur in more than one stratum.
int64_t Renumbered(const Stage& stage) {
  if (stage.units.empty() || stage.strata.empty()) return 0;
  absl::flat_hash_map<int64_t, int64_t> stratum_of;
  absl::flat_hash_set<int64_t> several;
  for (size_t row = 0; row < stage.units.size(); ++row) {
    const auto [known, fresh] = stratum_of.try_emplace(stage.units[row], stage.strata[row]);
    if (!fresh && known->second != stage.strata[row]) several.insert(stage.units[row]);
  }
  return static_cast<int64_t>(several.size());
}

struct WeightFacts {
  double sum = 0;
  double squares = 0;
  int64_t positive = 0;
  int64_t zero = 0;
};

WeightFacts FactsOf(std::span<const double> weights) {
  WeightFacts facts;
  CompensatedSum sum;
  for (const double w : weights) {
    sum.Add(w);
    facts.squares += w * w;
    ++(w > 0 ? facts.positive : facts.zero);
  }
  facts.sum = sum.value();
  return facts;
}

}  // namespace

std::vector<Finding> FindingsOf(const Design& design, const DesignColumns& columns,
                                const FindingOptions& options) {
  std::vector<Finding> findings;
  const auto rows = static_cast<int64_t>(design.rows());
  const auto add = [&](std::string_view reason, int64_t count, std::string id, std::string en) {
    findings.push_back({std::string(reason), count, std::move(id), std::move(en)});
  };
  const Stage& first = columns.stages[0];
  if (first.units.empty()) {
    add("NO_CLUSTERS", rows,
        "Unit sampel primer tidak disebutkan: setiap baris dianggap terpilih sendiri. Bila rumah "
        "tangga ditarik per blok sensus, galat yang tercetak jauh terlalu kecil.",
        "No primary sampling unit is named: every row counts as drawn by itself. If households "
        "were drawn in clusters, the printed errors are far too small.");
  }
  if (first.strata.empty()) {
    add("NO_STRATA", rows,
        "Strata tidak disebutkan: galat biasanya terlalu besar karena pengurangan ragam oleh "
        "stratifikasi tidak dihitung.",
        "No stratum is named: errors are usually too large, since what stratification gained is "
        "not counted.");
  }
  if (const int64_t single = design.single_psu_strata(); single > 0) {
    const auto [id, en] = SingleRuleTexts(design.rules().single_psu);
    add("SINGLE_PSU", single,
        fmt::format("{} strata hanya memiliki satu unit sampel primer; unit itu {}.", single, id),
        fmt::format("{} strata have one primary sampling unit; these {}.", single, en));
  }
  if (const int64_t several = Renumbered(first);
      several > 0 && design.rules().units_numbered_within_strata) {
    add("UNITS_RENUMBERED", several,
        fmt::format("{} kode unit sampel primer muncul di lebih dari satu strata dan dihitung "
                    "sebagai unit yang berbeda; bila sebenarnya satu unit, galat terlalu kecil.",
                    several),
        fmt::format("{} codes of primary units occur in several strata and count as different "
                    "units; if they are one, errors are too small.",
                    several));
  }
  if (design.df() < options.few_df) {
    add("FEW_DF", static_cast<int64_t>(design.df()),
        fmt::format("Derajat bebas hanya {:g}: selang kepercayaan lebar dan galatnya sendiri "
                    "tidak stabil.",
                    design.df()),
        fmt::format("Only {:g} degrees of freedom: intervals are wide and the errors themselves "
                    "uncertain.",
                    design.df()));
  }
  const WeightFacts facts = FactsOf(design.weights());
  if (facts.zero > 0) {
    add("ZERO_WEIGHTS", facts.zero,
        fmt::format("{} baris berbobot nol dan tidak ikut dalam angka apa pun.", facts.zero),
        fmt::format("{} rows have the weight 0 and take part in no figure.", facts.zero));
  }
  const double unequal =
      static_cast<double>(facts.positive) * facts.squares / (facts.sum * facts.sum);
  if (unequal > options.unequal_weights) {
    add("UNEQUAL_WEIGHTS", facts.positive,
        fmt::format("Bobot sangat tidak merata: ragam menjadi kira-kira {:.1f} kali ragam sampel "
                    "berbobot sama, sehingga {} baris bernilai seperti {:.0f}.",
                    unequal, facts.positive, static_cast<double>(facts.positive) / unequal),
        fmt::format("Weights are very unequal: variances are about {:.1f} times those of equal "
                    "weights, so {} rows are worth about {:.0f}.",
                    unequal, facts.positive, static_cast<double>(facts.positive) / unequal));
  }
  const double ratio = options.census_total ? facts.sum / *options.census_total : 1;
  if (std::abs(ratio - 1) > options.census_tolerance) {
    add("WEIGHTS_NOT_CENSUS", rows,
        fmt::format("Jumlah bobot {:.0f}, sensus {:.0f}: jumlah penduduk miskin dan total lain "
                    "meleset dengan faktor {:.4g}; persentase dan rata-rata tidak terpengaruh.",
                    facts.sum, *options.census_total, ratio),
        fmt::format("Weights add up to {:.0f}, the census says {:.0f}: totals are off by a factor "
                    "of {:.4g}; shares and means are not affected.",
                    facts.sum, *options.census_total, ratio));
  } else if (std::abs(facts.sum / static_cast<double>(rows) - 1) < 1e-3) {
    add("WEIGHTS_NORMALISED", rows,
        "Jumlah bobot sama dengan jumlah baris: total menghitung baris, bukan penduduk.",
        "Weights add up to the number of rows: totals count rows, not people.");
  }
  if (options.missing_values > 0) {
    add("VALUE_MISSING", options.missing_values,
        fmt::format("{} dari {} baris tanpa nilai dan tidak ikut; angka menjadi bias bila mereka "
                    "berbeda dari yang lain.",
                    options.missing_values, rows),
        fmt::format("{} of {} rows have no value and are left out; figures are biased if these "
                    "differ from the others.",
                    options.missing_values, rows));
  }
  return findings;
}

}  // namespace sepakat::measures
