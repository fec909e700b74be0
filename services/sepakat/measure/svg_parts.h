// Pieces that all pictures share: frame, axes, texts, colours. Internal to svg*.cc.
//
// Thread: one object per picture.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sepakat/measure/chart.h"
#include "sepakat/measure/nice_scale.h"

namespace sepakat::measure {

inline constexpr double kCharWidth = 6.3;
inline constexpr const char* kInk = "#1f2933";
inline constexpr const char* kQuiet = "#616e7c";
inline constexpr const char* kGrid = "#e4e7eb";
inline constexpr const char* kMarkColour = "#9b1c1c";

// Colours in the order of use.
std::string_view ColourOf(size_t number);

// Width of a text in the pictures' type, roughly.
double WidthOf(std::string_view text);

// Breaks a text into lines of at most `most` characters, between words.
std::vector<std::string> Wrapped(std::string_view text, size_t most);

class SvgWriter {
 public:
  SvgWriter(double width, double height) : width_(width), height_(height) {}

  void Line(double x1, double y1, double x2, double y2, std::string_view colour, double width,
            std::string_view dashes = "");
  void Path(const std::vector<std::pair<double, double>>& points, std::string_view colour,
            double width, std::string_view dashes = "");
  void Rect(double x, double y, double width, double height, std::string_view colour,
            std::string_view tip = "");
  void Dot(double x, double y, double radius, std::string_view colour, bool hollow,
           std::string_view tip);
  // anchor: start, middle, end.
  void Text(double x, double y, std::string_view text, std::string_view anchor,
            std::string_view colour = kInk, double size = 12);
  void TurnedText(double x, double y, std::string_view text);
  std::string Finish(const Chart& chart, Language language) const;

 private:
  double width_;
  double height_;
  std::string body_;
};

// Numbers along an axis.
std::vector<std::string> TickTexts(const NiceScale& scale, Unit unit, Language language);

std::string DrawCurves(const Chart& chart, Language language);
std::string DrawIntervals(const Chart& chart, Language language);
std::string DrawStacks(const Chart& chart, Language language);

}  // namespace sepakat::measure
