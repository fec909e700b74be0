#include "sepakat/measure/render_xlsx.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>

#include "common/base/status.h"
#include "sepakat/measure/comparison_text.h"
#include "sepakat/measure/figure_text.h"

namespace sepakat::measure {
namespace {

// Writes cell after cell, row after row.
class Sheet {
 public:
  Sheet(lxw_workbook* workbook, const std::string& name)
      : sheet_(workbook_add_worksheet(workbook, name.c_str())) {
    bold_ = workbook_add_format(workbook);
    format_set_bold(bold_);
    format_set_bottom(bold_, LXW_BORDER_THIN);
    share_ = workbook_add_format(workbook);
    format_set_num_format(share_, "0.00%");
    number_ = workbook_add_format(workbook);
    format_set_num_format(number_, "#,##0.00##");
    count_ = workbook_add_format(workbook);
    format_set_num_format(count_, "#,##0");
  }

  void Heading(const std::string& text) { Write(text, bold_); }
  void Text(const std::string& text) { Write(text, nullptr); }
  void Number(std::optional<double> value, Unit unit) {
    if (value && std::isfinite(*value)) {
      lxw_format* format = unit == Unit::kShare ? share_ : unit == Unit::kCount ? count_ : number_;
      worksheet_write_number(sheet_, row_, column_, *value, format);
    }
    ++column_;
  }
  void NextRow() {
    ++row_;
    column_ = 0;
  }
  void Freeze() { worksheet_freeze_panes(sheet_, row_, 0); }
  void Widths(lxw_col_t columns, double width) {
    worksheet_set_column(sheet_, 0, columns, width, nullptr);
  }
  void Widen(lxw_col_t column, double width) {
    worksheet_set_column(sheet_, column, column, width, nullptr);
  }

 private:
  void Write(const std::string& text, lxw_format* format) {
    worksheet_write_string(sheet_, row_, column_++, text.c_str(), format);
  }

  lxw_worksheet* sheet_;
  lxw_format* bold_;
  lxw_format* share_;
  lxw_format* number_;
  lxw_format* count_;
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
};

class Workbook {
 public:
  Workbook(const Report& report, Language language, lxw_workbook* workbook)
      : report_(report), language_(language), workbook_(workbook) {}

  void Fill() {
    Facts();
    Figures();
    if (!report_.comparison) return;
    int number = 0;
    for (const TextTable& table : ComparisonTables(*report_.comparison, language_)) {
      TextSheet(fmt::format("{} {}", Say("perbandingan", "comparison"), ++number), table);
    }
  }

 private:
  std::string Say(std::string_view id, std::string_view en) const {
    return std::string(language_ == Language::kIndonesian ? id : en);
  }

  void Fact(Sheet* sheet, const std::string& name, const std::string& value) {
    sheet->Text(name);
    sheet->Text(value);
    sheet->NextRow();
  }

  void Facts() {
    const SurveyFacts& survey = report_.survey;
    Sheet sheet(workbook_, Say("survei", "survey"));
    sheet.Widen(0, 26);
    sheet.Widen(1, 100);
    Fact(&sheet, Say("Nama", "Name"), survey.name);
    Fact(&sheet, Say("Berkas", "File"), survey.file);
    Fact(&sheet, Say("Buku kode", "Code book"),
         fmt::format("{} {}", survey.codebook, survey.codebook_version));
    Fact(&sheet, Say("Sumber", "Source"), survey.source);
    Fact(&sheet, Say("Satuan kesejahteraan", "Unit of welfare"), survey.welfare_unit);
    Fact(&sheet, Say("Yang dihitung", "Counted"),
         survey.count == "persons" ? Say("jiwa", "persons") : Say("keluarga", "families"));
    Fact(&sheet, Say("Galat baku", "Standard errors"), ErrorsText(survey.errors, language_));
    for (const auto& [name, value] :
         {std::pair{Say("Pengamatan", "Observations"), static_cast<double>(survey.observations)},
          std::pair{Say("Jumlah bobot", "Sum of weights"), survey.weight_sum},
          std::pair{Say("Strata", "Strata"), static_cast<double>(survey.strata)},
          std::pair{Say("Unit sampel primer", "Primary units"), static_cast<double>(survey.psus)},
          std::pair{Say("Derajat bebas", "Degrees of freedom"), survey.design_df}}) {
      sheet.Text(name);
      sheet.Number(value, Unit::kCount);
      sheet.NextRow();
    }
    for (const Remark& remark : survey.remarks) {
      Fact(&sheet, remark.warning ? Say("Perhatian", "Warning") : Say("Catatan", "Note"),
           remark.text(language_));
    }
    if (!report_.comparison) return;
    Fact(&sheet, Say("Dibandingkan dengan", "Compared with"), report_.comparison->later.file);
    for (const std::string& sentence : ComparisonSentences(*report_.comparison, language_)) {
      Fact(&sheet, Say("Perbandingan", "Comparison"), sentence);
    }
  }

