#include "tests/support/survey/random_survey.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace sepakat::support {
namespace {

using measures::Population;
using measures::SinglePsu;

// Grows the rows of a survey unit by unit. Draws are written out so that every platform's standard
// library gives the same survey.
class Grower {
 public:
  explicit Grower(RandomSurvey& survey) : survey_(survey), random_(survey.shape.seed) {}

  void Grow() {
    const SurveyShape& shape = survey_.shape;
    survey_.stages.resize(static_cast<size_t>(shape.stages));
    const int strata = shape.strata + shape.single_psu_strata;
    for (int h = 0; h < strata; ++h) {
      const bool single = h >= shape.strata;
      const int psus = single ? 1 : shape.psus_per_stratum + Draw(0, 3);
      path_.assign(1, Node{});
      path_[0].stratum = h;
      path_[0].population = PopulationOf(psus, shape.whole_strata && h == 0);
      stratum_level_ = 0.4 * Uniform();
      for (int i = 0; i < psus; ++i) {
        path_.resize(1);
        path_[0].unit = 100 * (h + 1) + i;
        cluster_level_ = stratum_level_ + 0.5 * Uniform();
        GrowUnit(1);
      }
    }
    Shuffle();
  }

 private:
  struct Node {
    int64_t unit = 0;
    int64_t stratum = 0;
    double population = 0;
  };

  double Uniform() { return static_cast<double>(random_() >> 11) * 0x1p-53; }
  int Draw(int from, int to) {
    return from + static_cast<int>(random_() % static_cast<uint64_t>(to - from + 1));
  }
  double Normal() {
    return std::sqrt(-2 * std::log(1 - Uniform())) * std::cos(2 * M_PI * Uniform());
  }

  double PopulationOf(int drawn, bool whole) {
    const int all = whole ? drawn : drawn + Draw(1, 3 * drawn);
    return survey_.shape.population == Population::Form::kFraction
               ? static_cast<double>(drawn) / all
               : all;
  }

  void GrowUnit(int stage) {
    const SurveyShape& shape = survey_.shape;
    if (stage == shape.stages) {
      const int rows = shape.clustered ? Draw(2, 6) : 1;
      for (int i = 0; i < rows; ++i) AddRow();
      return;
    }
    const int strata = shape.second_stage_strata ? 2 : 1;
    for (int h = 0; h < strata; ++h) {
      const int units = shape.single_second_units && Draw(0, 3) == 0 ? 1 : Draw(2, 4);
      const double population = PopulationOf(units, false);
      for (int i = 0; i < units; ++i) {
        path_.resize(static_cast<size_t>(stage));
        path_.push_back({10 * h + i, h, population});
        GrowUnit(stage + 1);
      }
    }
  }

  void AddRow() {
    const SurveyShape& shape = survey_.shape;
    for (size_t s = 0; s < survey_.stages.size(); ++s) {
      RandomSurvey::StageColumns& stage = survey_.stages[s];
      if (shape.clustered || s > 0) stage.units.push_back(path_[s].unit);
      const bool stratified =
          s == 0 ? shape.strata + shape.single_psu_strata > 1 : shape.second_stage_strata;
      if (stratified) stage.strata.push_back(path_[s].stratum);
      if (shape.population != Population::Form::kUnknown) {
        stage.population.push_back(path_[s].population);
      }
    }
    const double weight = shape.integer_weights ? Draw(1, 9) : 20 + 180 * Uniform();
    survey_.weights.push_back(shape.zero_weights && Draw(0, 11) == 0 ? 0.0 : weight);
    survey_.welfare.push_back(1000 * std::exp(cluster_level_ + 0.6 * Normal()));
    survey_.size.push_back(Draw(1, 7));
    survey_.deprived.push_back(Uniform() < 0.2 + 0.5 * cluster_level_ ? 1 : 0);
    survey_.domain.push_back(static_cast<uint32_t>(Draw(0, static_cast<int>(survey_.domains) - 1)));
  }

  template <typename Column>
  void Reorder(Column& column, const std::vector<size_t>& order) {
    if (column.empty()) return;
    Column moved;
    for (const size_t row : order) moved.push_back(column[row]);
    column = std::move(moved);
  }

  void Shuffle() {
    std::vector<size_t> order(survey_.rows());
    std::iota(order.begin(), order.end(), size_t{0});
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_() % i]);
    for (RandomSurvey::StageColumns& stage : survey_.stages) {
      Reorder(stage.units, order);
      Reorder(stage.strata, order);
      Reorder(stage.population, order);
    }
    Reorder(survey_.weights, order);
    Reorder(survey_.welfare, order);
    Reorder(survey_.size, order);
    Reorder(survey_.deprived, order);
    Reorder(survey_.domain, order);
  }

  RandomSurvey& survey_;
  std::mt19937_64 random_;
  std::vector<Node> path_;
  double stratum_level_ = 0;
  double cluster_level_ = 0;
};

}  // namespace

