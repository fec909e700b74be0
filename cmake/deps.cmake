# Every third-party library, all of them Debian 12 packages of deploy/packages.txt, under uniform names
# (sepakat_dep::NAME) beside absl::*, protobuf::libprotobuf and GTest::* that keep their own.
#
# Protobuf must be found in module mode before gRPC in config mode. librdkafka and hiredis ship only
# pkg-config files that are right.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Protobuf MODULE REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(tomlplusplus CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS system)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(GTest CONFIG REQUIRED)
pkg_check_modules(rdkafka REQUIRED IMPORTED_TARGET rdkafka)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis)
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
find_library(SEPAKAT_ROCKSDB rocksdb REQUIRED)
find_library(SEPAKAT_RAPIDCHECK rapidcheck REQUIRED)

# sepakat_third_party(NAME DEP...): declares sepakat_dep::NAME in terms of what was found.
function(sepakat_third_party name)
  add_library(sepakat_dep_${name} INTERFACE)
  target_link_libraries(sepakat_dep_${name} INTERFACE ${ARGN})
  add_library(sepakat_dep::${name} ALIAS sepakat_dep_${name})
endfunction()

sepakat_third_party(rdkafka PkgConfig::rdkafka)
sepakat_third_party(hiredis PkgConfig::hiredis)
sepakat_third_party(rocksdb ${SEPAKAT_ROCKSDB} Threads::Threads)
sepakat_third_party(beast Boost::headers Boost::system Threads::Threads)
sepakat_third_party(prometheus PkgConfig::prometheus)
sepakat_third_party(json nlohmann_json::nlohmann_json)
sepakat_third_party(toml tomlplusplus::tomlplusplus)
sepakat_third_party(cli11 CLI11::CLI11)
sepakat_third_party(zlib ZLIB::ZLIB)
sepakat_third_party(zstd PkgConfig::zstd)
sepakat_third_party(openssl OpenSSL::Crypto)
sepakat_third_party(tls OpenSSL::SSL OpenSSL::Crypto)
sepakat_third_party(grpc gRPC::grpc++ gRPC::grpc++_reflection protobuf::libprotobuf)
sepakat_third_party(spdlog spdlog::spdlog fmt::fmt)
sepakat_third_party(fmt fmt::fmt)
sepakat_third_party(protobuf protobuf::libprotobuf)
sepakat_third_party(rapidcheck ${SEPAKAT_RAPIDCHECK})

# A number that silently becomes a string or a bool is a wrong figure.
target_compile_definitions(sepakat_dep_json INTERFACE JSON_USE_IMPLICIT_CONVERSIONS=0)
