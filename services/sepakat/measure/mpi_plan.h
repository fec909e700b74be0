// A multidimensional poverty measure on the observations of a survey, as figures of a plan.
//
//   mpi.h, mpi.a, mpi.m0, and of each indicator mpi.raw, mpi.censored, mpi.contribution; of each
//   dimension mpi.dimension_contribution (docs/MEASURES.md)
// Errors: InvalidArgument NAME_UNKNOWN; those of Alkire-Foster measures.
// Thread: pure functions. Memory: one column of doubles per indicator and cut-off, twice.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/alkire_foster.h"
#include "sepakat/measure/mpi_file.h"
#include "sepakat/measure/plan.h"

namespace sepakat::measure {

// An indicator and what its column means in the light of a code book.
struct MpiColumns {
  std::vector<Name> names;
};

absl::StatusOr<MpiColumns> FindMpiColumns(const ingestion::CodeBook& book,
                                          const std::vector<std::string>& columns_of_file,
                                          const MpiFile& file);
// The columns of the file that the indicators need.
void TakeMpiColumns(const MpiFile& file, const MpiColumns& columns, FrameRequest* frame);

// The deprivations of each observation.
std::vector<measures::Deprivations> DeprivationsOf(const Frame& frame, const MpiFile& file,
                                                   const MpiColumns& columns);

// Figures at each of `cutoffs` (none: the one of the file); what is unknown is told.
absl::Status AddMpi(const MpiFile& file, const MpiColumns& columns,
                    const std::vector<measures::Fraction>& cutoffs, Plan* plan,
                    std::vector<Remark>* remarks);

}  // namespace sepakat::measure
