#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/status.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/measure_output.h"
#include "sepakat/cli/survey_input.h"
#include "sepakat/measure/charts.h"
#include "sepakat/measure/measure_names.h"
#include "sepakat/measure/survey_run.h"

namespace sepakat::cli {
namespace {

using measure::Request;
using measure::SurveyRun;

struct Options {
  SurveyOptions survey;
  std::string mpi;
  std::vector<std::string> rules;
  std::string census;
  std::string compare;
  std::string compare_codebook;
  std::vector<std::string> compare_lines;
  double years = 1;
  measure::RequestTexts request;
  MeasureOutput output;
};

std::string Help() {
  return fmt::format(
      "poverty, inequality and targeting figures of a survey file, with design errors\n"
      "\n"
      "Asks no server and stores nothing: a file, a code book that describes it "
      "(docs/CODEBOOKS.md),\n"
      "and what is to be measured. Every figure comes with its standard error, interval and number "
      "of\n"
      "observations; what is unknown stays unknown and is counted. Formulas: docs/MEASURES.md.\n"
      "\n"
      "  sepakat measure eusilc.csv --codebook eusilc --line 60%median --by region\n"
      "  sepakat measure survei.csv.gz --codebook survei.toml --line 538371 --measures "
      "p0,p1,p2,gini\n"
      "  sepakat measure ssn.dta --codebook ssn.toml --line table:garis.toml --by "
      "regency+urban_rural\n"
      "  sepakat measure ssn.sav --codebook ssn.toml --line column:gk --programme pkh,bpnt\n"
      "  sepakat measure dhs.csv --codebook dhs.toml --mpi mpi_global --mpi-k 1/5,1/3,1/2 --by "
      "region\n"
      "  sepakat measure 2023.csv --codebook b.toml --line 500000 --compare 2024.csv --out "
      "laporan.html\n"
      "\n"
      "A poverty line (--line, may be repeated) is an amount in the survey's unit of welfare, a "
      "share of\n"
      "the distribution (60%median, 50%mean, 60%q0.4), a column (column:NAME) or a table of "
      "regions\n"
      "(table:FILE). Groups (--by) are regions (region, province, regency, district, village), "
      "names of\n"
      "the code book or columns of the file; a+b combines two.\n"
      "\n"
      "Measures:\n"
      "{}"
      "\n"
      "Exit codes: 0 done, 1 failed (one sentence says why), 64 wrong usage.",
      measure::MeasureHelp());
}

absl::Status ReadFilesOf(const Options& options, Request* request) {
  for (measure::LineSpec& line : request->lines) {
    if (line.kind != measure::LineSpec::kTable) continue;
    SEPAKAT_ASSIGN_OR_RETURN(const NamedText table,
                             ReadNamed(reference::BuiltinKind::kReference, line.source));
    SEPAKAT_ASSIGN_OR_RETURN(line.table, measure::ReadLineTable(table.name, table.text));
  }
  if (!options.census.empty()) {
    std::string text = options.census;
    if (FileExists(options.census)) {
      SEPAKAT_ASSIGN_OR_RETURN(text, ReadFile(options.census));
    } else if (text.find_first_not_of("0123456789.") != std::string::npos) {
      return ReadFile(options.census).status();
    }
    SEPAKAT_ASSIGN_OR_RETURN(request->census, measure::ReadCensus(text));
  }
  for (const std::string& name : options.rules) {
    SEPAKAT_ASSIGN_OR_RETURN(rules::RuleSet set, ReadRuleSet(name));
    request->rules.push_back(std::move(set));
  }
  if (options.mpi.empty()) return absl::OkStatus();
  SEPAKAT_ASSIGN_OR_RETURN(const NamedText mpi,
                           ReadNamed(reference::BuiltinKind::kMpi, options.mpi));
  SEPAKAT_ASSIGN_OR_RETURN(request->mpi, measure::ReadMpiFile(mpi.name, mpi.text));
  return absl::OkStatus();
}

// The request for the later survey: the same but for its poverty lines.
absl::StatusOr<Request> LaterRequest(const Options& options, const Request& request) {
  Request later = request;
  if (options.compare_lines.empty()) return later;
  if (options.compare_lines.size() != request.lines.size()) {
    return base::Error(
        absl::StatusCode::kInvalidArgument, "COMPARE_LINE",
        fmt::format("{} --compare-line for {} --line; give one for each, in the same "
                    "order",
                    options.compare_lines.size(), request.lines.size()));
  }
  later.lines.clear();
  for (const std::string& text : options.compare_lines) {
    SEPAKAT_ASSIGN_OR_RETURN(measure::LineSpec line, measure::ParseLine(text));
    later.lines.push_back(std::move(line));
  }
  return later;
}

absl::StatusOr<int> Run(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(Request request, measure::ReadRequest(options.request));
  request.today = Today(environment);
  SEPAKAT_ASSIGN_OR_RETURN(Request later_request, LaterRequest(options, request));
  SEPAKAT_RETURN_IF_ERROR(CheckOutput(options.output));
  SEPAKAT_RETURN_IF_ERROR(ReadFilesOf(options, &request));
  SEPAKAT_RETURN_IF_ERROR(ReadFilesOf(options, &later_request));
  SEPAKAT_ASSIGN_OR_RETURN(const SurveyInput survey, OpenSurvey(options.survey, environment));
  SEPAKAT_ASSIGN_OR_RETURN(const auto run, SurveyRun::Make(survey.file, &survey.book, &request));
  measure::Report report;
  report.confidence = request.confidence;
  SEPAKAT_ASSIGN_OR_RETURN(report.breakdowns, run->Evaluate());
  report.survey = run->Facts();
  if (options.compare.empty()) {
    report.charts = measure::MakeCharts(*run, report.breakdowns, nullptr, nullptr);
    SEPAKAT_RETURN_IF_ERROR(WriteReport(report, options.output, environment));
    return kExitOk;
  }
  SEPAKAT_ASSIGN_OR_RETURN(
      const SurveyInput later_survey,
      OpenSurvey({options.compare, options.compare_codebook.empty() ? options.survey.codebook
                                                                    : options.compare_codebook},
                 environment));
  SEPAKAT_ASSIGN_OR_RETURN(const auto later,
                           SurveyRun::Make(later_survey.file, &later_survey.book, &later_request));
  SEPAKAT_ASSIGN_OR_RETURN(const auto later_figures, later->Evaluate());
  SEPAKAT_ASSIGN_OR_RETURN(report.comparison,
                           measure::Compare(*run, report.breakdowns, *later, later_figures,
                                            request.confidence, options.years));
  report.charts = measure::MakeCharts(*run, report.breakdowns, later.get(), &*report.comparison);
  SEPAKAT_RETURN_IF_ERROR(WriteReport(report, options.output, environment));
  return kExitOk;
}

void AddOptions(CLI::App& command, Options& options) {
  measure::RequestTexts& request = options.request;
  AddSurveyOptions(command, options.survey);
  command
      .add_option("--measures", request.measures,
                  "measures, separated by commas, such as p0,quantile:0.25,atkinson:1")
      ->type_name("LIST");
  command.add_option("--line", request.lines, "poverty line, see above; may be repeated")
      ->type_name("LINE")
      ->allow_extra_args(false);
  command
      .add_option("--line-date", request.line_date,
                  "day whose lines of a table hold, such as 2025-03-31 (the latest)")
      ->type_name("DATE");
  command
      .add_option("--classes", request.classes,
                  "borders of welfare classes in lines (1,1.5,3.5,17)")
      ->type_name("LIST");
  command
      .add_option("--by", request.by, "groups, separated by commas; a+b combines; may be repeated")
      ->type_name("NAMES")
      ->allow_extra_args(false);
  command.add_option("--only", request.only, "only this group: NAME=VALUE; may be repeated")
      ->type_name("GROUP")
      ->allow_extra_args(false);
  command
      .add_option("--indicators", request.indicators,
                  "indicators of the code book, or all: shares and means")
      ->type_name("LIST");
  command
      .add_option("--totals", request.totals, "sums of indicators or columns, for the population")
      ->type_name("NAMES");
  command.add_option("--ratios", request.ratios, "ratios of two sums: a/b, separated by commas")
      ->type_name("LIST");
  command
      .add_option("--programme", request.programmes,
                  "programmes: coverage, inclusion and exclusion errors, incidence")
      ->type_name("NAMES");
  command
      .add_option("--mpi", options.mpi,
                  "multidimensional poverty: TOML file, or mpi_global (sepakat reference show)")
      ->type_name("SPEC");
  command.add_option("--mpi-k", request.mpi_cutoffs, "cut-offs k instead of the one in SPEC")
      ->type_name("LIST");
  command
      .add_option("--rules", options.rules,
                  "rule set: share of each rule's yes, and of unknown; TOML file or a version of "
                  "`sepakat rules list`; may be repeated")
      ->type_name("SET")
      ->allow_extra_args(false);
  command
      .add_option("--compare", options.compare,
                  "a later survey: changes, decompositions, dominance, growth incidence")
      ->type_name("FILE2");
  command
      .add_option("--compare-codebook", options.compare_codebook, "code book of FILE2 (the same)")
      ->type_name("BOOK");
  command
      .add_option("--compare-line", options.compare_lines,
                  "lines of FILE2 in its own prices, one for each --line (the same)")
      ->type_name("LINE")
      ->allow_extra_args(false);
  command.add_option("--years", options.years, "between the two surveys (1)")
      ->check(CLI::PositiveNumber);
  command.add_option("--count", request.count, "persons or families (persons)")->type_name("UNIT");
  command.add_flag("--positive-welfare", request.positive_welfare,
                   "leave out welfare of zero or less, as logarithms ask");
  command
      .add_option("--quantiles", request.quantiles,
                  "where weights meet a quantile exactly: observed (the value there), averaged "
                  "with the next (Eurostat) or next (laeken) (observed)")
      ->type_name("RULE");
  command
      .add_option(
          "--census", options.census,
          "population: a number, or a CSV of region,population, against which the weights are "
          "checked")
      ->type_name("FILE");
  command
      .add_option("--single-psu", request.single_psu,
                  "strata of one sampling unit: fail, certainty, centred, average (fail)")
      ->type_name("RULE");
  command.add_flag("--ultimate-cluster", request.ultimate_cluster,
                   "errors from the first stage alone");
  command
      .add_option("--replicates", request.replicates,
                  "errors by bootstrap[:COUNT[:SEED]], jackknife, jk1, or book (its own weights)")
      ->type_name("METHOD");
  command.add_option("--confidence", request.confidence, "of intervals, in percent (95)")
      ->type_name("PERCENT");
  command
      .add_option("--interval", request.interval,
                  "of shares: logit, inside 0 to 100 %, or symmetric (logit)")
      ->type_name("FORM");
  command
      .add_option("--df", request.df,
                  "degrees of freedom of a group: those of the domain, or of the whole design "
                  "(domain)")
      ->type_name("RULE");
  AddOutputOptions(command, options.output);
}

}  // namespace

void AddMeasure(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("measure", Help());
  AddOptions(*command, *options);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
