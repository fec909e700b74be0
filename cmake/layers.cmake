# The dependency law: base <- domain <- app <- wire <- main, with platform behind the ports of common/runtime.
#
#   layer     may use, of ours                         may use, of others
#   base      base                                     absl, fmt
#   domain    base, own domain, pure parts of common/  absl, fmt, Eigen
#   app       base, domain, app                        absl, fmt, threads
#   wire      base, domain, app, wire, protos          all but Kafka, Redis, RocksDB, gRPC, HTTP, metrics, logs
#   platform  base, platform, ports of common/            all
#   main      all                                      all
#   test      all                                      all
#
# No service uses another: only services/sepakat, which puts them into one process, names several.
# Edges are kept while the tree is read and checked when all of it is known, so every mistake is told at once.

set(SEPAKAT_LAYERS base domain app wire platform main test)
set(SEPAKAT_LAYER_base_USES base)
set(SEPAKAT_LAYER_domain_USES base domain)
set(SEPAKAT_LAYER_app_USES base domain app)
set(SEPAKAT_LAYER_wire_USES base domain app wire)
set(SEPAKAT_LAYER_platform_USES base app wire platform)
set(SEPAKAT_LAYER_main_USES base domain app wire platform main)
set(SEPAKAT_LAYER_test_USES base domain app wire platform main test)

set(SEPAKAT_LAYER_base_THIRD_PARTY "^(absl::.*|fmt::fmt|sepakat_dep::fmt)$")
# Linear algebra is arithmetic: it touches nothing of the world.
set(SEPAKAT_LAYER_domain_THIRD_PARTY "^(absl::.*|fmt::fmt|sepakat_dep::(fmt|eigen))$")
set(SEPAKAT_LAYER_app_THIRD_PARTY "^(absl::.*|fmt::fmt|sepakat_dep::fmt|Threads::Threads)$")
set(SEPAKAT_LAYER_wire_THIRD_PARTY
    "^(absl::.*|fmt::fmt|Threads::Threads|protobuf::.*|sepakat_dep::(fmt|json|toml|cli11|zlib|zstd|openssl|protobuf|readstat|xlsxwriter))$")
foreach(layer platform main test)
  set(SEPAKAT_LAYER_${layer}_THIRD_PARTY ".")
endforeach()

function(_sepakat_unfinished text)
  if(SEPAKAT_UNFINISHED_IS_ERROR)
    set_property(GLOBAL APPEND PROPERTY SEPAKAT_MISTAKES "${text}")
  else()
    message(WARNING "${text}")
  endif()
endfunction()

# The room of a target: the service's name, common/<folder>, or what lies outside services/.
function(_sepakat_room out folder)
  file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${folder})
  if(path MATCHES "^services/(common/[^/]+)")
    set(${out} ${CMAKE_MATCH_1} PARENT_SCOPE)
  elseif(path MATCHES "^services/([^/]+)")
    set(${out} ${CMAKE_MATCH_1} PARENT_SCOPE)
  else()
    set(${out} "" PARENT_SCOPE)
  endif()
endfunction()

# Remembers a target, its layer and its edges until the whole tree is read.
function(_sepakat_register target layer)
  if(NOT layer IN_LIST SEPAKAT_LAYERS)
    message(FATAL_ERROR "${target}: LAYER '${layer}' is none of ${SEPAKAT_LAYERS}")
  endif()
  _sepakat_room(room ${CMAKE_CURRENT_SOURCE_DIR})
  get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  set(named_layers domain app wire)
  if(room AND NOT room MATCHES "^common/" AND folder IN_LIST named_layers AND NOT folder STREQUAL layer)
    message(FATAL_ERROR "${target}: stands in a folder '${folder}' and declares layer '${layer}'")
  endif()
  set_target_properties(${target} PROPERTIES
      SEPAKAT_LAYER ${layer} SEPAKAT_ROOM "${room}" SEPAKAT_DEPS "${ARGN}")
  set_property(GLOBAL APPEND PROPERTY SEPAKAT_TARGETS ${target})
