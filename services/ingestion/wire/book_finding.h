// A mistake in a code book or in a sample file, with its place.
//
// Thread: plain value.
#pragma once

#include <string>

namespace sepakat::ingestion {

struct BookFinding {
  std::string file;
  // Counted from 1; 0 when it is about the whole file.
  int line = 0;
  std::string message;
  // `survei.toml:12: unknown key 'kolum'`.
  std::string Text() const;
};

}  // namespace sepakat::ingestion
