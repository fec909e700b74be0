// Where a status keeps its Indonesian sentence. Internal to base; others use language.h.
#pragma once

namespace sepakat::base {

inline constexpr char kIndonesianUrl[] = "sepakat/indonesian";

}  // namespace sepakat::base
