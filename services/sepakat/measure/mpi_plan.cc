#include "sepakat/measure/mpi_plan.h"

#include <fmt/format.h>

#include <cmath>

#include "common/base/status.h"
#include "common/measures/mpi_sensitivity.h"
#include "sepakat/measure/numbers_text.h"

namespace sepakat::measure {
namespace {

using measures::Answer;
using measures::Fraction;
using measures::MpiSpecification;

// Answers to one indicator, by observation.
std::vector<Answer> AnswersTo(const Frame& frame, const MpiIndicatorColumn& column,
                              const measures::DeprivationCutoff& cutoff, const Name& name) {
  if (name.kind == Name::kColumn && column.by_code) {
    return frame.AnswersOf(name.text, column.deprived, column.not_deprived, column.missing);
  }
  std::vector<double> values;
  if (name.kind == Name::kColumn) {
    values = frame.NumbersOf(name.text);
    const std::vector<Answer> missing =
        frame.AnswersOf(name.text, column.missing, std::nullopt, {});
    for (size_t i = 0; i < values.size(); ++i) {
      if (missing[i] == Answer::kYes) values[i] = kUnknownNumber;
    }
  } else {
    values = frame.IndicatorOf(name).values;
  }
  std::vector<Answer> answers;
  answers.reserve(values.size());
  for (const double value : values) {
    if (!column.by_code) {
      answers.push_back(
          measures::Judge(std::isnan(value) ? std::nullopt : std::optional<double>(value), cutoff));
      continue;
    }
    const std::string text = std::isnan(value) ? "" : fmt::format("{}", value);
    const ingestion::Answer code(text);
    if (text.empty() || column.missing.Contains(code)) {
      answers.push_back(Answer::kUnknown);
    } else if (column.deprived.Contains(code)) {
      answers.push_back(Answer::kYes);
    } else {
      const bool known = !column.not_deprived || column.not_deprived->Contains(code);
      answers.push_back(known ? Answer::kNo : Answer::kUnknown);
    }
  }
  return answers;
}

std::string CutoffText(Fraction k) {
  return k.denominator == 1 ? fmt::format("{}", k.numerator)
                            : fmt::format("{}/{}", k.numerator, k.denominator);
}

// Figures of one specification at one cut-off.
class MpiFigureSet {
 public:
  MpiFigureSet(const MpiFile& file, const MpiSpecification& specification, Plan* plan,
               const std::vector<measures::Deprivations>& units)
      : file_(file), specification_(specification), plan_(*plan), units_(units) {}

  void Add() {
    const auto scores = measures::Scores(specification_, {units_, plan_.frame().weights()});
    const int64_t least = measures::LeastPoorScore(specification_);
    const auto whole = static_cast<double>(measures::Denominator(specification_));
    std::vector<bool> kept(units_.size());
    auto poor = Column();
    auto score = Column();
    for (size_t i = 0; i < units_.size(); ++i) {
      kept[i] = scores[i].has_value();
      if (!kept[i] || *scores[i] < least) continue;
      (*poor)[i] = 1;
      (*score)[i] = static_cast<double>(*scores[i]) / whole;
    }
    universe_ = plan_.UniverseOf(kept, nullptr);
    AddShare("mpi.h", "", "Persentase penduduk miskin multidimensi (H)",
             "Multidimensional headcount (H)", poor, nullptr);
    AddShare("mpi.a", "", "Intensitas kemiskinan (A)", "Intensity of poverty (A)", score, poor);
    AddShare("mpi.m0", "", "Indeks kemiskinan multidimensi (M0)",
             "Multidimensional poverty index (M0)", score, nullptr);
    for (size_t j = 0; j < specification_.indicators.size(); ++j) AddIndicator(j, *poor, score);
    for (size_t d = 0; d < specification_.dimensions.size(); ++d) AddDimension(d, *poor, score);
  }

 private:
  std::shared_ptr<std::vector<double>> Column() const {
    return std::make_shared<std::vector<double>>(units_.size(), 0.0);
  }

  void AddShare(std::string measure, std::string part, std::string name_id, std::string name_en,
                SharedColumn numerator, SharedColumn denominator) {
    Subject subject{.measure = std::move(measure),
                    .parameters = {{"mpi", specification_.id},
                                   {"version", specification_.version},
                                   {"k", CutoffText(specification_.cutoff)}},
                    .unit = Unit::kShare,
                    .name_id = std::move(name_id),
                    .name_en = std::move(name_en)};
    if (!part.empty()) {
      subject.parameters.emplace_back(
          subject.measure == "mpi.dimension_contribution" ? "dimension" : "indicator",
          std::move(part));
    }
    plan_.AddFigure(
        std::move(subject), universe_,
        RatioStatistic(std::move(numerator), std::move(denominator), {.is_share = true}));
  }

  void AddIndicator(size_t j, const std::vector<double>& poor, const SharedColumn& score) {
    const measures::MpiIndicator& indicator = specification_.indicators[j];
    const MpiIndicatorColumn& shown = file_.indicators[j];
    const double share = static_cast<double>(indicator.weight) /
                         static_cast<double>(measures::Denominator(specification_));
    auto raw = Column();
    auto censored = Column();
    auto contributed = Column();
    for (size_t i = 0; i < units_.size(); ++i) {
      if ((units_[i].deprived >> j & 1U) == 0) continue;
      (*raw)[i] = 1;
      (*censored)[i] = poor[i];
      (*contributed)[i] = share * poor[i];
    }
    AddShare("mpi.raw", indicator.id, "Deprivasi: " + shown.name, "Deprived: " + shown.name_en, raw,
             nullptr);
    AddShare("mpi.censored", indicator.id, "Miskin dan terdeprivasi: " + shown.name,
             "Poor and deprived: " + shown.name_en, censored, nullptr);
    AddShare("mpi.contribution", indicator.id, "Sumbangan pada M0: " + shown.name,
             "Contribution to M0: " + shown.name_en, contributed, score);
  }

