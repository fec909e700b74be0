#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>

#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/reason_words.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;
using base::Language;
using base::Say;

constexpr int32_t kPage = 500;

constexpr std::string_view kHelpId =
    "lihat catatan yang ditolak, perbaiki, putuskan sekali lagi\n"
    "\n"
    "  sepakat quarantine list --region 33.26.15 --only-reason TWO_HEADS\n"
    "  sepakat quarantine show 6b1f...\n"
    "  sepakat quarantine correct 6b1f... --set 1:r409=3 --reason \"diperiksa di tempat\"\n"
    "  sepakat quarantine replay --only-reason REGION_UNKNOWN";

constexpr std::string_view kHelpEn =
    "look at records that were rejected, correct them, decide them again\n"
    "\n"
    "  sepakat quarantine list --region 33.26.15 --only-reason TWO_HEADS\n"
    "  sepakat quarantine show 6b1f...\n"
    "  sepakat quarantine correct 6b1f... --set 1:r409=3 --reason \"checked on the spot\"\n"
    "  sepakat quarantine replay --only-reason REGION_UNKNOWN";

std::string Method(std::string_view name) {
  return fmt::format("sepakat.ingestion.v1.IngestionService/{}", name);
}

struct Options {
  std::string region;
  std::string only_reason;
  int64_t limit = 100;
  std::string id;
  std::vector<std::string> ids;
  std::vector<std::string> cells;
  ServerOptions server;
  Format format = Format::kTable;
};

absl::StatusOr<int> List(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  const Language language = environment.language;
  OutputTable table{{{Say(language, "kiriman", "submission"), "submissionId"},
                     {Say(language, "baris", "line"), "line", true},
                     {Say(language, "wilayah", "region"), "region"},
                     {Say(language, "sumber", "source"), "source"},
                     {Say(language, "alasan", "reasons"), "reasons"}},
                    {}};
  v1::ListQuarantineRequest request;
  request.set_region(options.region);
  request.set_reason(options.only_reason);
  int64_t total = 0;
  do {
    const int64_t left = options.limit - static_cast<int64_t>(table.rows.size());
    request.set_page_size(static_cast<int32_t>(std::min<int64_t>(left, kPage)));
    SEPAKAT_ASSIGN_OR_RETURN(
        const v1::ListQuarantineResponse page,
        client.Call<v1::ListQuarantineResponse>(Method("ListQuarantine"), request));
    total = page.total();
    for (const auto& record : page.records()) {
      std::string reasons;
      for (const auto& finding : record.findings()) {
        if (!finding.fatal()) continue;
        reasons += fmt::format("{}{}", reasons.empty() ? "" : " ", finding.reason());
      }
      table.rows.push_back({record.submission_id(), std::to_string(record.line()), record.region(),
                            record.source(), reasons});
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() &&
           static_cast<int64_t>(table.rows.size()) < options.limit);
  Print(table, options.format, environment.out);
  if (options.format == Format::kTable) {
    environment.out << Say(language, "\n{} dari {} catatan\n", "\n{} of {} records\n",
                           Grouped(std::ssize(table.rows), language), Grouped(total, language));
  }
  return kExitOk;
}

absl::StatusOr<int> Show(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  v1::GetQuarantinedRequest request;
  request.set_submission_id(options.id);
  SEPAKAT_ASSIGN_OR_RETURN(
      const v1::GetQuarantinedResponse response,
      client.Call<v1::GetQuarantinedResponse>(Method("GetQuarantined"), request));
  const Language language = environment.language;
  const std::string column = Say(language, "kolom", "column");
  OutputTable cells{{{Say(language, "baris", "row"), "row", true},
                     {column, "column"},
                     {Say(language, "isi", "value"), "value"}},
                    {}};
  for (int row = 0; row < response.rows_size(); ++row) {
    std::map<std::string, std::string> sorted(response.rows(row).cells().begin(),
                                              response.rows(row).cells().end());
    for (const auto& [name, value] : sorted) {
      if (!value.empty()) cells.rows.push_back({std::to_string(row), name, value});
    }
  }
  if (options.format == Format::kTable) {
    const auto& record = response.record();
    environment.out << Say(language, "{} dari {}, baris {}, buku kode {} versi {}\n\n",
                           "{} from {}, line {}, code book {} version {}\n\n",
                           record.submission_id(), record.source(), record.line(),
                           record.codebook_id(), record.codebook_version());
    OutputTable findings{{{Say(language, "baris", "line"), "line", true},
                          {column, "column"},
                          {Say(language, "alasan", "reason"), "reason"},
                          {Say(language, "penjelasan", "what"), "message"}},
                         {}};
    for (const auto& finding : record.findings()) {
      findings.rows.push_back({std::to_string(finding.line()), finding.column(), finding.reason(),
                               FindingSentence(finding.reason(), finding.message(), language)});
    }
    Print(findings, Format::kTable, environment.out);
    environment.out << '\n';
  }
  Print(cells, options.format, environment.out);
  return kExitOk;
}

// `1:r409=3` -> row 1, column r409, value 3.
absl::StatusOr<v1::CellCorrection> ParseCell(const std::string& text) {
  const size_t colon = text.find(':');
  const size_t equals = text.find('=', colon == std::string::npos ? 0 : colon);
  int32_t row = 0;
  const bool shaped =
      colon != std::string::npos && equals != std::string::npos && equals > colon + 1;
  const auto parsed = std::from_chars(text.data(), text.data() + (shaped ? colon : 0), row);
  if (!shaped || parsed.ec != std::errc{} || parsed.ptr != text.data() + colon || row < 0) {
    return base::ErrorInBoth(
        absl::StatusCode::kInvalidArgument, "CELL_MALFORMED",
        "--set ditulis BARIS:KOLOM=ISI dengan baris dihitung dari 0, misalnya 1:r409=3",
        "--set wants ROW:COLUMN=VALUE with rows counted from 0, such as 1:r409=3");
  }
  v1::CellCorrection cell;
  cell.set_row(row);
  cell.set_column(text.substr(colon + 1, equals - colon - 1));
  cell.set_value(text.substr(equals + 1));
  return cell;
}

absl::StatusOr<int> Correct(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  v1::CorrectQuarantinedRequest request;
  *request.mutable_context() = client.Context(options.id);
  request.set_submission_id(options.id);
  for (const std::string& cell : options.cells) {
    SEPAKAT_ASSIGN_OR_RETURN(*request.add_corrections(), ParseCell(cell));
  }
  SEPAKAT_ASSIGN_OR_RETURN(
      const v1::CorrectQuarantinedResponse response,
      client.Call<v1::CorrectQuarantinedResponse>(Method("CorrectQuarantined"), request));
  const v1::RecordReceipt& receipt = response.receipt();
  const Language language = environment.language;
  OutputTable table{{{Say(language, "kiriman", "submission"), "submissionId"},
                     {Say(language, "hasil", "outcome"), "outcome"},
                     {Say(language, "keluarga", "family"), "familyId"},
                     {Say(language, "alasan", "reasons"), "reasons"}},
                    {}};
  std::string reasons;
  for (const auto& finding : receipt.findings()) {
    reasons += fmt::format("{}{}", reasons.empty() ? "" : " ", finding.reason());
  }
  table.rows.push_back({receipt.submission_id(), receipt.outcome(), receipt.family_id(), reasons});
  Print(table, options.format, environment.out);
  return receipt.outcome() == "rejected" ? kExitSomeRejected : kExitOk;
}

absl::StatusOr<int> Replay(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  v1::ReplayQuarantineRequest request;
  *request.mutable_context() = client.Context(options.only_reason);
  request.mutable_submission_ids()->Add(options.ids.begin(), options.ids.end());
  request.set_reason(options.only_reason);
  SEPAKAT_ASSIGN_OR_RETURN(
      const v1::ReplayQuarantineResponse response,
      client.Call<v1::ReplayQuarantineResponse>(Method("ReplayQuarantine"), request));
  const Language language = environment.language;
  OutputTable table{{{Say(language, "diperiksa ulang", "replayed"), "replayed", true},
                     {Say(language, "kini baik", "accepted"), "accepted", true},
                     {Say(language, "masih ditolak", "still rejected"), "stillRejected", true}},
                    {}};
  table.rows.push_back({std::to_string(response.replayed()), std::to_string(response.accepted()),
                        std::to_string(response.still_rejected())});
  Print(table, options.format, environment.out);
  return response.still_rejected() > 0 ? kExitSomeRejected : kExitOk;
}

using Step = absl::StatusOr<int> (*)(const Options&, Environment&);

CLI::App* AddStep(CLI::App& parent, const char* name, const std::string& help, Step step,
                  const std::shared_ptr<Options>& options, Action& chosen) {
  CLI::App* command = parent.add_subcommand(name, help);
  AddFormatOption(*command, options->format);
  AddChangeOptions(*command, options->server);
  command->callback([step, options, &chosen] {
    chosen = [step, options](Environment& environment) { return step(*options, environment); };
  });
  return command;
}

}  // namespace

