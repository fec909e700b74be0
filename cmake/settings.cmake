# Language, warnings, hardening, sanitizers and the compiler cache: one place for every target.

option(SEPAKAT_WARNINGS_ARE_ERRORS "Fail the build on a compiler warning" OFF)
option(SEPAKAT_UNFINISHED_IS_ERROR "Refuse a target that names a missing source or target" ON)
set(SEPAKAT_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")

# The cache is shared by all build folders and clones: paths below the source are stored relative.
find_program(SEPAKAT_CCACHE ccache)
if(SEPAKAT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=true
      "${SEPAKAT_CCACHE}")
endif()

# Compile and link flags of our own code. Generated code uses sepakat_flags without the warnings.
add_library(sepakat_flags INTERFACE)
add_library(sepakat_warnings INTERFACE)
target_compile_options(sepakat_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
    -Wformat=2 -Wimplicit-fallthrough -Wextra-semi -Wvla
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>
    $<$<BOOL:${SEPAKAT_WARNINGS_ARE_ERRORS}>:-Werror>)

# Programs and benchmarks allocate from jemalloc: records are made on one thread and freed on another, and a
# load costs a fifth less. Sanitizers bring an allocator of their own.
add_library(sepakat_allocator INTERFACE)
if(NOT SEPAKAT_SANITIZE)
  target_link_libraries(sepakat_allocator INTERFACE sepakat_dep::jemalloc)
endif()

if(SEPAKAT_SANITIZE)
  target_compile_options(sepakat_flags INTERFACE
      -fsanitize=${SEPAKAT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(sepakat_flags INTERFACE -fsanitize=${SEPAKAT_SANITIZE})
else()
  target_compile_options(sepakat_flags INTERFACE
      -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  target_compile_definitions(sepakat_flags INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(sepakat_flags INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
target_compile_definitions(sepakat_flags INTERFACE _GLIBCXX_ASSERTIONS)
