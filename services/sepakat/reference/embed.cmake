# Writes builtin_files.cc from TOML files: cmake -DOUT=FILE -DFILES=kind:path;... -P embed.cmake
#
# A raw string literal holds a file; its delimiter occurs in none of them.

set(entries "")
foreach(item IN LISTS FILES)
  string(REGEX MATCH "^([A-Za-z]+):(.*)$" matched "${item}")
  set(kind ${CMAKE_MATCH_1})
  set(path ${CMAKE_MATCH_2})
  get_filename_component(name ${path} NAME)
  file(READ ${path} text)
  string(LENGTH "${text}" length)
  # Compilers limit one literal; neighbours are joined.
  set(literal "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 12000 piece)
    string(APPEND literal "R\"~toml~(${piece})~toml~\"\n")
    math(EXPR at "${at} + 12000")
  endwhile()
  string(APPEND entries "    {BuiltinKind::${kind}, \"${name}\",\n${literal}},\n")
endforeach()
list(LENGTH FILES count)
file(WRITE ${OUT} "#include <array>

#include \"sepakat/reference/builtin.h\"

namespace sepakat::reference {
namespace {

constexpr std::array<BuiltinFile, ${count}> kFiles = {{
${entries}}};

}  // namespace

std::span<const BuiltinFile> BuiltinFiles() { return kFiles; }

}  // namespace sepakat::reference
")
