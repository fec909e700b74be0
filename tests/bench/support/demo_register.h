// The demonstration register in memory, and the way in: what several benchmarks ingest.
//
// Thread: one.
#pragma once

#include <cstdint>
#include <string>

#include "common/platform/rpc/rpc_channel.h"
#include "sepakat/generate/register_writer.h"

namespace sepakat::bench {

struct DemoRegister {
  std::string csv;
  // The regions it lies in, `kode,nama`.
  std::string regions;
  generate::Expected expected;

  double families() const { return static_cast<double>(expected.received); }
  // `290,044 families, 1,034,393 rows`.
  std::string Text() const;
};

// The same register that `make run` loads, or one of `families` families.
DemoRegister MakeDemoRegister(int64_t families = 0);

// Regions and code book.
void LoadReference(platform::RpcChannel& channel, const DemoRegister& input);

// IngestFile. True when the counts are those that the generator promises.
bool Ingest(platform::RpcChannel& channel, const DemoRegister& input);

}  // namespace sepakat::bench
