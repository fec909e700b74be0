// One [[programme]] table of a reference file. Internal to services/sepakat.
#pragma once

#include "sepakat/reference/events/v1/reference_events.pb.h"
#include "sepakat/reference/toml_reader.h"

namespace sepakat::reference {

// Mistakes are added to `problems`. Money is whole rupiah; a sub kegiatan code is
// `U.BB.PP.L.KK.SSSS`.
events::v1::ProgrammeRecorded ReadProgramme(TableReader reader, Problems& problems);

}  // namespace sepakat::reference
