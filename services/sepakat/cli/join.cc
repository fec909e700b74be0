#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/table_join.h"

namespace sepakat::cli {
namespace {

constexpr std::string_view kHelpId =
    "gabungkan berkas-berkas satu survei, keluarga demi keluarga\n"
    "\n"
    "Buku kode membaca satu berkas. Survei sering terdiri atas berkas rumah tangga dan berkas "
    "anggota:\n"
    "perintah ini menggabungkannya menurut kolom yang menandai rumah tangga dan menaruh baris "
    "satu\n"
    "keluarga berdampingan. Salah satu berkas boleh memiliki beberapa baris per rumah tangga. "
    "Kolom\n"
    "bernama sama pada dua berkas: yang kedua menjadi FILE.NAMA. Tidak ada yang dibuang; baris "
    "tanpa\n"
    "pasangan dihitung dan selnya kosong.\n"
    "\n"
    "  sepakat join ruta.csv art.csv --by R101,R102,NKS,NURT --out susenas.csv\n"
    "  sepakat join rumah.csv anggota.csv --by _index=_parent_index --out kobo.csv\n"
    "  sepakat join art.csv --by hh_id --out art_berurutan.csv.gz\n"
    "\n"
    "Kode keluar 0: setiap baris mendapat pasangan; 2: sebagian tidak, atau ada baris tak terbaca.";

constexpr std::string_view kHelpEn =
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
  const auto say = [&environment](const char* id, const char* en) {
    return std::string(base::Text{id, en}.In(environment.language));
  };
  OutputTable table{{{say("berkas", "file"), "file"},
                     {say("baris", "rows"), "rows", true},
                     {say("keluarga", "families"), "families", true},
                     {say("tanpa pasangan", "without partner"), "unmatched", true},
                     {say("baris tak terbaca", "unreadable lines"), "badLines", true}},
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
  CLI::App* command = program.add_subcommand("join", Both(kHelpId, kHelpEn));
  command
      ->add_option("files", options->files,
                   Both("berkas CSV, biasa atau gzip; rumah tangga lebih dahulu",
                        "CSV files, plain or gzip; households first"))
      ->required()
      ->type_name("FILE...");
  command
      ->add_option("--by", options->by,
                   Both("kolom penanda rumah tangga, dipisah koma",
                        "columns that name the household, with commas between"))
      ->required();
  command
      ->add_option("--out", options->out,
                   Both("berkas yang ditulis; dimampatkan bila berakhir .gz",
                        "file to write; packed when it ends in .gz"))
      ->required();
  AddFormatOption(*command, options->format);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
