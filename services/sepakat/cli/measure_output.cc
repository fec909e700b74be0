#include "sepakat/cli/measure_output.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <optional>
#include <sstream>

#include "common/base/date.h"
#include "common/base/status.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/measure_tables.h"
#include "sepakat/measure/render_html.h"
#include "sepakat/measure/render_json.h"
#include "sepakat/measure/render_xlsx.h"

namespace sepakat::cli {
namespace {

using measure::Language;

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;
constexpr std::array<std::string_view, 5> kFileFormats = {"json", "csv", "xlsx", "html", "txt"};

std::string_view FormatOf(std::string_view path) {
  const size_t dot = path.rfind('.');
  const std::string_view ending = dot == std::string_view::npos ? "" : path.substr(dot + 1);
  return std::ranges::find(kFileFormats, ending) == kFileFormats.end() ? "" : ending;
}

Language LanguageFor(const MeasureOutput& output, Language fallback) {
  if (output.language.empty()) return fallback;
  return output.language == "en" ? Language::kEnglish : Language::kIndonesian;
}

std::string Rendered(const measure::Report& report, const MeasureOutput& output,
                     std::string_view format, const std::string& made_on) {
  std::ostringstream out;
  if (format == "json") measure::RenderJson(report, out);
  if (format == "html") {
    out << measure::RenderHtml(report, LanguageFor(output, Language::kIndonesian), made_on);
  }
  if (format == "csv") PrintFiguresCsv(report, out);
  if (format == "table" || format == "txt") {
    PrintFiguresTable(report, LanguageFor(output, Language::kEnglish), out);
  }
  return out.str();
}

}  // namespace

void AddOutputOptions(CLI::App& command, MeasureOutput& output) {
  command
      .add_option("--format", output.format, "what is printed: table, json, csv or html (table)")
      ->type_name("FORMAT");
  command
      .add_option("--out", output.files,
                  "also write a file: .html, .xlsx, .json, .csv or .txt; may be repeated")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command
      .add_option("--lang", output.language,
                  "id or en: words and numbers (table: en; page and workbook: id)")
      ->type_name("LANGUAGE");
}

absl::Status CheckOutput(const MeasureOutput& output) {
  const auto wrong = [](std::string message) {
    return base::Error(absl::StatusCode::kInvalidArgument, "OUTPUT_FORMAT", message);
  };
  const bool known = output.format == "table" || output.format == "json" ||
                     output.format == "csv" || output.format == "html";
  if (!known) {
    return wrong(fmt::format("--format is table, json, csv or html, not '{}'", output.format));
  }
  for (const std::string& path : output.files) {
    if (FormatOf(path).empty()) {
      return wrong(
          fmt::format("--out {}: the name must end in .html, .xlsx, .json, .csv or .txt", path));
    }
  }
  if (!output.language.empty() && output.language != "id" && output.language != "en") {
    return wrong(fmt::format("--lang is id or en, not '{}'", output.language));
  }
  return absl::OkStatus();
}

absl::Status WriteReport(const measure::Report& report, const MeasureOutput& output,
                         Environment& environment) {
  const std::string made_on = base::IsoDate(static_cast<int32_t>(environment.now_ms() / kDayMs));
  for (const std::string& path : output.files) {
    const std::string_view format = FormatOf(path);
    if (format == "xlsx") {
      SEPAKAT_RETURN_IF_ERROR(
          measure::WriteXlsx(report, LanguageFor(output, Language::kIndonesian), path));
    } else {
      SEPAKAT_RETURN_IF_ERROR(WriteFile(path, Rendered(report, output, format, made_on)));
    }
  }
  environment.out << Rendered(report, output, output.format, made_on);
  return absl::OkStatus();
}

}  // namespace sepakat::cli