void AddQuarantine(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* group = program.add_subcommand("quarantine", Both(kHelpId, kHelpEn));
  group->require_subcommand(1);
  CLI::App* list =
      AddStep(*group, "list",
              Both("catatan yang ditolak", "rejected records",
                   "  sepakat quarantine list --region 33.26.15 --only-reason TWO_HEADS"),
              List, options, chosen);
  list->add_option("--region", options->region,
                   Both("wilayah ini dan semua di bawahnya", "this region and everything below"));
  list->add_option(
      "--only-reason", options->only_reason,
      Both("catatan yang ditolak karena alasan ini", "records rejected for this reason"));
  list->add_option("--limit", options->limit,
                   Both("banyaknya catatan (100)", "records to print (100)"))
      ->check(CLI::PositiveNumber);
  CLI::App* show = AddStep(*group, "show",
                           Both("satu catatan dengan isinya, identitas disamarkan",
                                "one record with its cells, identities masked",
                                "  sepakat quarantine show 6b1f... --format json"),
                           Show, options, chosen);
  show->add_option("id", options->id, Both("id kiriman", "submission id"))->required();
  CLI::App* correct = AddStep(
      *group, "correct",
      Both("ubah isian dan putuskan catatan sekali lagi",
           "change cells and decide the record again",
           "  sepakat quarantine correct 6b1f... --set 0:anggota=3 --reason \"kunjungan ulang\""),
      Correct, options, chosen);
  correct->add_option("id", options->id, Both("id kiriman", "submission id"))->required();
  correct
      ->add_option("--set", options->cells,
                   Both("BARIS:KOLOM=ISI, baris dari 0; boleh berulang",
                        "ROW:COLUMN=VALUE, rows from 0; may be repeated"))
      ->required();
  CLI::App* replay = AddStep(*group, "replay",
                             Both("putuskan catatan sekali lagi dengan buku kode hari ini",
                                  "decide records again under today's code book",
                                  "  sepakat quarantine replay --only-reason REGION_UNKNOWN"),
                             Replay, options, chosen);
  replay->add_option("ids", options->ids,
                     Both("id kiriman; tanpa itu semua, atau semua dari --only-reason",
                          "submission ids; none: all, or all of --only-reason"));
  replay->add_option(
      "--only-reason", options->only_reason,
      Both("catatan yang ditolak karena alasan ini", "records rejected for this reason"));
}

}  // namespace sepakat::cli
