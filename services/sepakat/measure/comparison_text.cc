#include "sepakat/measure/comparison_text.h"

#include <fmt/format.h>

#include "sepakat/measure/figure_text.h"
#include "sepakat/measure/numbers_text.h"

namespace sepakat::measure {
namespace {

constexpr double kPercent = 100;
constexpr double kSmallestChance = 0.0001;
constexpr int kPercentilesShown[] = {5, 10, 25, 50, 75, 90, 95};
constexpr size_t kMostCrossings = 3;

class Texts {
 public:
  explicit Texts(Language language) : language_(language) {}

  std::string Say(std::string_view id, std::string_view en) const {
    return std::string(language_ == Language::kIndonesian ? id : en);
  }
  TextCell Points(double share) const { return Number(share * kPercent, 3); }
  TextCell Percent(std::optional<double> share) const {
    if (!share) return "-";
    return {NumberShown(*share * kPercent, 2, language_) + " %", share, Unit::kShare};
  }
  TextCell Number(double value, int decimals) const {
    return {NumberShown(value, decimals, language_), value, Unit::kIndex};
  }
  TextCell Optional(std::optional<double> value, int decimals) const {
    return value ? Number(*value, decimals) : "-";
  }
  TextCell Value(std::optional<double> value, Unit unit) const {
    return {ValueShown(value, unit, language_), value, unit};
  }

  TextCell Chance(std::optional<double> p_value) const {
    if (!p_value || *p_value >= kSmallestChance) return Optional(p_value, 4);
    return {"< " + Number(kSmallestChance, 4).text, p_value, Unit::kIndex};
  }

  TextTable Changes(const Comparison& comparison) const {
    TextTable table;
    table.caption = Say("Perubahan setiap angka", "Change of each figure");
    table.columns = {{Say("ukuran", "measure")},
                     {Say("garis", "line")},
                     {Say("kelompok", "group")},
                     {Say("sebelum", "before"), true},
                     {Say("sesudah", "after"), true},
                     {Say("selisih", "difference"), true},
                     {Say("galat baku", "std. error"), true},
                     {Say("selang", "interval"), true},
                     {"p", true},
                     {Say("catatan", "note")}};
    table.last_is_note = true;
    table.block_cells = 2;
    for (const FigureChange& one : comparison.changes) {
      const Unit unit = one.subject.unit;
      const auto shown = [&](std::optional<double> value) { return Value(value, unit); };
      const measures::Change& change = one.change;
      const bool open = change.p_value && *change.p_value >= 0.05;
      table.rows.push_back(
          {one.subject.name(language_) + (unit == Unit::kShare ? ", %" : ""),
           LineText(one.subject, language_), DomainText(one.domain, language_),
           shown(one.before.estimate), shown(one.after.estimate), shown(change.difference),
           shown(change.standard_error),
           change.lower
               ? fmt::format("{} .. {}", shown(change.lower).text, shown(change.upper).text)
               : "",
           Chance(change.p_value), open ? Say("mungkin kebetulan", "may be chance") : ""});
    }
    return table;
  }

  TextTable Growth(const GrowthParts& growth) const {
    TextTable table;
    table.caption =
        fmt::format("{}, {} {}", Say("Pertumbuhan dan pemerataan", "Growth and redistribution"),
                    Say("garis", "line"), growth.line);
    if (!growth.parts.ok()) {
      table.columns = {{Say("catatan", "note")}};
      table.rows = {{std::string(growth.parts.status().message())}};
      return table;
    }
    table.columns = {{Say("ukuran, poin persen", "measure, percentage points")},
                     {Say("perubahan", "change"), true},
                     {Say("pertumbuhan", "growth"), true},
                     {Say("pemerataan", "redistribution"), true},
                     {Say("sisa", "residual"), true},
                     {Say("Shapley: pertumbuhan", "Shapley: growth"), true},
                     {Say("Shapley: pemerataan", "Shapley: redistribution"), true},
                     {Say("bias pertumbuhan", "bias of growth"), true},
                     {Say("elastisitas", "elasticity"), true}};
    for (size_t order = 0; order < growth.parts->orders.size(); ++order) {
      const measures::GrowthRedistribution& parts = growth.parts->orders[order];
      table.rows.push_back({fmt::format("P{}", order), Points(parts.change), Points(parts.growth),
                            Points(parts.redistribution), Points(parts.residual),
                            Points(parts.shapley_growth), Points(parts.shapley_redistribution),
                            Points(parts.bias_of_growth), Optional(parts.total_elasticity, 2)});
    }
    return table;
  }

