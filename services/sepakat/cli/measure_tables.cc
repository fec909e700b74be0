#include "sepakat/cli/measure_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"
#include "sepakat/cli/output.h"
#include "sepakat/measure/comparison_text.h"
#include "sepakat/measure/figure_text.h"
#include "sepakat/measure/numbers_text.h"

namespace sepakat::cli {
namespace {

using measure::BreakdownFigures;
using measure::Figure;
using measure::Language;
using measure::NumberShown;
using measure::Report;
using measure::SurveyFacts;

std::string Words(Language language, std::string_view id, std::string_view en) {
  return std::string(language == Language::kIndonesian ? id : en);
}

void PrintRemarks(const SurveyFacts& survey, Language language, std::ostream& out) {
  for (const measure::Remark& remark : survey.remarks) {
    out << (remark.warning ? "! " : "  ") << remark.text(language) << '\n';
  }
}

void PrintHead(const Report& report, Language language, std::ostream& out) {
  const SurveyFacts& survey = report.survey;
  const auto count = [language](double value) { return NumberShown(value, 0, language); };
  out << fmt::format("{} ({} {})\n", survey.name, survey.codebook, survey.codebook_version);
  const bool persons = survey.count == "persons";
  out << fmt::format(
      fmt::runtime(Words(language, "{}: {} pengamatan, mewakili {} {}; {} strata, {} unit sampel\n",
                         "{}: {} observations for {} {}; {} strata, {} sampling units\n")),
      survey.file, count(static_cast<double>(survey.observations)), count(survey.weight_sum),
      persons ? Words(language, "jiwa", "persons") : Words(language, "keluarga", "families"),
      count(static_cast<double>(survey.strata)), count(static_cast<double>(survey.psus)));
  out << fmt::format(
      fmt::runtime(Words(language, "Kesejahteraan dalam {}; galat: {}; selang {} %\n",
                         "Welfare in {}; errors: {}; {} % intervals\n")),
      survey.welfare_unit, measure::ErrorsText(survey.errors, language),
      NumberShown(report.confidence * 100, 0, language));
  PrintRemarks(survey, language, out);
  if (!report.comparison) return;
  out << fmt::format(
      fmt::runtime(Words(language, "Dibandingkan dengan {} ({})\n", "Compared with {} ({})\n")),
      report.comparison->later.file, report.comparison->later.name);
  PrintRemarks(report.comparison->later, language, out);
}

void PrintTextTable(const measure::TextTable& text, std::ostream& out) {
  out << '\n';
  if (!text.caption.empty()) out << text.caption << '\n';
  OutputTable table;
  for (const measure::TextTable::Column& column : text.columns) {
    table.columns.push_back({column.heading, "", column.right});
  }
  for (const std::vector<measure::TextCell>& row : text.rows) {
    std::vector<std::string>& shown = table.rows.emplace_back();
    for (const measure::TextCell& cell : row) shown.push_back(cell.text);
  }
  Print(table, Format::kTable, out);
}

std::string Plain(std::optional<double> value) { return value ? fmt::format("{}", *value) : ""; }

std::string ParametersText(const measure::Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    if (!text.empty()) text += ';';
    text += name + '=';
    if (const auto* word = std::get_if<std::string>(&value)) {
      text += *word;
    } else {
      text += fmt::format("{}", std::get<double>(value));
    }
  }
  return text;
}

}  // namespace

void PrintFiguresTable(const Report& report, Language language, std::ostream& out) {
  PrintHead(report, language, out);
  for (const BreakdownFigures& breakdown : report.breakdowns) {
    PrintTextTable(measure::FiguresTable(breakdown, language), out);
    if (breakdown.unknown == 0) continue;
    out << fmt::format(fmt::runtime(Words(language, "{} pengamatan tidak diketahui kelompoknya\n",
                                          "the group of {} observations is not known\n")),
                       NumberShown(static_cast<double>(breakdown.unknown), 0, language));
  }
  if (!report.comparison) return;
  for (const measure::TextTable& table : measure::ComparisonTables(*report.comparison, language)) {
    PrintTextTable(table, out);
  }
  out << '\n';
  for (const std::string& sentence : measure::ComparisonSentences(*report.comparison, language)) {
    out << sentence << '\n';
  }
}

void PrintFiguresCsv(const Report& report, std::ostream& out) {
  OutputTable table{{{"", "measure"},
                     {"", "parameters"},
                     {"", "by"},
                     {"", "group"},
                     {"", "label"},
                     {"", "estimate"},
                     {"", "standard_error"},
                     {"", "lower"},
                     {"", "upper"},
                     {"", "design_df"},
                     {"", "design_effect"},
                     {"", "cv"},
                     {"", "quality"},
                     {"", "observations"},
                     {"", "weight_sum"},
                     {"", "undefined"}},
                    {}};
  for (const BreakdownFigures& breakdown : report.breakdowns) {
    for (const Figure& figure : breakdown.figures) {
      std::string by;
      std::string group;
      for (const measure::DomainPart& part : figure.domain) {
        by += (by.empty() ? "" : "+") + part.by;
        group += (group.empty() ? "" : "+") + part.value;
      }
      std::vector<std::string> row = {
          figure.subject.measure, ParametersText(figure.subject.parameters), by, group,
          figure.domain.empty() ? "" : measure::DomainText(figure.domain, Language::kEnglish)};
      if (figure.estimate.ok()) {
        const measures::Estimate& estimate = *figure.estimate;
        for (const std::optional<double>& value :
             {std::optional(estimate.estimate), estimate.standard_error, estimate.lower,
              estimate.upper, std::optional(estimate.design_df), estimate.design_effect,
              estimate.cv}) {
          row.push_back(Plain(value));
        }
        row.emplace_back(measure::QualityWord(estimate.quality));
        row.push_back(fmt::format("{}", estimate.observations));
        row.push_back(fmt::format("{}", estimate.weight_sum));
        row.emplace_back();
      } else {
        row.resize(table.columns.size() - 1);
        row.push_back(base::ReasonOf(figure.estimate.status()));
      }
      table.rows.push_back(std::move(row));
    }
  }
  Print(table, Format::kCsv, out);
}

}  // namespace sepakat::cli
