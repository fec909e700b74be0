#include "sepakat/measure/render_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sepakat/measure/comparison_text.h"
#include "sepakat/measure/figure_text.h"
#include "sepakat/measure/numbers_text.h"
#include "sepakat/measure/page_style.h"
#include "sepakat/measure/svg.h"

namespace sepakat::measure {
namespace {

constexpr size_t kCards = 4;
constexpr double kPercent = 100;

// One page under construction.
class Page {
 public:
  Page(const Report& report, Language language) : report_(report), language_(language) {}

  std::string Render(std::string_view made_on) {
    const std::string title = Say("Laporan survei: ", "Survey report: ") + report_.survey.name;
    out_ = fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
        "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
        "<style>{}</style>\n</head>\n<body>\n<main>\n",
        language_ == Language::kIndonesian ? "id" : "en", Escaped(title), kPageStyle);
    Header(made_on);
    Cards();
    Remarks();
    if (!report_.charts.empty()) Heading("Gambar", "Pictures");
    for (const Chart& chart : report_.charts) Figure(chart);
    if (report_.comparison) Changes(*report_.comparison);
    Heading("Semua angka", "All figures");
    for (const BreakdownFigures& breakdown : report_.breakdowns) Figures(breakdown);
    Method();
    out_ += "</main>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  std::string Say(std::string_view id, std::string_view en) const {
    return std::string(language_ == Language::kIndonesian ? id : en);
  }
  std::string Count(double value) const { return NumberShown(value, 0, language_); }

  // `2026-11-25`; in Indonesian the day comes first.
  std::string Day(std::string_view iso) const {
    if (language_ == Language::kEnglish || iso.size() != 10) return std::string(iso);
    return fmt::format("{}-{}-{}", iso.substr(8), iso.substr(5, 2), iso.substr(0, 4));
  }

  // Indonesian with English below it; a page in English has that alone.
  std::string Both(std::string_view id, std::string_view en) const {
    if (language_ == Language::kEnglish) return Escaped(std::string(en));
    std::string text = Escaped(std::string(id));
    if (en != id) text += fmt::format("<small lang=\"en\">{}</small>", Escaped(std::string(en)));
    return text;
  }
  std::string Both(const Words& words) const { return Both(words.id, words.en); }

  void Heading(std::string_view id, std::string_view en) {
    out_ += fmt::format("<h2>{}</h2>\n", Both(id, en));
  }

  void Header(std::string_view made_on) {
    const SurveyFacts& survey = report_.survey;
    const bool persons = survey.count == "persons";
    out_ += fmt::format(
        "<header>\n<h1>{}</h1>\n<p class=\"quiet\">{}</p>\n</header>\n", Escaped(survey.name),
        Escaped(fmt::format(
            fmt::runtime(
                Say("{} pengamatan mewakili {} {}; {} strata dan {} unit sampel primer. Laporan "
                    "dibuat {}.",
                    "{} observations stand for {} {}; {} strata and {} primary sampling units. "
                    "Made on {}.")),
            Count(static_cast<double>(survey.observations)), Count(survey.weight_sum),
            persons ? Say("jiwa", "persons") : Say("keluarga", "families"),
            Count(static_cast<double>(survey.strata)), Count(static_cast<double>(survey.psus)),
            Day(made_on))));
    if (!report_.comparison) return;
    out_ += fmt::format(
        "<p>{} <b>{}</b> ({}).</p>\n",
        Say("Dibandingkan dengan survei kemudian:", "Compared with the later survey:"),
        Escaped(report_.comparison->later.name), Escaped(report_.comparison->later.file));
  }

  void Cards() {
    if (report_.breakdowns.empty()) return;
    out_ += "<div class=\"cards\">\n";
    size_t shown = 0;
    for (const measure::Figure& figure : report_.breakdowns.front().figures) {
      if (!figure.estimate.ok() || shown++ == kCards) break;
      const FigureText text = TextOf(figure, language_);
      out_ += fmt::format(
          "<div class=\"card\">{}<b>{}{}</b><small>{}</small><small>{}</small></div>\n",
          Both(figure.subject.name_id, figure.subject.name_en), text.estimate,
          figure.subject.unit == Unit::kShare ? " %" : "",
          Escaped(text.line.empty() || text.line.starts_with("k =")
                      ? text.line
                      : Say("garis ", "line ") + text.line),
          text.interval.empty() ? std::string()
                                : fmt::format("{} {} %: {}", Say("selang", "interval"),
                                              Count(report_.confidence * kPercent), text.interval));
    }
    out_ += "</div>\n";
  }

