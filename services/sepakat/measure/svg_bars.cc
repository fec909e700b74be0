#include <fmt/format.h>

#include <algorithm>

#include "sepakat/measure/numbers_text.h"
#include "sepakat/measure/svg_parts.h"

namespace sepakat::measure {
namespace {

constexpr double kWidth = 720;
constexpr double kRow = 22;
constexpr double kTop = 8;
constexpr double kRight = 64;
constexpr double kMostLabel = 230;
constexpr double kAxis = 44;
constexpr double kPercent = 100;
constexpr int kSteps = 5;
constexpr double kLegendLine = 19;
// Half of the last number of the axis stands beside it.
constexpr double kTickRoom = 28;
// Narrower parts have no number in them.
constexpr double kNumberedPart = 34;

// Room for the longest name, within bounds.
template <typename Rows>
double LabelWidth(const Rows& rows, Language language) {
  double width = 60;
  for (const auto& row : rows) width = std::max(width, WidthOf(row.name.in(language)) + 14);
  return std::min(width, kMostLabel);
}

// What fits, with an ellipsis.
std::string Fitting(const std::string& text, double width) {
  const auto most = static_cast<size_t>((width - 14) / kCharWidth + 0.5);
  std::string cut;
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool starts = (text[i] & 0xc0) != 0x80;
    if (starts && ++characters > most) return cut + "…";
    cut.push_back(text[i]);
  }
  return cut;
}

std::string Percent(double share, Language language) {
  return NumberShown(share * kPercent, 1, language) + " %";
}

}  // namespace

std::string DrawIntervals(const Chart& chart, Language language) {
  double low = 0;
  double high = 0;
  for (const Bar& bar : chart.bars) {
    low = std::min({low, bar.value, bar.lower.value_or(bar.value)});
    high = std::max({high, bar.value, bar.upper.value_or(bar.value)});
  }
  const NiceScale scale = ScaleFor(low, high, kSteps);
  const double left = LabelWidth(chart.bars, language);
  const double width = kWidth - left - kRight;
  const double bottom = kTop + kRow * static_cast<double>(chart.bars.size());
  const auto x = [&](double value) {
    return left + width * (value - scale.low) / (scale.high - scale.low);
  };
  SvgWriter svg(kWidth, bottom + kAxis);
  const std::vector<double> ticks = scale.Ticks();
  const std::vector<std::string> texts = TickTexts(scale, chart.x.unit, language);
  for (size_t i = 0; i < ticks.size(); ++i) {
    svg.Line(x(ticks[i]), kTop, x(ticks[i]), bottom, kGrid, 1);
    svg.Text(x(ticks[i]), bottom + 17, texts[i], "middle", kQuiet, 11);
  }
  svg.Text(left + width / 2, bottom + 36, chart.x.name.in(language), "middle", kQuiet);
  for (size_t i = 0; i < chart.bars.size(); ++i) {
    const Bar& bar = chart.bars[i];
    const double y = kTop + kRow * (static_cast<double>(i) + 0.5);
    const std::string& name = bar.name.in(language);
    const std::string value = ValueShown(bar.value, chart.x.unit, language);
    svg.Text(left - 8, y + 4, Fitting(name, left), "end");
    if (bar.lower && bar.upper) {
      svg.Line(x(*bar.lower), y, x(*bar.upper), y, ColourOf(0), 2, bar.is_doubtful ? "4 3" : "");
      for (const double end : {*bar.lower, *bar.upper}) {
        svg.Line(x(end), y - 4, x(end), y + 4, ColourOf(0), 1.4);
      }
    }
    svg.Dot(x(bar.value), y, 4.2, ColourOf(0), bar.is_doubtful, fmt::format("{}: {}", name, value));
    svg.Text(kWidth - 4, y + 4, value, "end", kInk, 11);
  }
  return svg.Finish(chart, language);
}

std::string DrawStacks(const Chart& chart, Language language) {
  const double left = LabelWidth(chart.stacks, language);
  const double width = kWidth - left - kTickRoom;
  // The legend breaks into as many lines as it needs.
  std::vector<std::pair<double, double>> places;
  double legend_x = left;
  double legend_y = kTop + 10;
  for (const Words& part : chart.parts) {
    const double needed = WidthOf(part.in(language)) + 34;
    if (legend_x > left && legend_x + needed > kWidth) {
      legend_x = left;
      legend_y += kLegendLine;
    }
    places.emplace_back(legend_x, legend_y);
    legend_x += needed;
  }
  const double top = legend_y + 16;
  const double bottom = top + kRow * static_cast<double>(chart.stacks.size());
  SvgWriter svg(kWidth, bottom + kAxis);
  for (size_t i = 0; i < chart.parts.size(); ++i) {
    svg.Rect(places[i].first, places[i].second - 9, 11, 11, ColourOf(i));
    svg.Text(places[i].first + 17, places[i].second, chart.parts[i].in(language), "start");
  }
  const NiceScale scale{0, 1, 0.25};
  const std::vector<std::string> texts = TickTexts(scale, Unit::kShare, language);
  for (size_t i = 0; i < texts.size(); ++i) {
    const double at = left + width * scale.Ticks()[i];
    svg.Line(at, top, at, bottom, kGrid, 1);
    svg.Text(at, bottom + 17, texts[i], "middle", kQuiet, 11);
  }
  svg.Text(left + width / 2, bottom + 36, chart.x.name.in(language), "middle", kQuiet);
  for (size_t row = 0; row < chart.stacks.size(); ++row) {
    const Stack& stack = chart.stacks[row];
    const double y = top + kRow * static_cast<double>(row);
    svg.Text(left - 8, y + kRow / 2 + 4, Fitting(stack.name.in(language), left), "end");
    double at = left;
    for (size_t part = 0; part < stack.parts.size(); ++part) {
      const double length = width * stack.parts[part];
      const std::string share = Percent(stack.parts[part], language);
      svg.Rect(at, y + 2, std::max(0.0, length - 0.8), kRow - 4, ColourOf(part),
               fmt::format("{}, {}: {}", stack.name.in(language), chart.parts[part].in(language),
                           share));
      if (length >= kNumberedPart) {
        svg.Text(at + length / 2, y + kRow / 2 + 4,
                 NumberShown(stack.parts[part] * kPercent, 0, language), "middle", "#ffffff", 11);
      }
      at += length;
    }
  }
  return svg.Finish(chart, language);
}

}  // namespace sepakat::measure
