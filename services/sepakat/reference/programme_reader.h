// One [[programme]] table of a reference file. Internal to services/sepakat.
#pragma once

#include "common/tables/table_reader.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"

namespace sepakat::reference {

// Mistakes are added to `problems`. Money is whole rupiah; a sub kegiatan code is
// `U.BB.PP.L.KK.SSSS`.
events::v1::ProgrammeRecorded ReadProgramme(tables::TableReader reader, tables::Problems& problems);

}  // namespace sepakat::reference
