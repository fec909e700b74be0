#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/status.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/table_join.h"

namespace sepakat::cli {
namespace {

constexpr const char* kHelp =
    "put the files of one survey together, family by family\n"
    "\n"
    "A code book reads one file. Surveys often come as one file of households and one of members: "
    "this\n"
    "joins them on the columns that name the household and puts the rows of a family next to each "
    "other.\n"
    "One of the files may have several rows per household. Columns of one name in two files: the "
    "second\n"
    "is called FILE.NAME. Nothing is left out; rows without a partner are counted and keep empty "
    "cells.\n"
    "\n"
    "  sepakat join ruta.csv art.csv --by R101,R102,NKS,NURT --out susenas.csv\n"
    "  sepakat join rumah.csv anggota.csv --by _index=_parent_index --out kobo.csv\n"
    "  sepakat join art.csv --by hh_id --out art_berurutan.csv.gz\n"
    "\n"
    "Exit code 0: every row found its partner; 2: some did not, or lines could not be read.";

struct Options {
  std::vector<std::string> files;
  std::string by;
  std::string out;
  Format format = Format::kTable;
};

absl::StatusOr<int> Run(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(std::vector<KeyColumn> key, ParseKey(options.by));
  TableJoin join(std::move(key));
  for (const std::string& path : options.files) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::string content, ReadFileUnpacked(path));
    SEPAKAT_RETURN_IF_ERROR(join.Add(path, content));
  }
  SEPAKAT_ASSIGN_OR_RETURN(FileWriter file,
                           FileWriter::Create(options.out, options.out.ends_with(".gz")));
  SEPAKAT_RETURN_IF_ERROR(join.Write([&file](std::string_view part) { return file.Write(part); }));
  SEPAKAT_RETURN_IF_ERROR(file.Commit());
  OutputTable table{{{"file", "file"},
                     {"rows", "rows", true},
                     {"families", "families", true},
                     {"without partner", "unmatched", true},
                     {"unreadable lines", "badLines", true}},
                    {}};
  bool complete = true;
  for (const JoinedFile& one : join.files()) {
    for (const std::string& line : one.bad_lines) environment.err << line << '\n';
    complete = complete && one.unmatched == 0 && one.bad_lines.empty();
    table.rows.push_back({one.name, std::to_string(one.rows), std::to_string(one.families),
                          std::to_string(one.unmatched), std::to_string(one.bad_lines.size())});
  }
  Print(table, options.format, environment.out);
  return complete ? kExitOk : kExitSomeRejected;
}

}  // namespace

void AddJoin(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("join", kHelp);
  command->add_option("files", options->files, "CSV files, plain or gzip; households first")
      ->required()
      ->type_name("FILE...");
  command->add_option("--by", options->by, "columns that name the household, with commas between")
      ->required();
  command->add_option("--out", options->out, "file to write; packed when it ends in .gz")
      ->required();
  AddFormatOption(*command, options->format);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
