#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "sepakat/cli/output.h"
#include "sepakat/cli/pmt_steps.h"

namespace sepakat::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string NameOf(const pmt::Coefficient& coefficient) {
  return coefficient.term ? pmt::TextOf(*coefficient.term) : "constant";
}

std::string Percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.2f}", 100 * *share) : "";
}

std::string Number(const std::optional<double>& value, int decimals) {
  return value ? fmt::format("{:.{}f}", *value, decimals) : "";
}

void PrintCoefficients(const pmt::FitReport& report, std::ostream& out) {
  OutputTable table{{{"term", "term"},
                     {"coefficient", "estimate", true},
                     {"standard error", "standard_error", true},
                     {"classical error", "classical_error", true},
                     {"p", "p_value", true}},
                    {}};
  for (const pmt::Coefficient& one : report.coefficients) {
    table.rows.push_back({NameOf(one), Number(one.estimate, 6), Number(one.standard_error, 6),
                          Number(one.classical_error, 6), Number(one.p_value, 4)});
  }
  Print(table, Format::kTable, out);
}

void PrintCuts(const pmt::FitReport& report, std::ostream& out) {
  OutputTable table{{{"cut %", "share", true},
                     {"welfare line", "line", true},
                     {"score line", "score", true},
                     {"poor %", "poor", true},
                     {"selected %", "selected", true},
                     {"exclusion error %", "exclusion", true},
                     {"inclusion error %", "inclusion", true}},
                    {}};
  for (const pmt::CutReport& cut : report.cuts) {
    const pmt::CutAccuracy& accuracy = cut.held ? *cut.held : cut.fitted;
    table.rows.push_back({fmt::format("{:.0f}", 100 * cut.cut.share.value()),
                          fmt::format("{:.2f}", std::exp(cut.cut.log_line)),
                          fmt::format("{:.2f}", std::exp(cut.cut.score)), Percent(accuracy.poor),
                          Percent(accuracy.selected), Percent(accuracy.exclusion_error),
                          Percent(accuracy.inclusion_error)});
  }
  Print(table, Format::kTable, out);
}

void PrintCalibration(const pmt::FitReport& report, std::ostream& out) {
  OutputTable table{{{"tenth by score", "tenth", true},
                     {"mean score", "score", true},
                     {"mean log welfare", "log_welfare", true},
                     {"predicted welfare", "predicted", true},
                     {"observed welfare", "observed", true}},
                    {}};
  for (size_t i = 0; i < report.calibration.size(); ++i) {
    const pmt::CalibrationRow& row = report.calibration[i];
    if (!(row.weight > 0)) continue;
    table.rows.push_back({std::to_string(i + 1), Number(row.mean_score, 4),
                          Number(row.mean_log_welfare, 4), Number(row.predicted_welfare, 2),
                          Number(row.observed_welfare, 2)});
  }
  Print(table, Format::kTable, out);
}

Json OptionalNumber(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json AccuracyJson(const pmt::CutAccuracy& accuracy) {
  return {{"poor", accuracy.poor},
          {"selected", accuracy.selected},
          {"exclusion_error", OptionalNumber(accuracy.exclusion_error)},
          {"inclusion_error", OptionalNumber(accuracy.inclusion_error)}};
}

}  // namespace

void PrintFitTable(const pmt::FitReport& report, const pmt::FitOptions& options,
                   std::ostream& out) {
  out << kLocalEstimate << '\n';
  out << fmt::format(
      "families {} (without welfare {}, with an unknown term {}): fitted on {}, set aside {}; "
      "weighted by {}\n",
      report.families, report.without_welfare, report.with_unknown_terms, report.fitted,
      report.held, options.by_persons ? "persons" : "families");
  for (const std::string& variable : report.too_unknown) {
    out << fmt::format("no candidate: {} (answered by too few families)\n", variable);
  }
  out << fmt::format(
      "R2 {:.6f}, adjusted {:.6f}, of the families set aside {}; sigma {:.6f}; smearing factor "
      "{:.6f}; design df {:.0f}\n",
      report.r_squared, report.adjusted_r_squared,
      report.held_r_squared ? fmt::format("{:.6f}", *report.held_r_squared) : "-", report.sigma,
      report.smearing, report.design_df);
  if (report.lambda) out << fmt::format("lasso lambda {:.6g}\n", *report.lambda);
  out << '\n';
  PrintCoefficients(report, out);
  out << (report.held > 0 ? "\nerrors at the cuts, of the families set aside\n"
                          : "\nerrors at the cuts, of the fitted families themselves\n");
  PrintCuts(report, out);
  out << '\n';
  PrintCalibration(report, out);
}

void PrintFitJson(const pmt::FitReport& report, const pmt::FitOptions& options, std::ostream& out) {
  Json json = {{"label", "local_estimate"},
               {"weighted_by", options.by_persons ? "persons" : "families"},
               {"seed", options.seed},
               {"families", report.families},
               {"without_welfare", report.without_welfare},
               {"with_unknown_terms", report.with_unknown_terms},
               {"fitted", report.fitted},
               {"held", report.held},
               {"r_squared", report.r_squared},
               {"adjusted_r_squared", report.adjusted_r_squared},
               {"held_r_squared", OptionalNumber(report.held_r_squared)},
               {"sigma", report.sigma},
               {"smearing_factor", report.smearing},
               {"design_df", report.design_df},
               {"lasso_lambda", OptionalNumber(report.lambda)},
               {"too_unknown", report.too_unknown}};
  for (const pmt::Coefficient& one : report.coefficients) {
    json["coefficients"].push_back({{"term", NameOf(one)},
                                    {"estimate", one.estimate},
                                    {"standard_error", OptionalNumber(one.standard_error)},
                                    {"classical_error", one.classical_error},
                                    {"p_value", OptionalNumber(one.p_value)},
                                    {"mean", one.mean}});
  }
  for (const auto& [term, step] : report.steps) {
    json["steps"].push_back(
        {{"term", pmt::TextOf(term)}, {"r_squared", step.r_squared}, {"p_value", step.p_value}});
  }
  for (const pmt::CutReport& cut : report.cuts) {
    json["cuts"].push_back({{"share", cut.cut.share.value()},
                            {"welfare_line", std::exp(cut.cut.log_line)},
                            {"score_line", std::exp(cut.cut.score)},
                            {"fitted", AccuracyJson(cut.fitted)},
                            {"held", cut.held ? AccuracyJson(*cut.held) : Json(nullptr)}});
  }
  for (const pmt::CalibrationRow& row : report.calibration) {
    json["calibration"].push_back({{"weight", row.weight},
                                   {"mean_score", row.mean_score},
                                   {"mean_log_welfare", row.mean_log_welfare},
                                   {"predicted_welfare", row.predicted_welfare},
                                   {"observed_welfare", row.observed_welfare}});
  }
  out << json.dump(2) << '\n';
}

}  // namespace sepakat::cli
