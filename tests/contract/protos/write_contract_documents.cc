// Writes docs/EVENTS.md and protos/surface.txt from the descriptors: `make contracts` after a
// change.
//
// surface.txt may only grow: a line that is there and no longer true is refused, not dropped.
#include <algorithm>
#include <fstream>
#include <iostream>

#include "tests/contract/protos/contracts.h"
#include "tests/support/paths.h"

int main() {
  const auto contracts = sepakat::contract::Contracts::Load();
  const auto root = sepakat::support::SourceFolder();
  const auto lines = sepakat::contract::PublicSurface(contracts);
  std::ifstream promised(root / "protos/surface.txt");
  for (std::string line; std::getline(promised, line);) {
    if (!std::ranges::binary_search(lines, line)) {
      std::cerr << "promised and gone: " << line << "\n";
      return 1;
    }
  }
  std::ofstream(root / "docs/EVENTS.md") << sepakat::contract::EventsDocument(contracts);
  std::ofstream surface(root / "protos/surface.txt");
  for (const std::string& line : lines) {
    surface << line << "\n";
  }
  std::cout << "docs/EVENTS.md and protos/surface.txt are written\n";
  return surface.good() ? 0 : 1;
}
