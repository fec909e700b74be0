// The contracts as data: descriptors of all .proto files, read from the build's sepakat.protoset.
//
// Thread: pure functions after loading.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace sepakat::contract {

class Contracts {
 public:
  // Aborts the test program when the file cannot be read: there is nothing to test then.
  static Contracts Load();

  // Files of the package `sepakat` only, in the order of their names.
  std::vector<const google::protobuf::FileDescriptor*> files() const;

 private:
  std::unique_ptr<google::protobuf::DescriptorPool> pool_;
  std::vector<std::string> names_;
};

// One line for each field and enum value that somebody outside may depend on, sorted:
//   `message sepakat.common.v1.Figure 1 measure string singular`.
std::vector<std::string> PublicSurface(const Contracts& contracts);

// The text of docs/EVENTS.md.
std::string EventsDocument(const Contracts& contracts);

}  // namespace sepakat::contract