measures::DesignColumns RandomSurvey::columns() const {
  measures::DesignColumns result;
  result.weights = weights;
  for (const StageColumns& stage : stages) {
    result.stages.push_back({stage.units, stage.strata, {shape.population, stage.population}});
  }
  return result;
}

measures::DesignRules RandomSurvey::rules() const {
  return {.single_psu = shape.single_psu,
          .units_numbered_within_strata = true,
          .ultimate_cluster = shape.ultimate_cluster};
}

RandomSurvey MakeSurvey(const SurveyShape& shape) {
  RandomSurvey survey;
  survey.shape = shape;
  Grower(survey).Grow();
  return survey;
}

std::vector<SurveyShape> AllShapes() {
  constexpr auto kCount = Population::Form::kCount;
  constexpr auto kFraction = Population::Form::kFraction;
  return {
      {.name = "simple random", .psus_per_stratum = 150, .clustered = false, .seed = 11},
      {.name = "simple random, population known",
       .psus_per_stratum = 150,
       .clustered = false,
       .population = kCount,
       .seed = 12},
      {.name = "stratified rows",
       .strata = 5,
       .psus_per_stratum = 30,
       .clustered = false,
       .seed = 13},
      {.name = "stratified rows, fractions, one stratum complete",
       .strata = 5,
       .psus_per_stratum = 30,
       .clustered = false,
       .population = kFraction,
       .whole_strata = true,
       .seed = 14},
      {.name = "clusters", .psus_per_stratum = 40, .seed = 15},
      {.name = "clusters, integer weights",
       .psus_per_stratum = 40,
       .integer_weights = true,
       .seed = 16},
      {.name = "strata and clusters", .strata = 6, .seed = 17},
      {.name = "strata and clusters, some weights 0",
       .strata = 6,
       .zero_weights = true,
       .seed = 18},
      {.name = "strata and clusters, population counts",
       .strata = 6,
       .population = kCount,
       .seed = 19},
      {.name = "single units certain",
       .strata = 5,
       .single_psu_strata = 2,
       .single_psu = SinglePsu::kCertainty,
       .seed = 20},
      {.name = "single units centred",
       .strata = 5,
       .single_psu_strata = 2,
       .single_psu = SinglePsu::kCentred,
       .seed = 21},
      {.name = "single units average",
       .strata = 5,
       .single_psu_strata = 2,
       .single_psu = SinglePsu::kAverage,
       .seed = 22},
      {.name = "single units average, population counts, one stratum complete",
       .strata = 5,
       .single_psu_strata = 2,
       .population = kCount,
       .whole_strata = true,
       .single_psu = SinglePsu::kAverage,
       .seed = 23},
      {.name = "two stages", .strata = 4, .stages = 2, .population = kCount, .seed = 24},
      {.name = "two stages, fractions",
       .strata = 4,
       .stages = 2,
       .population = kFraction,
       .seed = 25},
      {.name = "two stages, one stratum complete",
       .strata = 4,
       .stages = 2,
       .population = kCount,
       .whole_strata = true,
       .seed = 26},
      {.name = "two stages, population unknown", .strata = 4, .stages = 2, .seed = 27},
      {.name = "two stages by the ultimate-cluster rule",
       .strata = 4,
       .stages = 2,
       .population = kCount,
       .ultimate_cluster = true,
       .seed = 28},
      {.name = "two stages, second stratified",
       .strata = 3,
       .stages = 2,
       .second_stage_strata = true,
       .population = kCount,
       .seed = 29},
      {.name = "two stages, single second units certain",
       .strata = 3,
       .stages = 2,
       .second_stage_strata = true,
       .single_second_units = true,
       .population = kCount,
       .single_psu = SinglePsu::kCertainty,
       .seed = 32},
      {.name = "two stages, single second units centred",
       .strata = 3,
       .stages = 2,
       .second_stage_strata = true,
       .single_second_units = true,
       .population = kCount,
       .single_psu = SinglePsu::kCentred,
       .seed = 33},
      {.name = "two stages, single primary units average",
       .strata = 3,
       .single_psu_strata = 2,
       .stages = 2,
       .population = kCount,
       .single_psu = SinglePsu::kAverage,
       .seed = 34},
      {.name = "two stages, single second units average",
       .strata = 3,
       .stages = 2,
       .second_stage_strata = true,
       .single_second_units = true,
       .population = kCount,
       .single_psu = SinglePsu::kAverage,
       .seed = 35},
      {.name = "three stages", .strata = 3, .stages = 3, .population = kCount, .seed = 30},
      {.name = "two stages, single units centred",
       .strata = 3,
       .single_psu_strata = 2,
       .stages = 2,
       .population = kCount,
       .single_psu = SinglePsu::kCentred,
       .seed = 31},
  };
}

}  // namespace sepakat::support
