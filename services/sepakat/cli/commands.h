// Every command of the program, each in a file of its own.
#pragma once

#include "sepakat/cli/command.h"

namespace sepakat::cli {

void AddGenerate(CLI::App& program, Action& chosen);
void AddIngest(CLI::App& program, Action& chosen);
void AddMeasure(CLI::App& program, Action& chosen);
void AddJoin(CLI::App& program, Action& chosen);
void AddReport(CLI::App& program, Action& chosen);
void AddCodebook(CLI::App& program, Action& chosen);
void AddQuarantine(CLI::App& program, Action& chosen);
void AddReference(CLI::App& program, Action& chosen);
void AddPmt(CLI::App& program, Action& chosen);
void AddRules(CLI::App& program, Action& chosen);
void AddRegions(CLI::App& program, Action& chosen);
void AddSeries(CLI::App& program, Action& chosen);
void AddBoundaries(CLI::App& program, Action& chosen);
void AddTopics(CLI::App& program, Action& chosen);
void AddVerify(CLI::App& program, Action& chosen);
void AddExplain(CLI::App& program, Action& chosen);
void AddWhatIf(CLI::App& program, Action& chosen);
void AddVersion(CLI::App& program, Action& chosen);

}  // namespace sepakat::cli