  // What both surveys have in common is told once.
  void Remarks() {
    std::vector<Remark> remarks;
    const auto take = [&](const SurveyFacts& survey) {
      for (const Remark& remark : survey.remarks) {
        const bool told = std::ranges::any_of(
            remarks, [&](const Remark& one) { return one.text_id == remark.text_id; });
        if (!told) remarks.push_back(remark);
      }
    };
    take(report_.survey);
    if (report_.comparison) take(report_.comparison->later);
    if (remarks.empty()) return;
    Heading("Yang perlu diketahui tentang data", "What to know about the data");
    out_ += "<ul class=\"remarks\">\n";
    for (const Remark& remark : remarks) {
      out_ += fmt::format("<li{}>{}</li>\n", remark.warning ? " class=\"warning\"" : "",
                          Both(remark.text_id, remark.text_en));
    }
    out_ += "</ul>\n";
  }

  void Figure(const Chart& chart) {
    out_ +=
        fmt::format("<figure id=\"{}\">\n<figcaption><h3>{}</h3><p>{}</p></figcaption>\n{}",
                    chart.id, Both(chart.title), Both(chart.reading), DrawSvg(chart, language_));
    out_ += fmt::format("<details><summary>{}</summary><div class=\"scroll\">",
                        Say("Tabel di balik gambar (the table behind the picture)",
                            "The table behind the picture"));
    ChartTable(chart);
    out_ += "</div></details>\n</figure>\n";
  }

  // `en`: the same table in English, or the table itself.
  void Table(const TextTable& table, const TextTable& en) {
    const size_t blocks = table.block_cells;
    out_ += "<div class=\"scroll\"><table>\n";
    if (!table.caption.empty()) {
      out_ += fmt::format("<caption>{}</caption>\n", Both(table.caption, en.caption));
    }
    out_ += "<thead><tr>";
    for (size_t i = blocks; i < table.columns.size(); ++i) {
      out_ +=
          fmt::format("<th scope=\"col\"{}>{}</th>", table.columns[i].right ? " class=\"n\"" : "",
                      Both(table.columns[i].heading, en.columns[i].heading));
    }
    out_ += "</tr></thead>\n<tbody>\n";
    std::string above;
    for (size_t row = 0; row < table.rows.size(); ++row) {
      std::string block = BlockOf(table, row);
      if (blocks > 0 && block != above) {
        out_ +=
            fmt::format("<tr class=\"block\"><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n",
                        table.columns.size() - blocks, Both(block, BlockOf(en, row)));
      }
      above = std::move(block);
      Row(table, table.rows[row], en.rows[row]);
    }
    out_ += "</tbody></table></div>\n";
  }

  // `Poverty headcount (P0), %; 60%median = 10,859`.
  static std::string BlockOf(const TextTable& table, size_t row) {
    std::string text;
    for (size_t i = 0; i < table.block_cells; ++i) {
      const std::string& cell = table.rows[row][i].text;
      if (!cell.empty()) text += (text.empty() ? "" : "; ") + cell;
    }
    return text;
  }

  // What a row is about stands in both languages; numbers and notes do not.
  void Row(const TextTable& table, const std::vector<TextCell>& row,
           const std::vector<TextCell>& en) {
    out_ += "<tr>";
    for (size_t i = table.block_cells; i < row.size(); ++i) {
      const bool note = i + 1 == row.size() && table.last_is_note;
      const bool number = table.columns[i].right;
      const bool subject = i == table.block_cells && !number;
      out_ += fmt::format("<td{}>{}</td>",
                          number ? " class=\"n\""
                          : note ? " class=\"note\""
                                 : "",
                          subject ? Both(row[i].text, en[i].text) : Escaped(row[i].text));
    }
    out_ += "</tr>\n";
  }

  std::string Shown(double value, Unit unit) const {
    return ValueShown(value, unit, language_) + (unit == Unit::kShare ? " %" : "");
  }

  void ChartTable(const Chart& chart) {
    TextTable table;
    switch (chart.kind) {
      case Chart::kIntervals:
        table.columns = {{Say("kelompok", "group")},
                         {Say("angka", "estimate"), true},
                         {Say("batas bawah", "lower"), true},
                         {Say("batas atas", "upper"), true}};
        for (const Bar& bar : chart.bars) {
          table.rows.push_back({bar.name.in(language_), Shown(bar.value, chart.x.unit),
                                bar.lower ? Shown(*bar.lower, chart.x.unit) : "-",
                                bar.upper ? Shown(*bar.upper, chart.x.unit) : "-"});
        }
        break;
      case Chart::kStacks:
        table.columns = {{Say("kelompok", "group")}};
        for (const Words& part : chart.parts) table.columns.push_back({part.in(language_), true});
        for (const Stack& stack : chart.stacks) {
          std::vector<TextCell> row = {stack.name.in(language_)};
          for (const double part : stack.parts) row.emplace_back(Shown(part, Unit::kShare));
          row.resize(table.columns.size());
          table.rows.push_back(std::move(row));
        }
        break;
      case Chart::kCurves:
        CurvesTable(chart, &table);
        break;
    }
    Table(table, table);
  }

