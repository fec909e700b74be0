#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>

#include "common/base/date.h"
#include "common/base/status.h"
#include "common/canonical/variables.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/pmt_steps.h"
#include "sepakat/cli/survey_input.h"
#include "sepakat/measure/fraction_text.h"
#include "sepakat/measure/request.h"
#include "sepakat/pmt/model_file.h"

namespace sepakat::cli {
namespace {

constexpr const char* kHelp =
    "train a local model: weighted least squares of log welfare per head\n"
    "\n"
    "Some families are set aside first (--holdout); errors at the cuts are those of these "
    "families.\n"
    "Without --terms every variable of the code book is a candidate, and the model takes one "
    "after\n"
    "another as long as it helps (--select forward) or those that the lasso keeps (--select "
    "lasso).\n"
    "Standard errors follow the survey's strata and primary units, as svyglm() in R has them.\n"
    "\n"
    "  sepakat pmt fit susenas.csv --codebook susenas.toml --out model.toml\n"
    "  sepakat pmt fit vlss.csv --codebook vietnam_vlss_1997 --holdout every:3 \\\n"
    "      --terms members,members^2,head_age,head_age^2,head_schooling_years,head_sex=2,\\\n"
    "column:farm=yes,urban_rural=1\n"
    "  sepakat pmt fit s.dta --codebook s.toml --select lasso --keep members --format json\n"
    "\n"
    "A term is a canonical variable, its square (head_age^2), a flag for codes (floor=7|8), or a "
    "column\n"
    "of the file (column:NAME, column:NAME=TEXT); a model with columns serves `pmt score` alone.\n"
    "\n"
    "Exit codes: 0 done, 1 failed (one sentence says why), 64 wrong usage.";

struct Options {
  SurveyOptions survey;
  std::string out;
  std::string predictions;
  std::vector<std::string> terms;
  std::vector<std::string> keep;
  std::string select;
  std::string criterion = "p";
  std::string lasso_choice = "one-error";
  std::string count = "persons";
  std::string holdout = "5";
  std::string single_psu;
  std::vector<std::string> cuts = {"0.2", "0.3", "0.4"};
  std::string id = "local_pmt";
  std::string version;
  std::string name = "Estimasi lokal kesejahteraan";
  Format format = Format::kTable;
  pmt::FitOptions fit;
};

absl::Status Usage(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

// A flag or a number of the file for `column:`, else a canonical variable.
absl::Status ReadTerms(const std::vector<std::string>& texts, std::vector<pmt::Term>* terms) {
  for (const std::string& text : texts) {
    SEPAKAT_ASSIGN_OR_RETURN(pmt::Term term, pmt::ParseTerm(text));
    if (!term.of_file && canonical::FindVariable(term.name) == nullptr) {
      return Usage("UNKNOWN_VARIABLE",
                   fmt::format("no variable is called `{}`; a column of the file is written "
                               "column:{}",
                               term.name, text));
    }
    terms->push_back(std::move(term));
  }
  return absl::OkStatus();
}

absl::Status ReadHoldout(const std::string& text, pmt::Holdout* holdout) {
  std::string_view rest = text;
  if (rest == "none") {
    holdout->kind = pmt::Holdout::kNone;
    return absl::OkStatus();
  }
  constexpr std::string_view kEvery = "every:";
  if (rest.starts_with(kEvery)) {
    holdout->kind = pmt::Holdout::kEvery;
    rest.remove_prefix(kEvery.size());
  }
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), holdout->parts);
  if (error == std::errc() && end == rest.data() + rest.size() && holdout->parts >= 2) {
    return absl::OkStatus();
  }
  return Usage("HOLDOUT_MALFORMED",
               fmt::format("--holdout {}: write N to set one family in N aside, every:N for each "
                           "N-th, or none",
                           text));
}

absl::Status ReadCuts(const std::vector<std::string>& texts, pmt::FitOptions* fit) {
  fit->cuts.clear();
  for (const std::string& text : texts) {
    const std::optional<measures::Fraction> share = measure::ParseFraction(text);
    if (!share || share->numerator == 0 || share->numerator >= share->denominator) {
      return Usage("CUT_MALFORMED",
                   fmt::format("--cuts {}: a share between 0 and 1, such as 0.4", text));
    }
    fit->cuts.push_back(*share);
  }
  return absl::OkStatus();
}

absl::Status ReadSelection(const Options& options, pmt::FitOptions* fit) {
  std::vector<pmt::Term> terms;
  SEPAKAT_RETURN_IF_ERROR(ReadTerms(options.terms, &terms));
  SEPAKAT_RETURN_IF_ERROR(ReadTerms(options.keep, &fit->keep));
  const std::string select =
      !options.select.empty() ? options.select : (terms.empty() ? "forward" : "all");
  fit->selection = select == "all"     ? pmt::Selection::kAll
                   : select == "lasso" ? pmt::Selection::kLasso
                                       : pmt::Selection::kForward;
  fit->candidates = std::move(terms);
  fit->forward.criterion = options.criterion == "bic"   ? regression::Criterion::kBic
                           : options.criterion == "aic" ? regression::Criterion::kAic
                                                        : regression::Criterion::kPValue;
  fit->lasso_smallest = options.lasso_choice == "smallest";
  fit->by_persons = options.count == "persons";
  return absl::OkStatus();
}

absl::StatusOr<pmt::FamiliesRequest> RequestOf(const Options& options, const pmt::FitOptions& fit,
                                               const ingestion::CodeBook& book,
                                               Environment& environment) {
  pmt::FamiliesRequest request;
  request.with_design = true;
  request.today = Today(environment);
  const std::string& rule =
      options.single_psu.empty() ? book.survey.design.single_psu : options.single_psu;
  if (!rule.empty()) {
    SEPAKAT_ASSIGN_OR_RETURN(request.single_psu, measure::ParseSinglePsu(rule));
  }
  for (const auto* terms : {&fit.keep, &fit.candidates}) {
    for (const pmt::Term& term : *terms) {
      if (term.of_file) request.columns.insert(term.name);
    }
  }
  return request;
}

std::string ShareText(const std::optional<double>& share) {
  return share ? fmt::format("{:.1f} %", 100 * *share) : "tidak berlaku";
}

// What stands above the model: where it comes from and how often it errs.
std::vector<std::string> RemarksOf(const pmt::FitReport& report, const pmt::FitOptions& fit) {
  std::vector<std::string> remarks = {
      std::string(kLocalEstimate), "",
      fmt::format(
          "Dilatih pada {} keluarga, diuji pada {}; R2 {:.4f}, uji {}; faktor smearing {:.6f};",
          report.fitted, report.held, report.r_squared,
          report.held_r_squared ? fmt::format("{:.4f}", *report.held_r_squared) : "-",
          report.smearing),
      fmt::format("bobot {}, benih {}. Galat pada keluarga uji:",
                  fit.by_persons ? "orang" : "keluarga", fit.seed)};
  for (const pmt::CutReport& cut : report.cuts) {
    const pmt::CutAccuracy& accuracy = cut.held ? *cut.held : cut.fitted;
    remarks.push_back(
        fmt::format("  batas {:.0f} %: tidak terjaring (exclusion) {}, salah sasaran "
                    "(inclusion) {}",
                    100 * cut.cut.share.value(), ShareText(accuracy.exclusion_error),
                    ShareText(accuracy.inclusion_error)));
  }
  return remarks;
}

absl::Status WritePredictions(const pmt::Families& families, const pmt::FitReport& report,
                              const std::string& path) {
  std::string text = "row,held,predicted_log_welfare,log_welfare\n";
  const auto number = [](double value) {
    return std::isfinite(value) ? fmt::format("{:.17g}", value) : std::string();
  };
  for (size_t i = 0; i < families.size(); ++i) {
    text += fmt::format("{},{},{},{}\n", families.rows[i], report.is_held[i] ? 1 : 0,
                        number(report.predictions[i]), number(std::log(families.welfare[i])));
  }
  return WriteFile(path, text);
}

absl::Status WriteModelFile(const Options& options, const pmt::FitReport& report,
                            const pmt::FitOptions& fit, const ingestion::CodeBook& book,
                            Environment& environment) {
  pmt::Model model;
  model.id = options.id;
  model.version = options.version.empty() ? base::IsoDate(Today(environment)) : options.version;
  model.name = options.name;
  model.source = fmt::format("Estimasi lokal dari {} ({}), {} keluarga", book.name, book.source,
                             report.fitted);
  model.intercept_micro = report.intercept_micro;
  model.terms = report.terms;
  return WriteFile(options.out, pmt::WriteModel(model, RemarksOf(report, fit)));
}

absl::StatusOr<int> Run(const Options& options, Environment& environment) {
  pmt::FitOptions fit = options.fit;
  SEPAKAT_RETURN_IF_ERROR(ReadSelection(options, &fit));
  SEPAKAT_RETURN_IF_ERROR(ReadHoldout(options.holdout, &fit.holdout));
  SEPAKAT_RETURN_IF_ERROR(ReadCuts(options.cuts, &fit));
  SEPAKAT_ASSIGN_OR_RETURN(const SurveyInput survey, OpenSurvey(options.survey, environment));
  SEPAKAT_ASSIGN_OR_RETURN(const pmt::FamiliesRequest request,
                           RequestOf(options, fit, survey.book, environment));
  SEPAKAT_ASSIGN_OR_RETURN(const pmt::Families families,
                           pmt::ReadFamilies(survey.file, survey.book, request));
  SEPAKAT_ASSIGN_OR_RETURN(const pmt::FitReport report, pmt::FitModel(families, fit));
  for (const measure::Remark& remark : families.remarks) {
    environment.err << remark.reason << ": " << remark.text_id << '\n';
  }
  if (options.format == Format::kJson) {
    PrintFitJson(report, fit, environment.out);
  } else {
    PrintFitTable(report, fit, environment.out);
  }
  if (!options.predictions.empty()) {
    SEPAKAT_RETURN_IF_ERROR(WritePredictions(families, report, options.predictions));
  }
  if (!options.out.empty()) {
    SEPAKAT_RETURN_IF_ERROR(WriteModelFile(options, report, fit, survey.book, environment));
  }
  return kExitOk;
}

void AddModelOptions(CLI::App& command, Options& options) {
  command.add_option("--terms", options.terms, "terms of the model, separated by commas")
      ->delimiter(',')
      ->type_name("LIST");
  command.add_option("--keep", options.keep, "terms that stay whatever --select says")
      ->delimiter(',')
      ->type_name("LIST");
  command
      .add_option("--select", options.select,
                  "all, forward or lasso (forward; all where --terms are given)")
      ->check(CLI::IsMember({"all", "forward", "lasso"}));
  command.add_option("--criterion", options.criterion, "when forward stops: p, bic or aic (p)")
      ->check(CLI::IsMember({"p", "bic", "aic"}));
  command.add_option("--p", options.fit.forward.threshold, "largest p value that is taken (0.05)")
      ->check(CLI::Range(0.0, 1.0));
  command.add_option("--most", options.fit.forward.most, "most terms that forward takes");
  command.add_option("--folds", options.fit.folds, "folds of the lasso's cross-validation (10)")
      ->check(CLI::Range(2, 1000));
  command
      .add_option("--lasso-choice", options.lasso_choice,
                  "one-error: fewest terms within one standard error; smallest: least error")
      ->check(CLI::IsMember({"one-error", "smallest"}));
  command
      .add_option("--least-known", options.fit.candidate_rules.least_known,
                  "share of families that must answer a candidate (0.9)")
      ->check(CLI::Range(0.0, 1.0));
  command
      .add_option("--least-share", options.fit.candidate_rules.least_share,
                  "codes rarer than this are no candidates (0.01)")
      ->check(CLI::Range(0.0, 0.5));
}

void AddJudgingOptions(CLI::App& command, Options& options) {
  command
      .add_option("--count", options.count, "a family counts for its persons, or for one family")
      ->check(CLI::IsMember({"persons", "families"}));
  command
      .add_option("--holdout", options.holdout,
                  "N: one family in N is set aside by whole sampling units; every:N: each N-th; "
                  "none (5)")
      ->type_name("N");
  command.add_option("--seed", options.fit.seed, "of every draw (1)");
  command.add_option("--cuts", options.cuts, "shares that are to be found (0.2,0.3,0.4)")
      ->delimiter(',')
      ->type_name("LIST");
  command
      .add_option("--single-psu", options.single_psu,
                  "strata with one unit: fail, certainty, centred or average")
      ->type_name("RULE");
}

void AddOutputs(CLI::App& command, Options& options) {
  command.add_option("--out", options.out, "write the model (TOML)")->type_name("PATH");
  command
      .add_option("--predictions", options.predictions,
                  "write predicted and observed log welfare of every family (CSV)")
      ->type_name("PATH");
  command.add_option("--id", options.id, "id of the model (local_pmt)");
  command.add_option("--version", options.version, "version of the model (today)");
  command.add_option("--name", options.name, "name of the model");
  AddFormatOption(command, options.format);
}

}  // namespace

void AddPmtFit(CLI::App& group, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = group.add_subcommand("fit", kHelp);
  AddSurveyOptions(*command, options->survey);
  AddModelOptions(*command, *options);
  AddJudgingOptions(*command, *options);
  AddOutputs(*command, *options);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