endfunction()

function(_sepakat_check_edge target dep)
  get_target_property(layer ${target} SEPAKAT_LAYER)
  get_target_property(room ${target} SEPAKAT_ROOM)
  get_target_property(actual ${dep} ALIASED_TARGET)
  if(NOT actual)
    set(actual ${dep})
  endif()
  get_target_property(dep_layer ${actual} SEPAKAT_LAYER)
  set(mistake "")
  if(NOT dep_layer)
    if(NOT dep MATCHES "${SEPAKAT_LAYER_${layer}_THIRD_PARTY}")
      set(mistake "layer ${layer} may not use the library ${dep}")
    endif()
  else()
    get_target_property(dep_room ${actual} SEPAKAT_ROOM)
    if(NOT dep_layer IN_LIST SEPAKAT_LAYER_${layer}_USES)
      set(mistake "layer ${layer} may not use layer ${dep_layer}")
    elseif(layer STREQUAL platform AND (NOT dep_room MATCHES "^common/" OR actual STREQUAL sepakat_protos))
      set(mistake "platform knows no service: only common/ is open to it")
    elseif(dep_room AND NOT dep_room STREQUAL room AND NOT dep_room MATCHES "^common/"
           AND NOT room STREQUAL sepakat AND NOT layer STREQUAL test)
      set(mistake "no service uses another (${dep_room})")
    endif()
  endif()
  if(mistake)
    set_property(GLOBAL APPEND PROPERTY SEPAKAT_MISTAKES "${target} -> ${dep}: ${mistake}")
  endif()
endfunction()

# Checks and links every edge, gathers the benchmarks, and writes layers.tsv (layer, folder, sources) for the test that parses includes.
function(_sepakat_close)
  get_property(targets GLOBAL PROPERTY SEPAKAT_TARGETS)
  set(rows "")
  foreach(target IN LISTS targets)
    get_target_property(deps ${target} SEPAKAT_DEPS)
    get_target_property(type ${target} TYPE)
    set(scope PUBLIC)
    if(type STREQUAL INTERFACE_LIBRARY)
      set(scope INTERFACE)
    elseif(type STREQUAL EXECUTABLE)
      set(scope PRIVATE)
    endif()
    foreach(dep IN LISTS deps)
      if(TARGET ${dep})
        _sepakat_check_edge(${target} ${dep})
        target_link_libraries(${target} ${scope} ${dep})
      else()
        _sepakat_unfinished("${target}: DEPS names ${dep}, which nobody declares")
      endif()
    endforeach()
    get_target_property(layer ${target} SEPAKAT_LAYER)
    get_target_property(folder ${target} SOURCE_DIR)
    get_target_property(sources ${target} SOURCES)
    string(REPLACE "${CMAKE_SOURCE_DIR}/" "" row "${layer}\t${folder}\t${sources}\n")
    string(APPEND rows "${row}")
  endforeach()
  get_property(benches GLOBAL PROPERTY SEPAKAT_BENCHES)
  add_custom_target(sepakat_benches DEPENDS ${benches})
  file(WRITE ${CMAKE_BINARY_DIR}/layers.tsv.new "${rows}")
  file(COPY_FILE ${CMAKE_BINARY_DIR}/layers.tsv.new ${CMAKE_BINARY_DIR}/layers.tsv ONLY_IF_DIFFERENT)
  get_property(mistakes GLOBAL PROPERTY SEPAKAT_MISTAKES)
  if(mistakes)
    list(JOIN mistakes "\n  " text)
    message(FATAL_ERROR "The dependency law (cmake/layers.cmake) refuses:\n  ${text}\n")
  endif()
endfunction()

cmake_language(DEFER DIRECTORY ${CMAKE_SOURCE_DIR} CALL _sepakat_close)