  // Curves of one chart share their x, but for lines to compare with.
  void CurvesTable(const Chart& chart, TextTable* table) const {
    table->columns = {{chart.x.name.in(language_), true}};
    const Curve* longest = nullptr;
    for (const Curve& curve : chart.curves) {
      if (curve.is_reference) continue;
      table->columns.push_back({curve.name.in(language_), true});
      if (longest == nullptr || curve.points.size() > longest->points.size()) longest = &curve;
    }
    for (size_t i = 0; longest != nullptr && i < longest->points.size(); ++i) {
      std::vector<TextCell> row = {Shown(longest->points[i].x, chart.x.unit)};
      for (const Curve& curve : chart.curves) {
        if (curve.is_reference) continue;
        row.emplace_back(i < curve.points.size() ? Shown(curve.points[i].y, chart.y.unit) : "");
      }
      table->rows.push_back(std::move(row));
    }
  }

  void Changes(const Comparison& comparison) {
    Heading("Perubahan antara kedua survei", "Changes between the two surveys");
    const std::vector<TextTable> english = ComparisonTables(comparison, Language::kEnglish);
    const std::vector<TextTable> tables = ComparisonTables(comparison, language_);
    for (size_t i = 0; i < tables.size(); ++i) Table(tables[i], english[i]);
    const std::vector<std::string> in_english = ComparisonSentences(comparison, Language::kEnglish);
    const std::vector<std::string> sentences = ComparisonSentences(comparison, language_);
    for (size_t i = 0; i < sentences.size(); ++i) {
      out_ += fmt::format("<p>{}</p>\n", Both(sentences[i], in_english[i]));
    }
  }

  void Figures(const BreakdownFigures& breakdown) {
    Table(FiguresTable(breakdown, language_), FiguresTable(breakdown, Language::kEnglish));
    if (breakdown.unknown == 0) return;
    out_ += fmt::format(
        "<p class=\"quiet\">{}</p>\n",
        fmt::format(
            fmt::runtime(Say("Kelompok {} pengamatan tidak diketahui; mereka hanya masuk angka "
                             "seluruhnya.",
                             "The group of {} observations is not known; they are in the "
                             "figures for everybody alone.")),
            Count(static_cast<double>(breakdown.unknown))));
  }

  void Fact(const std::string& name, const std::string& value) {
    out_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, Escaped(value));
  }

  void Method() {
    const SurveyFacts& survey = report_.survey;
    Heading("Cara menghitung", "How it was worked out");
    out_ += "<dl class=\"facts\">\n";
    Fact(Both("Berkas", "File"), survey.file);
    Fact(Both("Buku kode", "Code book"),
         fmt::format("{}, {} {}", survey.codebook, Say("versi", "version"),
                     survey.codebook_version));
    Fact(Both("Sumber", "Source"), survey.source);
    Fact(Both("Satuan kesejahteraan", "Unit of welfare"), survey.welfare_unit);
    for (const SurveyFacts::Line& line : survey.lines) {
      Fact(Both("Garis", "Line"),
           line.value ? fmt::format("{} = {}", line.text,
                                    ValueShown(*line.value, Unit::kWelfare, language_))
                      : line.text);
    }
    Fact(Both("Rancangan", "Design"),
         fmt::format(
             fmt::runtime(Say("{} tahap yang menambah galat, derajat bebas {}, unit tunggal: {}",
                              "{} stages that add to errors, {} degrees of freedom, single units: "
                              "{}")),
             survey.stages, Count(survey.design_df), survey.single_psu));
    Fact(Both("Galat baku", "Standard errors"), ErrorsText(survey.errors, language_));
    Fact(Both("Selang", "Intervals"),
         fmt::format("{} %", NumberShown(report_.confidence * kPercent, 0, language_)));
    Fact(Both("Mutu", "Quality"),
         Say("RSE di atas 25 %: gunakan dengan hati-hati; di atas 50 %: tidak dapat diandalkan",
             "A relative standard error above 25 %: use with caution; above 50 %: not reliable"));
    out_ += "</dl>\n";
    out_ += fmt::format("<footer>{}</footer>\n",
                        Say("Dibuat dengan SEPAKAT. Jawaban yang tidak diketahui tidak pernah "
                            "dihitung sebagai nol; rumus "
                            "dan perangkap setiap ukuran tertulis di docs/MEASURES.md.",
                            "Made with SEPAKAT. Answers that are not known never count as zero; "
                            "formulas and traps of "
                            "each measure stand in docs/MEASURES.md."));
  }

  const Report& report_;
  Language language_;
  std::string out_;
};

}  // namespace

std::string RenderHtml(const Report& report, Language language, std::string_view made_on) {
  return Page(report, language).Render(made_on);
}

}  // namespace sepakat::measure
