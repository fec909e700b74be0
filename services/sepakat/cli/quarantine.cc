#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>

#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/output.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;
constexpr int32_t kPage = 500;

constexpr const char* kHelp =
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
  OutputTable table{{{"submission", "submissionId"},
                     {"line", "line", true},
                     {"region", "region"},
                     {"source", "source"},
                     {"reasons", "reasons"}},
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
    environment.out << fmt::format("\n{} of {} records\n", Grouped(std::ssize(table.rows)),
                                   Grouped(total));
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
  OutputTable cells{{{"row", "row", true}, {"column", "column"}, {"value", "value"}}, {}};
  for (int row = 0; row < response.rows_size(); ++row) {
    std::map<std::string, std::string> sorted(response.rows(row).cells().begin(),
                                              response.rows(row).cells().end());
    for (const auto& [column, value] : sorted) {
      if (!value.empty()) cells.rows.push_back({std::to_string(row), column, value});
    }
  }
  if (options.format == Format::kTable) {
    const auto& record = response.record();
    environment.out << fmt::format("{} from {}, line {}, code book {} version {}\n\n",
                                   record.submission_id(), record.source(), record.line(),
                                   record.codebook_id(), record.codebook_version());
    OutputTable findings{
        {{"line", "line", true}, {"column", "column"}, {"reason", "reason"}, {"what", "message"}},
        {}};
    for (const auto& finding : record.findings()) {
      findings.rows.push_back(
          {std::to_string(finding.line()), finding.column(), finding.reason(), finding.message()});
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
    return base::Error(absl::StatusCode::kInvalidArgument, "CELL_MALFORMED",
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
  OutputTable table{{{"submission", "submissionId"},
                     {"outcome", "outcome"},
                     {"family", "familyId"},
                     {"reasons", "reasons"}},
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
  OutputTable table{{{"replayed", "replayed", true},
                     {"accepted", "accepted", true},
                     {"still rejected", "stillRejected", true}},
                    {}};
  table.rows.push_back({std::to_string(response.replayed()), std::to_string(response.accepted()),
                        std::to_string(response.still_rejected())});
  Print(table, options.format, environment.out);
  return response.still_rejected() > 0 ? kExitSomeRejected : kExitOk;
}

using Step = absl::StatusOr<int> (*)(const Options&, Environment&);

CLI::App* AddStep(CLI::App& parent, const char* name, const char* help, Step step,
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
  CLI::App* group = program.add_subcommand("quarantine", kHelp);
  group->require_subcommand(1);
  CLI::App* list = AddStep(*group, "list",
                           "rejected records\n\n"
                           "  sepakat quarantine list --region 33.26.15 --only-reason TWO_HEADS",
                           List, options, chosen);
  list->add_option("--region", options->region, "this region and everything below");
  list->add_option("--only-reason", options->only_reason, "records rejected for this reason");
  list->add_option("--limit", options->limit, "records to print (100)")->check(CLI::PositiveNumber);
  CLI::App* show = AddStep(*group, "show",
                           "one record with its cells, identities masked\n\n"
                           "  sepakat quarantine show 6b1f... --format json",
                           Show, options, chosen);
  show->add_option("id", options->id, "submission id")->required();
  CLI::App* correct = AddStep(
      *group, "correct",
      "change cells and decide the record again\n\n"
      "  sepakat quarantine correct 6b1f... --set 0:anggota=3 --reason \"checked on the spot\"",
      Correct, options, chosen);
  correct->add_option("id", options->id, "submission id")->required();
  correct->add_option("--set", options->cells, "ROW:COLUMN=VALUE, rows from 0; may be repeated")
      ->required();
  CLI::App* replay = AddStep(*group, "replay",
                             "decide records again under today's code book\n\n"
                             "  sepakat quarantine replay --only-reason REGION_UNKNOWN",
                             Replay, options, chosen);
  replay->add_option("ids", options->ids, "submission ids; none: all, or all of --only-reason");
  replay->add_option("--only-reason", options->only_reason, "records rejected for this reason");
}

}  // namespace sepakat::cli
