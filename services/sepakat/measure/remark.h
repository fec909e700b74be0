// Something about a survey that its reader must know: what was found and what it does to the
// figures.
//
// Thread: plain value.
#pragma once

#include <string>
#include <vector>

#include "common/base/language.h"

namespace sepakat::measure {

using base::Language;

struct Remark {
  // Stable, UPPER_SNAKE.
  std::string reason;
  // true: figures are wrong or more uncertain than they look; false: good to know.
  bool warning = false;
  std::string text_id;
  std::string text_en;

  const std::string& text(Language language) const {
    return language == Language::kIndonesian ? text_id : text_en;
  }
};

}  // namespace sepakat::measure
