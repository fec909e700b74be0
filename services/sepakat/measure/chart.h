// The data behind one picture, before it is drawn; the same numbers stand in the table beside it.
//
// Thread: plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sepakat/measure/figure.h"
#include "sepakat/measure/remark.h"

namespace sepakat::measure {

// A text in both languages.
struct Words {
  std::string id;
  std::string en;

  const std::string& in(Language language) const {
    return language == Language::kIndonesian ? id : en;
  }
};

struct Axis {
  Words name;
  Unit unit = Unit::kIndex;
};

struct Curve {
  struct Point {
    double x = 0;
    double y = 0;
  };
  Words name;
  std::vector<Point> points = {};
  // A curve to compare with: thin and grey (equality, no growth).
  bool is_reference = false;
  // Constant up to the next point.
  bool is_step = false;
};

// A line to look at across the picture: a poverty line.
struct Mark {
  Words name;
  double at = 0;
  bool vertical = true;
};

// One estimate with its interval.
struct Bar {
  Words name;
  double value = 0;
  std::optional<double> lower = {};
  std::optional<double> upper = {};
  // Drawn pale: not reliable.
  bool is_doubtful = false;
};

// One bar of parts that add up to a whole.
struct Stack {
  Words name;
  // In the order of Chart::parts.
  std::vector<double> parts;
};

struct Chart {
  enum Kind { kCurves, kIntervals, kStacks };
  Kind kind = kCurves;
  // Small letters, for anchors.
  std::string id;
  Words title;
  // What to read from it, in a sentence.
  Words reading = {};
  Axis x = {};
  Axis y = {};
  std::vector<Curve> curves = {};
  std::vector<Mark> marks = {};
  std::vector<Bar> bars = {};
  std::vector<Words> parts = {};
  std::vector<Stack> stacks = {};
};

}  // namespace sepakat::measure