  void Figures() {
    Sheet sheet(workbook_, Say("angka", "figures"));
    sheet.Widths(13, 14);
    sheet.Widen(0, 34);
    sheet.Widen(2, 26);
    for (const std::string& heading :
         {Say("ukuran", "measure"), Say("garis", "line"), Say("kelompok", "group"),
          Say("angka", "estimate"), Say("galat baku", "standard error"),
          Say("batas bawah", "lower"), Say("batas atas", "upper"), Say("RSE", "cv"),
          Say("derajat bebas", "degrees of freedom"), Say("efek rancangan", "design effect"),
          Say("pengamatan", "observations"), Say("jumlah bobot", "sum of weights"),
          Say("catatan", "note"), std::string("id")}) {
      sheet.Heading(heading);
    }
    sheet.NextRow();
    sheet.Freeze();
    for (const BreakdownFigures& breakdown : report_.breakdowns) {
      for (const Figure& figure : breakdown.figures) FigureRow(figure, &sheet);
    }
  }

  void FigureRow(const Figure& figure, Sheet* sheet) {
    const FigureText text = TextOf(figure, language_);
    const Unit unit = figure.subject.unit;
    sheet->Text(figure.subject.name(language_));
    sheet->Text(text.line);
    sheet->Text(text.domain);
    if (figure.estimate.ok()) {
      const measures::Estimate& estimate = *figure.estimate;
      sheet->Number(estimate.estimate, unit);
      sheet->Number(estimate.standard_error, unit);
      sheet->Number(estimate.lower, unit);
      sheet->Number(estimate.upper, unit);
      sheet->Number(estimate.cv, Unit::kShare);
      sheet->Number(estimate.design_df, Unit::kCount);
      sheet->Number(estimate.design_effect, Unit::kIndex);
      sheet->Number(static_cast<double>(estimate.observations), Unit::kCount);
      sheet->Number(estimate.weight_sum, Unit::kCount);
    } else {
      for (int i = 0; i < 9; ++i) sheet->Number(std::nullopt, unit);
    }
    sheet->Text(text.note);
    sheet->Text(figure.subject.measure);
    sheet->NextRow();
  }

  void TextSheet(const std::string& name, const TextTable& table) {
    Sheet sheet(workbook_, name);
    sheet.Widths(static_cast<lxw_col_t>(table.columns.size()), 18);
    sheet.Widen(0, 34);
    sheet.Text(table.caption);
    sheet.NextRow();
    for (const TextTable::Column& column : table.columns) sheet.Heading(column.heading);
    sheet.NextRow();
    sheet.Freeze();
    for (const auto& row : table.rows) {
      for (const TextCell& cell : row) {
        if (cell.number) {
          sheet.Number(cell.number, cell.unit);
        } else {
          sheet.Text(cell.text);
        }
      }
      sheet.NextRow();
    }
  }

  const Report& report_;
  Language language_;
  lxw_workbook* workbook_;
};

}  // namespace

absl::Status WriteXlsx(const Report& report, Language language, const std::string& path) {
  lxw_workbook* workbook = workbook_new(path.c_str());
  if (workbook == nullptr) {
    return base::Error(absl::StatusCode::kResourceExhausted, "FILE_FAILED",
                       fmt::format("cannot write {}: out of memory", path));
  }
  Workbook(report, language, workbook).Fill();
  const lxw_error error = workbook_close(workbook);
  if (error == LXW_NO_ERROR) return absl::OkStatus();
  return base::Error(absl::StatusCode::kInternal, "FILE_FAILED",
                     fmt::format("cannot write {}: {}", path, lxw_strerror(error)));
}

}  // namespace sepakat::measure
