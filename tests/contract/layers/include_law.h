// The dependency law as the includes of the sources tell it; cmake/layers.cmake keeps the same law
// over targets.
//
// A source may include, of ours, what its layer allows and never another service; of others,
// nothing that its layer never contains. Layers of files come from layers.tsv, which CMake writes:
// layer, folder, sources. Thread: pure functions over text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sepakat::support {

class IncludeLaw {
 public:
  // `layers_tsv` is the text of layers.tsv.
  explicit IncludeLaw(std::string_view layers_tsv);

  // The layer of a path below the source root ("services/targeting/domain/ranking.h"): that of the
  // library that lists it or the .cc of the same name, else that of the nearest folder whose
  // libraries agree; "" when nothing tells.
  std::string LayerOf(std::string_view path) const;

  // One sentence per include of `text` that the law forbids to the file `path`.
  std::vector<std::string> Violations(std::string_view path, std::string_view text) const;

 private:
  std::string Judge(std::string_view path, std::string_view layer, std::string_view included) const;

  std::map<std::string, std::string> layer_of_stem_;
  std::map<std::string, std::string> layer_of_folder_;  // "" where libraries of one folder disagree
};

}  // namespace sepakat::support
