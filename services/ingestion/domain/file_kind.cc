#include "ingestion/domain/file_kind.h"

#include <fmt/format.h>

#include "common/base/status.h"

namespace sepakat::ingestion {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view bytes;
  std::string_view kind;
  std::string_view advice;
};

constexpr std::string_view kSaveAsCsv = "save the sheet as CSV (UTF-8) and hand that in";
constexpr std::string_view kExport = "export the table as CSV and hand that in";

constexpr Signature kSignatures[] = {
    {"PK\x03\x04"sv, "a workbook or zip archive (.xlsx, .ods, .zip)", kSaveAsCsv},
    {"\xD0\xCF\x11\xE0"sv, "an old Excel workbook (.xls)", kSaveAsCsv},
    {"\xFF\xFE"sv, "UTF-16 text", "save it as UTF-8"},
    {"\xFE\xFF"sv, "UTF-16 text", "save it as UTF-8"},
    {"\x28\xB5\x2F\xFD"sv, "packed by zstd", "unpack it first"},
    {"\x1F\x8B"sv, "packed by gzip", "unpack it first"},
    {"$FL2"sv, "an SPSS file (.sav)", kExport},
    {"$FL3"sv, "an SPSS file (.zsav)", kExport},
    {"<stata_d"sv, "a Stata file (.dta)", kExport},
    {"RDX"sv, "an R data file (.rda)", kExport},
    {"SQLite f"sv, "a database file", kExport},
    {"%PDF"sv, "a PDF document", kExport},
    {"<?xml"sv, "an XML document", kExport},
    {"{\n"sv, "a JSON document", kExport},
    {"[{"sv, "a JSON document", kExport},
    {"{\""sv, "a JSON document", kExport},
};

}  // namespace

absl::Status CheckDelimitedText(std::string_view head) {
  for (const Signature& one : kSignatures) {
    if (!head.starts_with(one.bytes)) continue;
    return base::Error(
        absl::StatusCode::kInvalidArgument, "NOT_DELIMITED_TEXT",
        fmt::format("the file is {}, not a text table with a separator; {}", one.kind, one.advice));
  }
  return absl::OkStatus();
}

}  // namespace sepakat::ingestion
