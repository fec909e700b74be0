# Writes a source that holds text files, so that a program needs no folder beside it:
#   cmake -DOUT=FILE -DFILES=path;... -DHEADER=... -DNAMESPACE=... -DTYPE=... -DFUNCTION=... -P embed_texts.cmake
# FUNCTION gives a span of TYPE {name, text}. An item `kind:path` gives TYPE {TYPE's kind, name, text}; KIND names
# the enumeration.
#
# A raw string literal holds a file; its delimiter occurs in none of them.

set(entries "")
foreach(item IN LISTS FILES)
  set(kind "")
  set(path ${item})
  if(item MATCHES "^(k[A-Za-z]+):(.*)$")
    set(kind "${KIND}::${CMAKE_MATCH_1}, ")
    set(path ${CMAKE_MATCH_2})
  endif()
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
  string(APPEND entries "    {${kind}\"${name}\",\n${literal}},\n")
endforeach()
list(LENGTH FILES count)
file(WRITE ${OUT} "#include <array>

#include \"${HEADER}\"

namespace ${NAMESPACE} {
namespace {

constexpr std::array<${TYPE}, ${count}> kFiles = {{
${entries}}};

}  // namespace

std::span<const ${TYPE}> ${FUNCTION}() { return kFiles; }

}  // namespace ${NAMESPACE}
")
