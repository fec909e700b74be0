#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/status.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/pmt_steps.h"
#include "sepakat/cli/survey_input.h"
#include "sepakat/pmt/model_file.h"
#include "sepakat/pmt/score.h"
#include "sepakat/reference/builtin.h"

namespace sepakat::cli {
namespace {

constexpr const char* kHelp =
    "apply a model to a file: score, rank and decile of every family\n"
    "\n"
    "Scores are millionths of log welfare, the same integers that a server adds up; rank 1 is the\n"
    "worst off. Families are named by the row of the file where they begin, never by identity. "
    "What is\n"
    "given is a local estimate and never the official decile.\n"
    "\n"
    "  sepakat pmt score model.toml survei.csv --codebook survei.toml --out scores.csv\n"
    "  sepakat pmt score model_demo register.csv --codebook regsosek_2022 --decile-by persons";

struct Options {
  std::string model;
  std::string model_id;
  SurveyOptions survey;
  std::string decile_by = "families";
  std::string out;
  Format format = Format::kTable;
};

absl::StatusOr<pmt::Model> ReadModelFile(const Options& options) {
  SEPAKAT_ASSIGN_OR_RETURN(const NamedText file,
                           ReadNamed(reference::BuiltinKind::kReference, options.model));
  return pmt::ReadModel(file.name, file.text, options.model_id);
}

std::string ScoresCsv(const pmt::Families& families, const std::vector<pmt::FamilyScore>& scores) {
  std::string text = "row,score_micro,rank,decile\n";
  for (size_t i = 0; i < scores.size(); ++i) {
    const pmt::FamilyScore& score = scores[i];
    const bool ranked = score.rank > 0;
    text += fmt::format("{},{},{},{}\n", families.rows[i],
                        score.score_micro ? std::to_string(*score.score_micro) : "",
                        ranked ? std::to_string(score.rank) : "",
                        ranked ? std::to_string(score.decile) : "");
  }
  return text;
}

struct Decile {
  int64_t families = 0;
  double persons = 0;
  int64_t lowest = 0;
  int64_t highest = 0;
};

void PrintDeciles(const pmt::Families& families, const std::vector<pmt::FamilyScore>& scores,
                  Format format, std::ostream& out) {
  std::vector<Decile> deciles(11);
  for (size_t i = 0; i < scores.size(); ++i) {
    Decile& decile = deciles[scores[i].decile];
    const int64_t score = scores[i].score_micro.value_or(0);
    if (decile.families == 0) decile.lowest = decile.highest = score;
    decile.lowest = std::min(decile.lowest, score);
    decile.highest = std::max(decile.highest, score);
    ++decile.families;
    if (families.sizes[i] > 0) decile.persons += families.weights[i] * families.sizes[i];
  }
  OutputTable table{{{"decile", "decile"},
                     {"families in the file", "families", true},
                     {"persons, weighted", "persons", true},
                     {"lowest score", "lowest_score_micro", true},
                     {"highest score", "highest_score_micro", true}},
                    {}};
  for (size_t decile = 1; decile < deciles.size(); ++decile) {
    const Decile& one = deciles[decile];
    table.rows.push_back({std::to_string(decile), std::to_string(one.families),
                          fmt::format("{:.0f}", one.persons), std::to_string(one.lowest),
                          std::to_string(one.highest)});
  }
  if (deciles[0].families > 0) {
    table.rows.push_back({"unknown", std::to_string(deciles[0].families),
                          fmt::format("{:.0f}", deciles[0].persons), "", ""});
  }
  Print(table, format, out);
}

absl::StatusOr<int> Run(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const pmt::Model model, ReadModelFile(options));
  SEPAKAT_ASSIGN_OR_RETURN(const SurveyInput survey, OpenSurvey(options.survey, environment));
  pmt::FamiliesRequest request;
  request.today = Today(environment);
  for (const pmt::ModelTerm& term : model.terms) {
    if (term.term.of_file) request.columns.insert(term.term.name);
  }
  SEPAKAT_ASSIGN_OR_RETURN(const pmt::Families families,
                           pmt::ReadFamilies(survey.file, survey.book, request));
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<pmt::FamilyScore> scores,
                           pmt::ScoreFamilies(families, model, options.decile_by == "persons"));
  if (!options.out.empty()) {
    SEPAKAT_RETURN_IF_ERROR(WriteFile(options.out, ScoresCsv(families, scores)));
  }
  if (options.format == Format::kTable) {
    environment.out << fmt::format("{} {}: {}\n", model.id, model.version, kLocalEstimate);
  }
  PrintDeciles(families, scores, options.format, environment.out);
  return kExitOk;
}

}  // namespace

void AddPmtScore(CLI::App& group, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = group.add_subcommand("score", kHelp);
  command->add_option("model", options->model, "TOML file, or name of a built-in one")
      ->required()
      ->type_name("MODEL");
  AddSurveyOptions(*command, options->survey);
  command->add_option("--model-id", options->model_id,
                      "id of the model, where the file has several");
  command
      ->add_option("--decile-by", options->decile_by,
                   "deciles hold equal numbers of families or of persons")
      ->check(CLI::IsMember({"families", "persons"}));
  command->add_option("--out", options->out, "write row, score, rank and decile (CSV)")
      ->type_name("PATH");
  AddFormatOption(*command, options->format);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
