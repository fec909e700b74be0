#include "targeting/domain/engine.h"

#include <algorithm>

#include "common/base/status.h"

namespace sepakat::targeting {

ParameterSet& Parameters::Of(const std::string& population) {
  auto [it, inserted] = sets_.try_emplace(population);
  if (inserted) {
    it->second.population.id = population;
    it->second.settings.population = population;
  }
  return it->second;
}

void Parameters::Change(const ParameterChange& change, std::set<std::string>* populations) {
  if (change.population) {
    Of(change.population->id).population = *change.population;
    populations->insert(change.population->id);
  }
  if (change.line) {
    Of(change.line->population).lines[change.line->key()] = *change.line;
    populations->insert(change.line->population);
  }
  if (change.model) {
    Of(change.model->population).models[change.model->id] = *change.model;
    populations->insert(change.model->population);
  }
  if (change.settings) {
    Of(change.settings->population).settings = *change.settings;
    populations->insert(change.settings->population);
  }
  if (change.mpi) {
    Of(change.mpi->population).mpi = *change.mpi;
    populations->insert(change.mpi->population);
  }
  if (!change.programme) return;
  for (auto& [id, set] : sets_) {
    if (id == change.programme->population) continue;
    if (set.programmes.erase(change.programme->id) > 0) populations->insert(id);
  }
  Of(change.programme->population).programmes[change.programme->id] = *change.programme;
  populations->insert(change.programme->population);
}

const ParameterSet* Parameters::Find(std::string_view population) const {
  const auto it = sets_.find(population);
  return it == sets_.end() ? nullptr : &it->second;
}

std::string Parameters::PopulationOfProgramme(std::string_view programme) const {
  for (const auto& [id, set] : sets_) {
    if (set.programmes.contains(std::string(programme))) return id;
  }
  return {};
}

std::vector<ParameterInUse> Parameters::InUse(const RuleSet& rules) const {
  std::vector<ParameterInUse> used;
  for (const auto& [population, set] : sets_) {
    for (const auto& [key, line] : set.lines) {
      used.push_back({"poverty_line", population + "/" + line.region, line.version});
    }
    for (const auto& [id, model] : set.models) {
      used.push_back({"model", population + "/" + id, model.version});
    }
    for (const auto& [id, programme] : set.programmes) {
      used.push_back({"programme", id, programme.version});
    }
    used.push_back({"decile_setting", population, set.settings.version});
    used.push_back({"mpi", population + "/" + set.mpi.id, set.mpi.version});
  }
  used.push_back({"rule_set", std::string(rules.version), std::string(rules.version)});
  std::ranges::sort(used);
  return used;
}

absl::Status Check(const ParameterChange& change, const Parameters& parameters) {
  if (change.line) {
    const ParameterSet* set = parameters.Find(change.line->population);
    SEPAKAT_RETURN_IF_ERROR(Check(*change.line, set == nullptr ? Population{} : set->population));
  }
  if (change.model) SEPAKAT_RETURN_IF_ERROR(Check(*change.model));
  if (change.mpi) SEPAKAT_RETURN_IF_ERROR(Check(*change.mpi));
  if (change.settings) {
    SEPAKAT_RETURN_IF_ERROR(Check(*change.settings));
    const std::string& model = change.settings->model_id;
    const ParameterSet* set = parameters.Find(change.settings->population);
    if (!model.empty() && model != kWelfareRanking &&
        (set == nullptr || !set->models.contains(model))) {
      return base::Error(absl::StatusCode::kInvalidArgument, "MODEL_UNKNOWN",
                         "no model is called " + model + "; record it before it ranks");
    }
  }
  return absl::OkStatus();
}

PopulationState& Engine::Of(const std::string& population) {
  std::unique_ptr<PopulationState>& state = populations_[population];
  if (state == nullptr) state = std::make_unique<PopulationState>(population, rules_);
  return *state;
}

void Engine::Stage(const ParameterChange& change) {
  parameters_.Change(change, &staged_);
  dirty_ = true;
}

void Engine::UseStaged() {
  for (const std::string& population : staged_) {
    Of(population).SetParameters(*parameters_.Find(population));
  }
  staged_.clear();
}

absl::Status Engine::Apply(const FamilyUpdate& update) {
  SEPAKAT_RETURN_IF_ERROR(CheckIntake(update));
  if (!staged_.empty()) UseStaged();
  switch (Of(update.population).Apply(update)) {
    case Applied::kChanged:
      ++counts_.changed;
      dirty_ = true;
      break;
    case Applied::kLate:
      ++counts_.late;
      break;
    case Applied::kRepeated:
      ++counts_.repeated;
      break;
    case Applied::kConflict:
      ++counts_.conflicts;
      dirty_ = true;
      break;
    case Applied::kFull:
      return base::Error(absl::StatusCode::kOutOfRange, "REGION_WEIGHT_FULL",
                         "the weights of the population would pass 2^46");
  }
  return absl::OkStatus();
}

Publication Engine::Cut(bool bulk) {
  UseStaged();
  Publication publication;
  for (const auto& [id, state] : populations_) {
    state->Settle();
    if (cut_in_bulk_ && !bulk) state->Compact();
    Publish(state.get(), bulk, &publication);
  }
  cut_in_bulk_ = bulk;
  dirty_ = false;
  return publication;
}

void Engine::SayEverythingAgain() {
  for (const auto& [id, state] : populations_) state->ForgetSaid();
  dirty_ = true;
}

void Engine::RestoreSaid(std::string_view population, std::string_view region, uint64_t figures) {
  Of(std::string(population)).RestoreSaid(region, figures);
}

std::string Engine::Digest() const {
  base::Digest128 digest;
  for (const auto& [id, state] : populations_) digest.Add(id + "|" + state->digest().Hex());
  return digest.Hex();
}

int64_t Engine::families() const {
  int64_t families = 0;
  for (const auto& [id, state] : populations_) families += state->families();
  return families;
}

const PopulationState* Engine::Find(std::string_view population) const {
  const auto it = populations_.find(population);
  return it == populations_.end() ? nullptr : it->second.get();
}

}  // namespace sepakat::targeting
