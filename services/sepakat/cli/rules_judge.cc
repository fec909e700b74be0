#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>

#include "common/base/status.h"
#include "common/canonical/variables.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/rules_steps.h"
#include "sepakat/cli/survey_input.h"
#include "sepakat/judge/judgement.h"
#include "sepakat/pmt/families.h"

namespace sepakat::cli {
namespace {

constexpr const char* kHelp =
    "put a rule set to every family of a survey: true, false and unknown by rule\n"
    "\n"
    "Reads what the code book translates; a variable that the set declares itself is read from "
    "the\n"
    "column of that name, if the file has one. Percentages are weighted, among families of which "
    "the\n"
    "answer is known. Families are named by their row, never by identity.\n"
    "\n"
    "  sepakat rules judge register.csv --codebook regsosek_2022\n"
    "  sepakat rules judge survei.csv --codebook survei.toml --rules pupr-rtlh-2018 --out "
    "judged.csv";

struct Options {
  SurveyOptions survey;
  std::string rules = "bps-2019";
  std::string out;
  Format format = Format::kTable;
};

// What each family answers to one variable of the rules.
std::vector<int32_t> AnswersOf(const pmt::Families& families, const std::string& variable) {
  std::vector<double> values(families.size(), measure::kUnknownNumber);
  if (variable == rules::kSizeVariable) {
    values = families.sizes;
  } else if (canonical::FindVariable(variable) != nullptr) {
    values = families.ValuesOf({.name = variable});
  } else if (families.columns.contains(variable)) {
    values = families.ValuesOf({.name = variable, .of_file = true});
  }
  std::vector<int32_t> answers;
  std::ranges::transform(values, std::back_inserter(answers), judge::WholeAnswer);
  return answers;
}

void PrintCounts(const rules::RuleSet& set, const judge::Judgement& judged,
                 const pmt::Families& families, Format format, std::ostream& out) {
  OutputTable table{{{"rule", "rule"},
                     {"name", "name"},
                     {"true", "true", true},
                     {"false", "false", true},
                     {"unknown", "unknown", true},
                     {"true %, weighted", "true_percent", true}},
                    {}};
  for (const int rule : judged.rules()) {
    std::array<int64_t, 3> count{};
    std::array<double, 3> weight{};
    for (size_t family = 0; family < judged.families(); ++family) {
      const auto answer = static_cast<size_t>(judged.Of(rule, family));
      ++count[answer];
      weight[answer] += families.weights[family];
    }
    const std::string_view id = judged.program().id(rule);
    const double known = weight[0] + weight[1];
    table.rows.push_back({std::string(id), set.Find(id)->name, std::to_string(count[1]),
                          std::to_string(count[0]), std::to_string(count[2]),
                          known > 0 ? fmt::format("{:.2f}", 100 * weight[1] / known) : ""});
  }
  Print(table, format, out);
}

std::string JudgedCsv(const judge::Judgement& judged, const pmt::Families& families) {
  std::string text = "row,rule,answer,reasons\n";
  for (size_t family = 0; family < judged.families(); ++family) {
    for (const int rule : judged.rules()) {
      text +=
          fmt::format("{},{},{},{}\n", families.rows[family], judged.program().id(rule),
                      NameOf(judged.Of(rule, family)), fmt::join(judged.Why(rule, family), " "));
    }
  }
  return text;
}

absl::StatusOr<int> Run(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const rules::RuleSet set, ReadRuleSet(options.rules));
  SEPAKAT_ASSIGN_OR_RETURN(const SurveyInput survey, OpenSurvey(options.survey, environment));
  pmt::FamiliesRequest request;
  request.columns = judge::ColumnsOf(set, survey.file.columns());
  request.today = Today(environment);
  SEPAKAT_ASSIGN_OR_RETURN(const pmt::Families families,
                           pmt::ReadFamilies(survey.file, survey.book, request));
  const judge::Judgement judged(set, families.size(), [&](const std::string& variable) {
    return AnswersOf(families, variable);
  });
  if (!options.out.empty()) {
    SEPAKAT_RETURN_IF_ERROR(WriteFile(options.out, JudgedCsv(judged, families)));
  }
  if (options.format == Format::kTable) {
    environment.out << fmt::format("{}: {}\n", set.version, set.source);
  }
  PrintCounts(set, judged, families, options.format, environment.out);
  return kExitOk;
}

}  // namespace

void AddRulesJudge(CLI::App& group, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = group.add_subcommand("judge", kHelp);
  AddSurveyOptions(*command, options->survey);
  command
      ->add_option("--rules", options->rules, "TOML file, or version of a built-in set (bps-2019)")
      ->type_name("SET");
  command->add_option("--out", options->out, "write every answer with its reasons (CSV)")
      ->type_name("PATH");
  AddFormatOption(*command, options->format);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
