#include "ingestion/wire/codebook_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <unordered_map>

#include "common/base/hash.h"
#include "common/base/region_code.h"
#include "common/base/status.h"
#include "ingestion/domain/csv_reader.h"
#include "ingestion/domain/file_kind.h"
#include "ingestion/domain/header.h"
#include "ingestion/domain/record_assembler.h"
#include "ingestion/domain/translate.h"
#include "ingestion/wire/codebook_toml.h"

namespace sepakat::ingestion {
namespace {

constexpr size_t kMostFindings = 1000;

// What is wrong with the header, at the lines of the book that name the columns.
bool ColumnsAreThere(const CodebookReading& reading, std::string_view book_file,
                     std::span<const std::string_view> header, CodebookCheck* check) {
  std::vector<std::string> wanted;
  for (const auto& [column, line] : reading.column_lines) wanted.push_back(column);
  const HeaderPlaces found = FindColumns(wanted, HeaderNames(*reading.book, header));
  for (const HeaderProblem& problem : found.problems) {
    check->findings.push_back(
        {std::string(book_file), reading.column_lines.at(problem.column), problem.Text()});
  }
  std::ranges::sort(check->findings, {}, &BookFinding::line);
  return found.problems.empty();
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
      : book_(book),
        translator_(&book, &regions),
        summary_(&book),
        regions_known_(regions_known),
        file_(file),
        today_(today),
        check_(check) {}

  void Take(const AssembledRecord& assembled) {
    if (!record_.Decode(assembled.content, static_cast<int>(book_.columns.size())).ok()) return;
    FamilyIdentity(book_, record_, &identity_);
    ++check_->records;
    check_->rows += record_.rows();
    const uint64_t content = base::Hash64(assembled.content, 1);
    const auto [family, fresh] = identity_.empty()
                                     ? std::pair(families_.end(), true)
                                     : families_.emplace(base::Hash64(identity_, 1), content);
    if (!fresh && family->second == content) {
      ++check_->repeated;
      return;
    }
    translator_.Decide(record_, identity_, today_, &decision_);
    if (!regions_known_) ForgiveRegion();
    if (!fresh && !decision_.rejected) {
      decision_.Reject("FAMILY_TWICE", book_.column(book_.family_slots.front()), 0,
                       "this family came before in the same file, with other content; put its rows "
                       "next to each other (`sepakat join` does), or keep one of both");
    }
    ++(decision_.rejected ? check_->rejected
                          : (decision_.flagged() ? check_->flagged : check_->accepted));
    if (!decision_.rejected) summary_.Add(decision_.family);
    for (const Finding& finding : decision_.findings) {
      ++check_->by_reason[finding.reason];
      if (check_->findings.size() >= kMostFindings) continue;
      check_->findings.push_back({std::string(file_),
                                  static_cast<int>(assembled.line) + finding.row,
                                  fmt::format("{}: {}", finding.reason, finding.message)});
    }
  }

  const SampleSummary& summary() const { return summary_; }

 private:
  void ForgiveRegion() {
    std::erase_if(decision_.findings, [](const Finding& finding) {
      return finding.reason == "REGION_UNKNOWN" || finding.reason == "REGION_PARTLY_KNOWN";
    });
    decision_.rejected = std::ranges::any_of(decision_.findings, &Finding::fatal);
  }

  const CodeBook& book_;
  Translator translator_;
  SampleSummary summary_;
  const bool regions_known_;
  const std::string_view file_;
  const int32_t today_;
  CodebookCheck* const check_;
  RawRecord record_;
  Decision decision_;
  std::string identity_;
  // Content of each family that came, by hash of its identity.
  std::unordered_map<uint64_t, uint64_t> families_;
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
  if (const absl::Status text = CheckDelimitedText(sample.content); !text.ok()) {
    check->findings.push_back({std::string(sample.file_name), 0, std::string(text.message())});
    ++check->unreadable;
    return;
  }
  CsvReader reader(book.format.separator);
  reader.Feed(sample.content);
  reader.Finish();
  CsvRow row;
  if (reader.Next(&row) != CsvReader::kRow) {
    check->findings.push_back({std::string(sample.file_name), 0, "the file is empty"});
    ++check->unreadable;
    return;
  }
  if (!ColumnsAreThere(reading, book_file, row.cells, check)) return;
  // The book alone decides where it maps every code.
  const bool known = given != nullptr || !book.regions.empty() || !book.region.map.empty();
  const RegionEditions editions = !book.regions.empty() ? OwnEditions(book)
                                  : given != nullptr    ? *given
                                                        : AnyRegion(book);
  SampleRun run(book, editions, known, sample.file_name, today, check);
  auto assembler = RecordAssembler::Create(
      &book, row.cells, [&](const AssembledRecord& record) { run.Take(record); });
  if (!assembler.ok()) return;  // Told above, column by column.
  while (reader.Next(&row) == CsvReader::kRow) assembler->Add(row);
  assembler->Finish();
  check->readings = run.summary().Readings();
  check->notes = run.summary().Notes();
  if (book.person_rows && check->repeated > 0) {
    check->notes.push_back(fmt::format(
        "{} times a family came again, apart from its first rows, with the same answers, and "
        "counts as "
        "repeated; if those rows are other members, put the rows of a family next to each other "
        "(`sepakat join`)",
        check->repeated));
  }
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