  TextTable Sectors(const SectorPartsByDomain& sectors) const {
    TextTable table;
    table.caption = fmt::format(
        "{} {}, {} {}", Say("Asal perubahan P0 menurut", "Where the change of P0 came from, by"),
        BreakdownText(sectors.by), Say("garis", "line"), sectors.line);
    if (!sectors.parts.ok()) {
      table.columns = {{Say("catatan", "note")}};
      table.rows = {{std::string(sectors.parts.status().message())}};
      return table;
    }
    table.columns = {{Say("kelompok", "group")},
                     {Say("bagian penduduk sebelum, %", "population share before, %"), true},
                     {Say("sesudah, %", "after, %"), true},
                     {Say("P0 sebelum, %", "P0 before, %"), true},
                     {Say("sesudah, %", "after, %"), true},
                     {Say("di dalam", "within"), true},
                     {Say("pergeseran", "shift"), true},
                     {Say("interaksi", "interaction"), true}};
    const auto row = [&](const std::string& name, const TextCell& before, const TextCell& after,
                         const measures::SectorParts& parts) {
      table.rows.push_back({name, before, after, Number(parts.before * kPercent, 2),
                            Number(parts.after * kPercent, 2), Points(parts.within),
                            Points(parts.shift), Points(parts.interaction)});
    };
    for (size_t i = 0; i < sectors.domains.size(); ++i) {
      const measures::Sector& sector = sectors.parts->sectors[i];
      row(DomainText(sectors.domains[i], language_), Number(sector.share_before * kPercent, 2),
          Number(sector.share_after * kPercent, 2), sector.orders[0]);
    }
    row(Say("jumlah", "sum"), "", "", sectors.parts->total[0]);
    return table;
  }

  TextTable Incidence(const measures::GrowthIncidence& incidence) const {
    TextTable table;
    table.caption = Say("Pertumbuhan kesejahteraan per tahun", "Growth of welfare per year");
    table.columns = {{Say("tempat", "place")}, {Say("pertumbuhan", "growth"), true}};
    for (const int percentile : kPercentilesShown) {
      for (const measures::GrowthIncidencePoint& point : incidence.points) {
        if (point.level.numerator * 100 != point.level.denominator * percentile) {
          continue;
        }
        table.rows.push_back({fmt::format("{} {}", Say("persentil", "percentile"), percentile),
                              Percent(point.growth)});
      }
    }
    table.rows.push_back(
        {Say("rata-rata kesejahteraan", "mean welfare"), Percent(incidence.growth_of_mean)});
    table.rows.push_back({Say("penduduk miskin (Ravallion-Chen)", "the poor (Ravallion-Chen)"),
                          Percent(incidence.pro_poor_rate)});
    return table;
  }

  TextTable Mpi(const MpiParts& parts) const {
    TextTable table;
    table.caption = fmt::format("{}, k = {}", Say("Perubahan M0", "Change of M0"), parts.k);
    table.columns = {{""},
                     {Say("selisih", "difference"), true},
                     {Say("per tahun", "per year"), true},
                     {Say("relatif per tahun", "relative per year"), true}};
    const auto row = [&](const std::string& name, const measures::FigureChange& change) {
      table.rows.push_back({name, Number(change.absolute, 4), Number(change.annual_absolute, 4),
                            Percent(change.annual_relative)});
    };
    row("H", parts.change.headcount);
    if (parts.change.intensity) row("A", *parts.change.intensity);
    row("M0", parts.change.adjusted);
    table.rows.push_back({Say("M0 karena jumlah orang miskin (H)", "M0 by incidence (H)"),
                          Optional(parts.change.by_incidence, 4), "", ""});
    table.rows.push_back({Say("M0 karena intensitas (A)", "M0 by intensity (A)"),
                          Optional(parts.change.by_intensity, 4), "", ""});
    return table;
  }

