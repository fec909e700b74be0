#include <algorithm>

#include "sepakat/measure/svg_parts.h"

namespace sepakat::measure {
namespace {

constexpr double kLeft = 64;
constexpr double kTop = 14;
constexpr double kBottom = 52;
constexpr double kWidth = 720;
constexpr double kHeight = 400;
constexpr double kLegend = 190;
constexpr size_t kLegendCharacters = 21;
constexpr double kLegendLine = 15;
constexpr int kSteps = 5;

// Where values fall on the picture.
struct Plot {
  NiceScale x;
  NiceScale y;
  double left = kLeft;
  double top = kTop;
  double width = 0;
  double height = 0;

  double X(double value) const { return left + width * (value - x.low) / (x.high - x.low); }
  double Y(double value) const { return top + height * (1 - (value - y.low) / (y.high - y.low)); }
};

// Both axes are shares of a whole: the picture is square.
bool IsSquare(const Chart& chart) {
  return std::ranges::any_of(chart.curves, &Curve::is_reference);
}

Plot PlotOf(const Chart& chart) {
  double low_x = 0;
  double high_x = 0;
  double low_y = 0;
  double high_y = 0;
  for (const Curve& curve : chart.curves) {
    for (const Curve::Point& point : curve.points) {
      low_x = std::min(low_x, point.x);
      high_x = std::max(high_x, point.x);
      low_y = std::min(low_y, point.y);
      high_y = std::max(high_y, point.y);
    }
  }
  for (const Mark& mark : chart.marks) {
    if (mark.vertical) continue;
    low_y = std::min(low_y, mark.at);
    high_y = std::max(high_y, mark.at);
  }
  Plot plot;
  plot.x = ScaleFor(low_x, high_x, kSteps);
  plot.y = ScaleFor(low_y, high_y, kSteps);
  // The curve ends where the data end, not at the next round number.
  plot.x.high = high_x;
  plot.height = kHeight;
  plot.width = IsSquare(chart) ? kHeight : kWidth - kLeft - kLegend;
  return plot;
}

void DrawAxes(const Chart& chart, const Plot& plot, Language language, SvgWriter* svg) {
  const std::vector<std::string> across = TickTexts(plot.x, chart.x.unit, language);
  const std::vector<double> x_ticks = plot.x.Ticks();
  for (size_t i = 0; i < x_ticks.size(); ++i) {
    if (x_ticks[i] > plot.x.high * (1 + 1e-9)) continue;
    const double at = plot.X(x_ticks[i]);
    svg->Line(at, plot.top, at, plot.top + plot.height, kGrid, 1);
    svg->Text(at, plot.top + plot.height + 18, across[i], "middle", kQuiet, 11);
  }
  const std::vector<std::string> up = TickTexts(plot.y, chart.y.unit, language);
  const std::vector<double> y_ticks = plot.y.Ticks();
  for (size_t i = 0; i < y_ticks.size(); ++i) {
    const double at = plot.Y(y_ticks[i]);
    svg->Line(plot.left, at, plot.left + plot.width, at, kGrid, 1);
    svg->Text(plot.left - 8, at + 4, up[i], "end", kQuiet, 11);
  }
  svg->Line(plot.left, plot.Y(std::max(plot.y.low, 0.0)), plot.left + plot.width,
            plot.Y(std::max(plot.y.low, 0.0)), kQuiet, 1);
  svg->Line(plot.left, plot.top, plot.left, plot.top + plot.height, kQuiet, 1);
  svg->Text(plot.left + plot.width / 2, plot.top + plot.height + 40, chart.x.name.in(language),
            "middle", kQuiet);
  svg->TurnedText(16, plot.top + plot.height / 2, chart.y.name.in(language));
}

void DrawCurve(const Curve& curve, const Plot& plot, std::string_view colour, SvgWriter* svg) {
  std::vector<std::pair<double, double>> points;
  for (const Curve::Point& point : curve.points) {
    if (curve.is_step && !points.empty())
      points.emplace_back(plot.X(point.x), points.back().second);
    points.emplace_back(plot.X(point.x), plot.Y(point.y));
  }
  if (curve.is_reference) {
    svg->Path(points, kQuiet, 1.2, "5 4");
  } else {
    svg->Path(points, colour, 2.4);
  }
}

void DrawMark(const Mark& mark, const Plot& plot, SvgWriter* svg) {
  if (mark.vertical) {
    svg->Line(plot.X(mark.at), plot.top, plot.X(mark.at), plot.top + plot.height, kMarkColour, 1.4,
              "3 3");
  } else {
    svg->Line(plot.left, plot.Y(mark.at), plot.left + plot.width, plot.Y(mark.at), kMarkColour, 1.4,
              "3 3");
  }
}

}  // namespace

std::string DrawCurves(const Chart& chart, Language language) {
  const Plot plot = PlotOf(chart);
  SvgWriter svg(kWidth, kTop + kHeight + kBottom);
  DrawAxes(chart, plot, language, &svg);
  for (const Mark& mark : chart.marks) DrawMark(mark, plot, &svg);
  double legend_y = plot.top + 12;
  const double legend_x = plot.left + plot.width + 18;
  const auto legend = [&](const std::string& name) {
    for (const std::string& line : Wrapped(name, kLegendCharacters)) {
      svg.Text(legend_x + 28, legend_y, line, "start");
      legend_y += kLegendLine;
    }
    legend_y += 5;
  };
  size_t number = 0;
  for (const Curve& curve : chart.curves) {
    const std::string_view colour = curve.is_reference ? kQuiet : ColourOf(number);
    if (!curve.is_reference) ++number;
    DrawCurve(curve, plot, colour, &svg);
    svg.Line(legend_x, legend_y - 4, legend_x + 20, legend_y - 4, colour,
             curve.is_reference ? 1.2 : 2.4, curve.is_reference ? "5 4" : "");
    legend(curve.name.in(language));
  }
  for (const Mark& mark : chart.marks) {
    svg.Line(legend_x, legend_y - 4, legend_x + 20, legend_y - 4, kMarkColour, 1.4, "3 3");
    legend(mark.name.in(language));
  }
  return svg.Finish(chart, language);
}

}  // namespace sepakat::measure
