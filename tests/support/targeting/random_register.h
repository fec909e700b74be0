// Small random registers and parameters for property tests of the engine.
//
// All draws come from rapidcheck, so a failure shrinks and names its seed. Thread: one.
#pragma once

#include <string>
#include <vector>

#include "targeting/domain/engine.h"

namespace sepakat::support {

// `count` families of a population called `register`, each once, with holes among the answers.
std::vector<targeting::FamilyUpdate> RandomFamilies(int count);

// Lines, models, settings, programmes and a measure that agree with each other.
std::vector<targeting::ParameterChange> RandomParameters();

targeting::PovertyLine RandomLine();
targeting::Model RandomModel();
targeting::MpiParameter RandomMpi();
targeting::RankingSettings RandomSettings();
// One of the programmes that RandomParameters() may record.
targeting::Programme RandomProgramme();
// A few variables that models, rules and programmes above ask for, with a legal value.
std::pair<targeting::Variable, int32_t> RandomAnswer();

}  // namespace sepakat::support