  std::string Dominance(const DominanceOf& dominance, const std::string& welfare_in) const {
    const bool first = dominance.order == measures::DominanceOrder::kFirst;
    const std::string order = first ? Say("Orde pertama (P0)", "First order (P0)")
                                    : Say("Orde kedua (P1)", "Second order (P1)");
    if (!dominance.result.ok()) {
      return order + ": " + std::string(dominance.result.status().message());
    }
    const auto less = [this](measures::Ordering ordering) {
      return ordering == measures::Ordering::kFirstHasLess
                 ? Say("survei sebelum", "the survey before")
                 : Say("survei sesudah", "the survey after");
    };
    switch (dominance.result->ordering) {
      case measures::Ordering::kEqual:
        return order + Say(": tidak ada beda pada garis mana pun.", ": no difference at any line.");
      case measures::Ordering::kFirstHasLess:
      case measures::Ordering::kSecondHasLess:
        return fmt::format(
            fmt::runtime(Say("{}: {} lebih sedikit kemiskinannya pada garis mana pun.",
                             "{}: {} has less poverty at every line.")),
            order, less(dominance.result->ordering));
      case measures::Ordering::kCrossing:
        break;
    }
    const std::vector<measures::Crossing>& crossings = dominance.result->crossings;
    std::string text = fmt::format(
        fmt::runtime(Say("{}: kurva berpotongan {} kali, jadi urutannya bergantung pada garis",
                         "{}: the curves cross {} times, so the ranking depends on the line")),
        order, crossings.size());
    for (size_t i = 0; i < crossings.size() && i < kMostCrossings; ++i) {
      text += fmt::format(
          fmt::runtime(Say("; di atas {}{} {} lebih sedikit", "; above {}{} {} has less")),
          welfare_in.empty() ? "" : Say("rasio ", "a ratio of "),
          ValueShown(crossings[i].line, welfare_in.empty() ? Unit::kWelfare : Unit::kIndex,
                     language_),
          less(crossings[i].above));
    }
    return text + ".";
  }

 private:
  Language language_;
};

}  // namespace

std::vector<TextTable> ComparisonTables(const Comparison& comparison, Language language) {
  const Texts texts(language);
  std::vector<TextTable> tables = {texts.Changes(comparison)};
  for (const GrowthParts& growth : comparison.growth) tables.push_back(texts.Growth(growth));
  for (const SectorPartsByDomain& one : comparison.sectors) tables.push_back(texts.Sectors(one));
  if (comparison.incidence && comparison.incidence->ok()) {
    tables.push_back(texts.Incidence(**comparison.incidence));
  }
  for (const MpiParts& parts : comparison.mpi) tables.push_back(texts.Mpi(parts));
  return tables;
}

std::vector<std::string> ComparisonSentences(const Comparison& comparison, Language language) {
  const Texts texts(language);
  std::vector<std::string> sentences;
  for (const DominanceOf& dominance : comparison.dominance) {
    sentences.push_back(texts.Dominance(dominance, comparison.welfare_in));
  }
  if (comparison.without_partner > 0) {
    sentences.push_back(
        fmt::format(fmt::runtime(texts.Say(
                        "{} angka tidak ada pada salah satu survei dan tidak dibandingkan.",
                        "{} figures are missing in one of the surveys and are not compared.")),
                    comparison.without_partner));
  }
  return sentences;
}

}  // namespace sepakat::measure
