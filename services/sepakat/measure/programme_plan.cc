#include "sepakat/measure/programme_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/base/status.h"
#include "common/measures/quantile.h"

namespace sepakat::measure {
namespace {

using measures::Answer;

class ProgrammeFigures {
 public:
  ProgrammeFigures(const Name& programme, Plan* plan)
      : name_(programme),
        label_(LabelOf(plan->frame().book(), programme)),
        plan_(*plan),
        answers_(plan->frame().ReceiptOf(programme)),
        receives_(std::make_shared<std::vector<double>>(answers_.size())) {
    for (size_t i = 0; i < answers_.size(); ++i) {
      (*receives_)[i] = answers_[i] == Answer::kYes ? 1 : 0;
    }
  }

  void Add() {
    std::vector<bool> known(answers_.size());
    for (size_t i = 0; i < known.size(); ++i) known[i] = answers_[i] != Answer::kUnknown;
    AddShare("coverage", {}, "Cakupan", "Coverage", plan_.UniverseOf(known, nullptr), receives_,
             nullptr);
    for (size_t line = 0; line < plan_.lines().size(); ++line) AddAccuracy(line);
    ReadBenefits();
    if (!plan_.frame().welfare().empty()) AddQuintiles();
  }

  void TellUnknown(std::vector<Remark>* remarks) const {
    const auto unknown = std::ranges::count(answers_, Answer::kUnknown);
    if (unknown == 0) return;
    remarks->push_back(
        {"RECEIPT_UNKNOWN", false,
         fmt::format("{}: tidak diketahui apakah {} pengamatan menerima; mereka tidak masuk angka "
                     "program ini",
                     label_, unknown),
         fmt::format("{}: whether {} observations receive is not known; they are in no figure of "
                     "this programme",
                     label_, unknown)});
  }

 private:
  void AddShare(std::string_view measure, Parameters parameters, std::string_view name_id,
                std::string_view name_en, size_t universe, SharedColumn numerator,
                SharedColumn denominator) {
    Subject subject{.measure = fmt::format("programme.{}", measure),
                    .parameters = {{"programme", name_.text}},
                    .unit = Unit::kShare,
                    .name_id = fmt::format("{}: {}", label_, name_id),
                    .name_en = fmt::format("{}: {}", label_, name_en)};
    subject.parameters.insert(subject.parameters.end(), parameters.begin(), parameters.end());
    plan_.AddFigure(
        std::move(subject), universe,
        RatioStatistic(std::move(numerator), std::move(denominator), {.is_share = true}));
  }

  // Observations of which receipt and what `universe` asks are known.
  size_t KnownIn(size_t universe, SharedColumn values) {
    std::vector<bool> known = plan_.universes()[universe].keep;
    for (size_t i = 0; i < known.size(); ++i) {
      if (answers_[i] == Answer::kUnknown) known[i] = false;
      if (!benefit_known_.empty() && !benefit_known_[i]) known[i] = false;
    }
    return plan_.UniverseOf(std::move(known), std::move(values));
  }

  void AddAccuracy(size_t line) {
    const size_t universe = KnownIn(plan_.LineUniverse(line), nullptr);
    const PlannedLine& planned = plan_.lines()[line];
    Parameters parameters = {{"line", planned.spec.text}};
    if (planned.uniform) parameters.emplace_back("lineValue", *planned.uniform);
    const SharedColumn poor = plan_.PoorColumn(line);
    auto others = std::make_shared<std::vector<double>>(*poor);
    auto reached = std::make_shared<std::vector<double>>(*poor);
    auto missed = std::make_shared<std::vector<double>>(*poor);
    auto leaked = std::make_shared<std::vector<double>>(*poor);
    for (size_t i = 0; i < others->size(); ++i) {
      (*others)[i] = 1 - (*poor)[i];
      (*reached)[i] = (*poor)[i] * (*receives_)[i];
      (*missed)[i] = (*poor)[i] * (1 - (*receives_)[i]);
      (*leaked)[i] = (*others)[i] * (*receives_)[i];
    }
    AddShare("coverage_of_poor", parameters, "penduduk miskin yang menerima", "poor who receive",
             universe, reached, poor);
    AddShare("exclusion_error", parameters, "kesalahan eksklusi (miskin, tidak menerima)",
             "exclusion error (poor, not receiving)", universe, missed, poor);
    AddShare("inclusion_error", parameters, "kesalahan inklusi (menerima, tidak miskin)",
             "inclusion error (receiving, not poor)", universe, leaked, receives_);
    AddShare("coverage_of_others", parameters, "penduduk tidak miskin yang menerima",
             "others who receive", universe, leaked, others);
  }

