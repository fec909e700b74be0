#include "sepakat/reference/builtin.h"

namespace sepakat::reference {

std::optional<BuiltinFile> FindBuiltin(BuiltinKind kind, std::string_view name) {
  for (const BuiltinFile& file : BuiltinFiles()) {
    if (file.kind != kind) continue;
    const std::string_view stem = file.name.substr(0, file.name.rfind('.'));
    if (name == file.name || name == stem) return file;
  }
  return std::nullopt;
}

}  // namespace sepakat::reference
