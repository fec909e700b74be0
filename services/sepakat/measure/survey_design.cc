#include "sepakat/measure/survey_design.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"
#include "common/measures/survey/design_findings.h"

namespace sepakat::measure {
namespace {

std::vector<std::string> NamesOf(const ingestion::CodeBook& book, const std::vector<int>& slots) {
  std::vector<std::string> names;
  for (const int slot : slots) names.emplace_back(book.column(slot));
  return names;
}

// Reasons that the frame tells itself, with the column.
bool IsToldAlready(const measures::Finding& finding) {
  return finding.reason == "ZERO_WEIGHTS" || finding.reason == "VALUE_MISSING";
}

// Columns of a design with their memory.
class Columns {
 public:
  Columns(const Frame& frame, std::vector<Remark>* remarks) : frame_(frame), remarks_(*remarks) {}

  void AddStage(const std::vector<std::string>& units, const std::vector<std::string>& strata,
                const std::optional<ingestion::FinitePopulation>& population) {
    Memory& memory = memory_.emplace_back();
    if (!units.empty()) {
      memory.units = frame_.CodesOf(units);
      TellUnknown(&memory.units, true);
    }
    if (!strata.empty()) {
      memory.strata = frame_.CodesOf(strata);
      TellUnknown(&memory.strata, false);
    }
    if (population) {
      memory.population = frame_.FamilyNumbersOf(population->column);
      memory.form = population->is_share ? measures::Population::Form::kFraction
                                         : measures::Population::Form::kCount;
    }
  }

  measures::DesignColumns View() const {
    measures::DesignColumns columns{frame_.weights(), {}};
    for (const Memory& memory : memory_) {
      columns.stages.push_back({memory.units, memory.strata, {memory.form, memory.population}});
    }
    return columns;
  }

 private:
  struct Memory {
    std::vector<int64_t> units;
    std::vector<int64_t> strata;
    std::vector<double> population;
    measures::Population::Form form = measures::Population::Form::kUnknown;
  };

  void TellUnknown(std::vector<int64_t>* codes, bool units) {
    const auto unknown = std::ranges::count(*codes, -1);
    if (unknown == 0) return;
    if (units) {
      // Below every code that a column can have.
      int64_t own = -2;
      for (int64_t& code : *codes) {
        if (code == -1) code = own--;
      }
      remarks_.push_back(
          {"PSU_UNKNOWN", true,
           fmt::format("unit sampel {} baris kosong; setiap baris itu dianggap terpilih sendiri, "
                       "sehingga galat terlalu kecil",
                       unknown),
           fmt::format("the sampling unit of {} rows is empty; each counts as drawn by itself, so "
                       "errors are too small",
                       unknown)});
      return;
    }
    remarks_.push_back(
        {"STRATUM_UNKNOWN", true,
         fmt::format("strata {} baris kosong; baris-baris itu dianggap satu strata sendiri, "
                     "sehingga galat hanya perkiraan",
                     unknown),
         fmt::format("the stratum of {} rows is empty; together they count as one more stratum, so "
                     "errors are approximate",
                     unknown)});
  }

  const Frame& frame_;
  std::vector<Remark>& remarks_;
  std::vector<Memory> memory_;
};

// Says how many strata have one unit, what was found on the way, and which option helps.
absl::Status SinglePsu(const measures::DesignColumns& view, measures::DesignRules rules,
                       const std::vector<Remark>& remarks) {
  rules.single_psu = measures::SinglePsu::kCertainty;
  SEPAKAT_ASSIGN_OR_RETURN(const measures::Design lenient, measures::Design::Create(view, rules));
  std::string cause;
  for (const Remark& remark : remarks) {
    if (remark.reason == "STRATUM_UNKNOWN") cause = " (" + remark.text_en + ")";
  }
  return base::Error(
      absl::StatusCode::kInvalidArgument, "SINGLE_PSU",
      fmt::format("{} of {} strata have one primary sampling unit, so nobody knows how much their "
                  "totals vary{}; join them with similar strata in the data, or choose "
                  "--single-psu certainty, centred or average",
                  lenient.single_psu_strata(), lenient.strata(), cause));
}

}  // namespace

absl::StatusOr<SurveyDesign> MakeDesign(const Frame& frame, const DesignOptions& options) {
  const ingestion::CodeBook& book = frame.book();
  const ingestion::SurveyDesignRole& role = book.survey.design;
  std::vector<Remark> remarks;
  Columns columns(frame, &remarks);
  columns.AddStage(NamesOf(book, book.psu_slots), NamesOf(book, book.stratum_slots),
                   role.population);
  for (const ingestion::SurveyStage& stage : role.stages) {
    columns.AddStage(stage.unit_columns, stage.stratum_columns, stage.population);
  }
  const measures::DesignColumns view = columns.View();
  absl::StatusOr<measures::Design> design = measures::Design::Create(view, options.rules);
  if (!design.ok()) {
    return base::ReasonOf(design.status()) == "SINGLE_PSU" ? SinglePsu(view, options.rules, remarks)
                                                           : design.status();
  }
  for (measures::Finding& finding : measures::FindingsOf(*design, view, {})) {
    if (IsToldAlready(finding)) continue;
    remarks.push_back(
        {std::move(finding.reason), true, std::move(finding.text_id), std::move(finding.text_en)});
  }
  return SurveyDesign{*std::move(design), std::move(remarks)};
}

}  // namespace sepakat::measure
