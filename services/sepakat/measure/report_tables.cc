#include "sepakat/measure/report_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "sepakat/measure/figure_text.h"

namespace sepakat::measure {

std::string BreakdownText(const Breakdown& by) {
  std::string text;
  for (const Name& name : by) text += (text.empty() ? "" : " + ") + name.text;
  return text;
}

TextTable FiguresTable(const BreakdownFigures& breakdown, Language language) {
  const auto say = [language](std::string_view id, std::string_view en) {
    return std::string(language == Language::kIndonesian ? id : en);
  };
  const bool everybody = breakdown.by.empty();
  std::vector<FigureText> texts;
  for (const Figure& figure : breakdown.figures) texts.push_back(TextOf(figure, language));
  const bool lines =
      std::ranges::any_of(texts, [](const FigureText& text) { return !text.line.empty(); });
  TextTable table;
  table.caption = everybody
                      ? say("Seluruhnya", "Everybody")
                      : fmt::format("{} {}", say("Menurut", "By"), BreakdownText(breakdown.by));
  table.last_is_note = true;
  if (!everybody) table.block_cells = lines ? 2 : 1;
  table.columns.push_back({say("ukuran", "measure")});
  if (lines) table.columns.push_back({say("garis", "line")});
  if (!everybody) table.columns.push_back({say("kelompok", "group")});
  table.columns.push_back({say("angka", "estimate"), true});
  table.columns.push_back({say("galat baku", "std. error"), true});
  table.columns.push_back({say("RSE %", "cv %"), true});
  table.columns.push_back({say("selang", "interval"), true});
  table.columns.push_back({say("pengamatan", "observations"), true});
  table.columns.push_back({say("catatan", "note")});
  for (FigureText& text : texts) {
    std::vector<TextCell> row = {std::move(text.measure)};
    if (lines) row.emplace_back(std::move(text.line));
    if (!everybody) row.emplace_back(std::move(text.domain));
    for (std::string* cell :
         {&text.estimate, &text.error, &text.cv, &text.interval, &text.observations, &text.note}) {
      row.emplace_back(std::move(*cell));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace sepakat::measure
