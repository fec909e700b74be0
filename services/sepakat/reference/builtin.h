// Files that ship inside the program: reference data, the demonstration profile, code books,
// descriptions of local series, multidimensional poverty measures.
//
// Thread: immutable.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace sepakat::reference {

enum class BuiltinKind { kReference, kProfile, kCodebook, kSeries, kMpi };

struct BuiltinFile {
  BuiltinKind kind;
  // File name, for example `poverty_lines_2025.toml`.
  std::string_view name;
  std::string_view text;
};

// All of them, by name.
std::span<const BuiltinFile> BuiltinFiles();

// By file name, or by file name without `.toml`; empty when there is none.
std::optional<BuiltinFile> FindBuiltin(BuiltinKind kind, std::string_view name);

}  // namespace sepakat::reference
