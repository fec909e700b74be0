// All populations, and the steps from a batch of inputs to a publication.
//
//   engine.Stage(change)...    parameters of the batch, in any order
//   engine.Apply(update)...    families of the batch, in any order
//   engine.Cut(bulk)           settles, says the difference to the last cut, and its digest
//
// The state after Cut() is a function of the newest version of each family and of the parameters.
// Staged parameters take effect before the families of the same batch; the order inside a batch
// does not matter. Holds no clock and no log. Thread: one owner.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "targeting/domain/publication.h"

namespace sepakat::targeting {

// Parameters in force for all populations, as commands and queries see them.
class Parameters {
 public:
  // A parameter is replaced by its next version, never removed. A programme that names another
  // population than before leaves the former.
  void Change(const ParameterChange& change, std::set<std::string>* populations);
  const ParameterSet* Find(std::string_view population) const;
  const std::map<std::string, ParameterSet, std::less<>>& all() const { return sets_; }
  // Population of a programme; empty when there is no such programme.
  std::string PopulationOfProgramme(std::string_view programme) const;
  std::vector<ParameterInUse> InUse(const RuleSet& rules) const;

 private:
  ParameterSet& Of(const std::string& population);

  std::map<std::string, ParameterSet, std::less<>> sets_;
};

// What a command must pass. InvalidArgument with reason when the change contradicts itself or what
// is recorded (a line in the unit of its population, a ranking model that exists).
absl::Status Check(const ParameterChange& change, const Parameters& parameters);

struct EngineCounts {
  int64_t changed = 0;
  int64_t late = 0;
  int64_t repeated = 0;
  int64_t conflicts = 0;
};

class Engine {
 public:
  // `rules` outlives the engine.
  explicit Engine(const RuleSet* rules) : rules_(rules) {}

  // Accepts every parameter, so that the order of topics does not matter: a line that makes no
  // sense in its population's unit applies to nobody, a ranking model that is missing leaves
  // welfare to rank, programmes beyond kMaxProgrammes (by id) are not counted.
  void Stage(const ParameterChange& change);
  // Errors: the intake limits (CheckIntake), OutOfRange REGION_WEIGHT_FULL; nothing was changed.
  absl::Status Apply(const FamilyUpdate& update);
  Publication Cut(bool bulk);
  // Forgets what was said, so that the next cut says every figure, need and ranking.
  void SayEverythingAgain();
  // The state of a checkpoint, after its parameters and families were cut: what was counted, and
  // what was said last of a region that is empty.
  void RestoreCounts(const EngineCounts& counts) { counts_ = counts; }
  void RestoreSaid(std::string_view population, std::string_view region, uint64_t figures);
  // True if anything was staged or applied since the last cut.
  bool dirty() const { return dirty_; }

  // The digest of the state at the last cut, 32 hex digits.
  std::string Digest() const;
  int64_t families() const;
  const EngineCounts& counts() const { return counts_; }
  const Parameters& parameters() const { return parameters_; }
  const RuleSet& rules() const { return *rules_; }
  const std::map<std::string, std::unique_ptr<PopulationState>, std::less<>>& populations() const {
    return populations_;
  }
  // nullptr for a population nobody recorded.
  const PopulationState* Find(std::string_view population) const;

 private:
  PopulationState& Of(const std::string& population);
  void UseStaged();

  const RuleSet* rules_;
  Parameters parameters_;
  std::set<std::string> staged_;
  std::map<std::string, std::unique_ptr<PopulationState>, std::less<>> populations_;
  EngineCounts counts_;
  bool dirty_ = false;
  bool cut_in_bulk_ = false;  // the last time
};

}  // namespace sepakat::targeting