  void AddDimension(size_t d, const std::vector<double>& poor, const SharedColumn& score) {
    const measures::MpiDimension& dimension = specification_.dimensions[d];
    const auto whole = static_cast<double>(measures::Denominator(specification_));
    auto contributed = Column();
    for (size_t j = 0; j < specification_.indicators.size(); ++j) {
      const measures::MpiIndicator& indicator = specification_.indicators[j];
      if (indicator.dimension != dimension.id) continue;
      const double share = static_cast<double>(indicator.weight) / whole;
      for (size_t i = 0; i < units_.size(); ++i) {
        if ((units_[i].deprived >> j & 1U) != 0) (*contributed)[i] += share * poor[i];
      }
    }
    const MpiDimensionName& shown = file_.dimensions[d];
    AddShare("mpi.dimension_contribution", dimension.id, "Sumbangan dimensi: " + shown.name,
             "Contribution of dimension: " + shown.name_en, contributed, score);
  }

  const MpiFile& file_;
  const MpiSpecification& specification_;
  Plan& plan_;
  const std::vector<measures::Deprivations>& units_;
  size_t universe_ = 0;
};

// How much is unknown and between which values M0 lies whatever the answers would have been.
absl::Status TellUnknown(const MpiFile& file, const Plan& plan,
                         const std::vector<measures::Deprivations>& units,
                         std::vector<Remark>* remarks) {
  std::vector<measures::Deprivations> looked_at;
  std::vector<double> weights;
  int64_t unknown = 0;
  for (size_t i = 0; i < units.size(); ++i) {
    if (!plan.rules().only[i]) continue;
    looked_at.push_back(units[i]);
    weights.push_back(plan.frame().weights()[i]);
    if (units[i].unknown != 0) ++unknown;
  }
  SEPAKAT_ASSIGN_OR_RETURN(const measures::MpiBounds bounds,
                           measures::BoundsOfMpi(file.specification, {looked_at, weights}));
  if (unknown == 0) return absl::OkStatus();
  const bool drop = file.specification.unknown == measures::UnknownRule::kDropUnit;
  const double share = 100 * bounds.unknown_weight / bounds.weight;
  const auto tell = [&](Language language, std::string_view name, std::string_view sentence,
                        std::string_view what) {
    return fmt::format(fmt::runtime(sentence), name, unknown, NumberShown(share, 1, language), what,
                       NumberShown(bounds.adjusted.lower, 4, language),
                       NumberShown(bounds.adjusted.upper, 4, language));
  };
  remarks->push_back(
      {"DEPRIVATION_UNKNOWN", true,
       tell(Language::kIndonesian, file.name,
            "{}: {} pengamatan ({} % bobot) mempunyai deprivasi yang tidak diketahui dan {}; M0 "
            "terletak antara {} dan {} apa pun jawabannya",
            drop ? "tidak ikut dihitung" : "dianggap tidak terdeprivasi"),
       tell(Language::kEnglish, file.name_en,
            "{}: {} observations ({} % of the weight) have a deprivation that is not known and {}; "
            "M0 lies between {} and {} whatever the answers are",
            drop ? "are left out" : "count as not deprived there")});
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MpiColumns> FindMpiColumns(const ingestion::CodeBook& book,
                                          const std::vector<std::string>& columns_of_file,
                                          const MpiFile& file) {
  MpiColumns columns;
  for (const MpiIndicatorColumn& indicator : file.indicators) {
    absl::StatusOr<Name> name = FindName(book, columns_of_file, indicator.column);
    if (!name.ok()) return base::Annotate(name.status(), file.specification.id);
    columns.names.push_back(*std::move(name));
  }
  return columns;
}

void TakeMpiColumns(const MpiFile& file, const MpiColumns& columns, FrameRequest* frame) {
  for (size_t i = 0; i < columns.names.size(); ++i) {
    frame->names.push_back(columns.names[i]);
    const bool number = columns.names[i].kind == Name::kColumn && !file.indicators[i].by_code;
    if (number) frame->numbers.insert(columns.names[i].text);
  }
}

std::vector<measures::Deprivations> DeprivationsOf(const Frame& frame, const MpiFile& file,
                                                   const MpiColumns& columns) {
  std::vector<measures::Deprivations> units(frame.size());
  for (size_t j = 0; j < columns.names.size(); ++j) {
    const std::vector<Answer> answers = AnswersTo(
        frame, file.indicators[j], file.specification.indicators[j].cutoff, columns.names[j]);
    for (size_t i = 0; i < units.size(); ++i) units[i].Set(j, answers[i]);
  }
  return units;
}

absl::Status AddMpi(const MpiFile& file, const MpiColumns& columns,
                    const std::vector<Fraction>& cutoffs, Plan* plan,
                    std::vector<Remark>* remarks) {
  const std::vector<measures::Deprivations> units = DeprivationsOf(plan->frame(), file, columns);
  SEPAKAT_RETURN_IF_ERROR(
      measures::CheckMpiSample(file.specification, {units, plan->frame().weights()}));
  SEPAKAT_RETURN_IF_ERROR(TellUnknown(file, *plan, units, remarks));
  MpiSpecification specification = file.specification;
  for (const Fraction& k :
       cutoffs.empty() ? std::vector<Fraction>{specification.cutoff} : cutoffs) {
    specification.cutoff = k;
    MpiFigureSet(file, specification, plan, units).Add();
  }
  return absl::OkStatus();
}

}  // namespace sepakat::measure