  // Equal benefits where the book knows no amounts.
  void ReadBenefits() {
    benefits_ = receives_;
    benefit_known_.assign(answers_.size(), true);
    const std::vector<double> amounts = plan_.frame().AmountOf(name_);
    if (amounts.empty()) return;
    auto benefits = std::make_shared<std::vector<double>>(answers_.size(), 0.0);
    for (size_t i = 0; i < amounts.size(); ++i) {
      if (answers_[i] != Answer::kYes) continue;
      benefit_known_[i] = amounts[i] >= 0;
      if (benefit_known_[i]) (*benefits)[i] = amounts[i];
    }
    benefits_ = std::move(benefits);
    Subject subject{.measure = "programme.mean_amount",
                    .parameters = {{"programme", name_.text}},
                    .unit = Unit::kWelfare,
                    .name_id = label_ + ": rata-rata yang diterima",
                    .name_en = label_ + ": mean amount received"};
    plan_.AddFigure(std::move(subject), KnownIn(plan_.EverybodyUniverse(), nullptr),
                    RatioStatistic(benefits_, receives_, {}));
  }

  void AddQuintiles() {
    const size_t universe = KnownIn(plan_.WelfareUniverse(), plan_.welfare());
    AddConcentration(universe);
    const std::vector<uint32_t> groups = WelfareGroups(plan_, kQuintiles);
    for (uint32_t group = 1; group <= kQuintiles; ++group) {
      auto inside = std::make_shared<std::vector<double>>(groups.size());
      auto receiving = std::make_shared<std::vector<double>>(groups.size());
      for (size_t i = 0; i < groups.size(); ++i) {
        (*inside)[i] = groups[i] == group ? 1 : 0;
        (*receiving)[i] = (*inside)[i] * (*receives_)[i];
      }
      const Parameters parameters = {{"quintile", static_cast<double>(group)}};
      AddShare("coverage_of_quintile", parameters, fmt::format("cakupan kuintil {}", group),
               fmt::format("coverage of quintile {}", group), universe, receiving, inside);
      if (benefits_ != receives_) {
        auto benefits = std::make_shared<std::vector<double>>(groups.size());
        for (size_t i = 0; i < groups.size(); ++i) (*benefits)[i] = (*inside)[i] * (*benefits_)[i];
        AddShare("benefit_incidence", parameters, fmt::format("bagian manfaat kuintil {}", group),
                 fmt::format("share of benefits of quintile {}", group), universe,
                 std::move(benefits), benefits_);
      }
      AddShare("incidence", parameters, fmt::format("bagian penerima di kuintil {}", group),
               fmt::format("share of recipients in quintile {}", group), universe, receiving,
               receives_);
    }
  }

  // How much more than their share of the population the poorest receive.
  void AddConcentration(size_t universe) {
    for (const double share : {0.0, 0.2, 0.4}) {
      Subject subject{.measure = share > 0 ? "programme.cgh" : "programme.concentration",
                      .parameters = {{"programme", name_.text}},
                      .unit = Unit::kIndex,
                      .name_id = label_ + ": indeks konsentrasi",
                      .name_en = label_ + ": concentration index"};
      if (share > 0) {
        subject.parameters.emplace_back("population", share);
        subject.name_id = fmt::format("{}: indeks CGH {} % termiskin", label_, 100 * share);
        subject.name_en = fmt::format("{}: CGH index, poorest {} %", label_, 100 * share);
      }
      plan_.AddFigure(std::move(subject), universe, ConcentrationStatistic(benefits_, share));
    }
  }

  const Name& name_;
  std::string label_;
  Plan& plan_;
  std::vector<Answer> answers_;
  std::shared_ptr<std::vector<double>> receives_;
  SharedColumn benefits_;
  std::vector<bool> benefit_known_;
};

}  // namespace

std::vector<uint32_t> WelfareGroups(const Plan& plan, uint32_t groups) {
  const Universe& universe = plan.universes()[plan.WelfareUniverseNumber()];
  std::vector<double> values;
  std::vector<double> weights;
  for (size_t i = 0; i < universe.keep.size(); ++i) {
    if (!universe.keep[i]) continue;
    values.push_back(plan.frame().welfare()[i]);
    weights.push_back(plan.frame().weights()[i]);
  }
  std::vector<uint32_t> placed(universe.keep.size(), 0);
  if (!measures::CheckSample({values, weights}).ok()) return placed;
  const auto numbers = measures::QuantileGroups(measures::SortedSample({values, weights}), groups);
  if (!numbers.ok()) return placed;
  size_t next = 0;
  for (size_t i = 0; i < placed.size(); ++i) {
    if (universe.keep[i]) placed[i] = (*numbers)[next++];
  }
  return placed;
}

absl::Status AddProgramme(const Name& programme, Plan* plan, std::vector<Remark>* remarks) {
  if (const auto odd = plan->frame().OddReceipt(programme)) {
    return base::Error(
        absl::StatusCode::kInvalidArgument, "PROGRAMME_CODES",
        fmt::format("--programme {}: there are answers other than 1 and 0, such as '{}'; say in "
                    "the code book which of them received ([[programme]] with received and "
                    "not_received), or name a variable such as aid_pkh",
                    programme.text, *odd));
  }
  ProgrammeFigures figures(programme, plan);
  figures.Add();
  figures.TellUnknown(remarks);
  return absl::OkStatus();
}

}  // namespace sepakat::measure
