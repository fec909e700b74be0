// The global multidimensional poverty index of 2018, and units described by what they lack.
#pragma once

#include <initializer_list>
#include <string_view>

#include "common/measures/alkire_foster.h"

namespace sepakat::support {

// Three dimensions, ten indicators in 18ths, k = 1/3; indicators are named as in the glossary:
// nutrition, child_mortality, schooling, attendance, fuel, sanitation, water, electricity, housing,
// assets.
measures::MpiSpecification GlobalMpi();

// A unit that is deprived in `deprived`, of which `unknown` is not known, and that has the rest.
measures::Deprivations UnitOf(const measures::MpiSpecification& specification,
                              std::initializer_list<std::string_view> deprived,
                              std::initializer_list<std::string_view> unknown = {});

}  // namespace sepakat::support
