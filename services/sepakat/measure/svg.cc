#include "sepakat/measure/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sepakat/measure/numbers_text.h"
#include "sepakat/measure/svg_parts.h"

namespace sepakat::measure {
namespace {

// Okabe and Ito (2008), darkened where white paper asks for it, then further hues for long lists.
constexpr std::array<std::string_view, 12> kColours = {"#0b5fa5", "#c2410c", "#047857", "#7c3aed",
                                                       "#a16207", "#0891b2", "#be185d", "#4d7c0f",
                                                       "#475569", "#1d4ed8", "#9f1239", "#57534e"};
constexpr double kPercent = 100;

std::string Points(const std::vector<std::pair<double, double>>& points) {
  std::string text;
  for (const auto& [x, y] : points) text += fmt::format("{:.1f},{:.1f} ", x, y);
  return text;
}

std::string Dashes(std::string_view dashes) {
  return dashes.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dashes);
}

std::string Tip(std::string_view tip) {
  return tip.empty() ? "" : fmt::format("<title>{}</title>", Escaped(tip));
}

}  // namespace

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped.push_back(c);
    }
  }
  return escaped;
}

std::string_view ColourOf(size_t number) { return kColours[number % kColours.size()]; }

double WidthOf(std::string_view text) {
  const auto characters = std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; });
  return kCharWidth * static_cast<double>(characters);
}

std::vector<std::string> Wrapped(std::string_view text, size_t most) {
  std::vector<std::string> lines = {""};
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!lines.back().empty() && lines.back().size() + 1 + word.size() > most) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

void SvgWriter::Line(double x1, double y1, double x2, double y2, std::string_view colour,
                     double width, std::string_view dashes) {
  body_ += fmt::format(
      "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
      "stroke-width=\"{}\"{}/>\n",
      x1, y1, x2, y2, colour, width, Dashes(dashes));
}

void SvgWriter::Path(const std::vector<std::pair<double, double>>& points, std::string_view colour,
                     double width, std::string_view dashes) {
  body_ += fmt::format(
      "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" "
      "stroke-linejoin=\"round\"{}/>\n",
      Points(points), colour, width, Dashes(dashes));
}

void SvgWriter::Rect(double x, double y, double width, double height, std::string_view colour,
                     std::string_view tip) {
  body_ += fmt::format(
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\">{}</rect>\n",
      x, y, width, height, colour, Tip(tip));
}

void SvgWriter::Dot(double x, double y, double radius, std::string_view colour, bool hollow,
                    std::string_view tip) {
  body_ += fmt::format(
      "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\" stroke=\"{}\" "
      "stroke-width=\"1.6\">{}</circle>\n",
      x, y, radius, hollow ? "#ffffff" : colour, colour, Tip(tip));
}

void SvgWriter::Text(double x, double y, std::string_view text, std::string_view anchor,
                     std::string_view colour, double size) {
  body_ += fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" fill=\"{}\" font-size=\"{}\">{}</text>\n",
      x, y, anchor, colour, size, Escaped(text));
}

void SvgWriter::TurnedText(double x, double y, std::string_view text) {
  body_ += fmt::format(
      "<text transform=\"translate({:.1f} {:.1f}) rotate(-90)\" text-anchor=\"middle\" "
      "fill=\"{}\" font-size=\"12\">{}</text>\n",
      x, y, kQuiet, Escaped(text));
}

std::string SvgWriter::Finish(const Chart& chart, Language language) const {
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-labelledby=\"{}-t {}-d\" "
      "xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"{}-t\">{}</title>\n<desc "
      "id=\"{}-d\">{}</desc>\n{}</svg>\n",
      width_, height_, chart.id, chart.id, chart.id, Escaped(chart.title.in(language)), chart.id,
      Escaped(chart.reading.in(language)), body_);
}

std::vector<std::string> TickTexts(const NiceScale& scale, Unit unit, Language language) {
  const double factor = unit == Unit::kShare ? kPercent : 1;
  const int decimals = scale.Decimals(factor);
  std::vector<std::string> texts;
  for (const double tick : scale.Ticks()) {
    texts.push_back(NumberShown(tick * factor, decimals, language));
    if (unit == Unit::kShare) texts.back() += " %";
  }
  return texts;
}

std::string DrawSvg(const Chart& chart, Language language) {
  switch (chart.kind) {
    case Chart::kCurves:
      return DrawCurves(chart, language);
    case Chart::kIntervals:
      return DrawIntervals(chart, language);
    case Chart::kStacks:
      break;
  }
  return DrawStacks(chart, language);
}

}  // namespace sepakat::measure
