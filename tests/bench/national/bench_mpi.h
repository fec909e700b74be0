// The multidimensional measure of the benchmarks: 14 indicators in four dimensions, D = 168, poor
// from one third.
//
// Thread: pure function.
#pragma once

#include "common/measures/mpi_specification.h"

namespace sepakat::bench {

measures::MpiSpecification BenchMpi();

}  // namespace sepakat::bench
