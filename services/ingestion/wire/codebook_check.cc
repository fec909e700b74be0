#include "ingestion/wire/codebook_check.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "ingestion/domain/csv_reader.h"
#include "ingestion/domain/record_assembler.h"
#include "ingestion/domain/translate.h"
#include "ingestion/wire/codebook_toml.h"

namespace sepakat::ingestion {
namespace {

constexpr size_t kMostFindings = 1000;

// Columns of the book that the header lacks, at their lines in the book.
bool ColumnsAreThere(const CodebookReading& reading, std::string_view book_file,
                     const std::vector<std::string_view>& header, CodebookCheck* check) {
  bool all = true;
  for (const auto& [column, line] : reading.column_lines) {
    if (std::ranges::find(header, column) != header.end()) continue;
    all = false;
    check->findings.push_back({std::string(book_file), line,
                               fmt::format("unknown column '{}': the sample's header does not have it",
                                           column)});
  }
  std::ranges::sort(check->findings, {}, &BookFinding::line);
  return all;
}

// A master that knows every well-formed code that the sample names.
RegionEditions AnyRegion(const CodeBook& book) {
  RegionEditions editions;
  std::vector<Region> regions;
  std::set<std::string> codes;
  const auto add = [&](std::string_view code) {
    for (const std::string& step : base::PathToNation(code)) {
      if (step == base::kNationCode || !codes.insert(step).second) continue;
      regions.push_back({step, step, std::string(base::ParentOf(step)),
                         static_cast<int>(base::LevelOf(step)), ""});
    }
  };
  if (base::IsRegionCode(book.region.value)) add(book.region.value);
  for (const auto& [cell, code] : book.region.map) {
    if (base::IsRegionCode(code)) add(code);
  }
  std::vector<std::string> problems;
  editions.Set(0, RegionMaster::Build(std::move(regions), &problems));
  return editions;
}

class SampleRun {
 public:
  SampleRun(const CodeBook& book, const RegionEditions& regions, bool regions_known,
            std::string_view file, int32_t today, CodebookCheck* check)
      : book_(book), translator_(&book, &regions), regions_known_(regions_known), file_(file),
        today_(today), check_(check) {}

  void Take(const AssembledRecord& assembled) {
    if (!record_.Decode(assembled.content, static_cast<int>(book_.columns.size())).ok()) return;
    FamilyIdentity(book_, record_, &identity_);
    translator_.Decide(record_, identity_, today_, &decision_);
    if (!regions_known_) ForgiveRegion();
    ++check_->records;
    check_->rows += record_.rows();
    ++(decision_.rejected ? check_->rejected
                          : (decision_.flagged() ? check_->flagged : check_->accepted));
    for (const Finding& finding : decision_.findings) {
      if (check_->findings.size() >= kMostFindings) return;
      check_->findings.push_back({std::string(file_),
                                  static_cast<int>(assembled.line) + finding.row,
                                  fmt::format("{}: {}", finding.reason, finding.message)});
    }
  }

 private:
  void ForgiveRegion() {
    std::erase_if(decision_.findings, [](const Finding& finding) {
      return finding.reason == "REGION_UNKNOWN" || finding.reason == "REGION_PARTLY_KNOWN";
    });
    decision_.rejected = std::ranges::any_of(decision_.findings, &Finding::fatal);
  }

  const CodeBook& book_;
  Translator translator_;
  const bool regions_known_;
  const std::string_view file_;
  const int32_t today_;
  CodebookCheck* const check_;
  RawRecord record_;
  Decision decision_;
  std::string identity_;
};

RegionEditions OwnEditions(const CodeBook& book) {
  std::vector<Region> regions;
  for (const OwnRegion& region : book.regions) {
    regions.push_back({region.code, region.name, std::string(base::ParentOf(region.code)),
                       static_cast<int>(base::LevelOf(region.code)), region.kind});
  }
  std::vector<std::string> problems;
  RegionEditions editions;
  editions.Set(0, RegionMaster::Build(std::move(regions), &problems));
  return editions;
}

void CheckSample(const CodebookReading& reading, std::string_view book_file,
                 const CodebookSample& sample, const RegionEditions* given, int32_t today,
                 CodebookCheck* check) {
  const CodeBook& book = *reading.book;
  CsvReader reader(book.format.separator);
  reader.Feed(sample.content);
  reader.Finish();
  CsvRow row;
  if (reader.Next(&row) != CsvReader::kRow) {
    check->findings.push_back({std::string(sample.file_name), 0, "the file is empty"});
    return;
  }
  if (!ColumnsAreThere(reading, book_file, row.cells, check)) return;
  const bool known = given != nullptr || !book.regions.empty();
  const RegionEditions editions = !book.regions.empty() ? OwnEditions(book)
                                  : given != nullptr    ? *given
                                                        : AnyRegion(book);
  SampleRun run(book, editions, known, sample.file_name, today, check);
  auto assembler = RecordAssembler::Create(
      &book, row.cells, [&](const AssembledRecord& record) { run.Take(record); });
  if (!assembler.ok()) return;  // Told above, column by column.
  while (reader.Next(&row) == CsvReader::kRow) assembler->Add(row);
  assembler->Finish();
}

}  // namespace

CodebookCheck CheckCodebook(std::string_view toml, std::string_view file_name,
                            const CodebookSample* sample, const RegionEditions* regions,
                            int32_t today) {
  CodebookCheck check;
  const CodebookReading reading = ReadCodebook(toml, file_name);
  check.findings = reading.findings;
  if (reading.book && sample != nullptr) {
    CheckSample(reading, file_name, *sample, regions, today, &check);
  }
  return check;
}

}  // namespace sepakat::ingestion
