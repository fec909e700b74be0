#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "common/base/date.h"
#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/demo_plan.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/progress.h"
#include "sepakat/generate/register_writer.h"

namespace sepakat::cli {
namespace {

using base::Say;

constexpr std::string_view kHelpId =
    "buat register sintetis Kabupaten Pekalongan dalam bentuk Regsosek\n"
    "\n"
    "Satu CSV, satu baris per orang, 285 desa, 1.034.241 jiwa dalam 290.000 keluarga. Nama "
    "dimulai\n"
    "dengan \"Contoh\", nomor identitas dengan 9999: tidak seorang pun nyata. Pada garis "
    "kemiskinan\n"
    "Rp538.371 tepat 8,05 % jiwa dari catatan yang diterima adalah miskin. Benih yang sama "
    "memberi\n"
    "isi yang sama. Beberapa keluarga sengaja salah; FILE.report.json mendaftarnya beserta hasil\n"
    "yang seharusnya.\n"
    "\n"
    "  sepakat generate --out register.csv\n"
    "  sepakat generate --out kecil.csv.gz --families 2000 --seed 7 --gzip\n"
    "  sepakat ingest register.csv --codebook regsosek_2022";

constexpr std::string_view kHelpEn =
    "write a synthetic register of Kabupaten Pekalongan in the Regsosek layout\n"
    "\n"
    "One CSV, one row per person, 285 villages, 1,034,241 persons in 290,000 families. Names begin "
    "with\n"
    "\"Contoh\", identity numbers with 9999: nobody real. At the poverty line of Rp538,371 exactly "
    "8.05 %\n"
    "of the persons of accepted records are poor. The same seed gives the same bytes. A few "
    "families are\n"
    "wrong on purpose; FILE.report.json lists them and what must become of them.\n"
    "\n"
    "  sepakat generate --out register.csv\n"
    "  sepakat generate --out small.csv.gz --families 2000 --seed 7 --gzip\n"
    "  sepakat ingest register.csv --codebook regsosek_2022";

struct Options {
  std::string out;
  std::string report;
  bool gzip = false;
  DemoOptions demo;
};

std::string ReportText(const generate::Plan& plan, const generate::RegisterWriter& writer) {
  using generate::Dirt;
  const generate::Expected& expected = writer.expected();
  nlohmann::ordered_json report;
  report["synthetic"] = true;
  report["seed"] = plan.request.seed;
  report["regency"] = plan.profile.regency;
  report["families"] = plan.families();
  report["persons"] = plan.persons;
  report["villages"] = plan.villages.size();
  report["rows"] = expected.rows;
  report["expected"] = {{"codebook", "regsosek_2022"},
                        {"received", expected.received},
                        {"accepted", expected.accepted},
                        {"flagged", expected.flagged},
                        {"rejected", expected.rejected},
                        {"repeated", expected.repeated},
                        {"line_rupiah", plan.profile.line_rupiah},
                        {"counted_persons", plan.counted_persons},
                        {"poor_persons", plan.poor_persons}};
  for (int kind = 1; kind < generate::kDirtKinds; ++kind) {
    const generate::DirtRule& rule = generate::RuleOf(static_cast<Dirt>(kind));
    report["dirt"].push_back({{"kind", rule.name},
                              {"families", expected.by_dirt[static_cast<size_t>(kind)]},
                              {"outcome", generate::NameOf(rule.outcome)},
                              {"reason", rule.reason}});
  }
  report["dirty_families"] = nlohmann::ordered_json::array();
  for (const generate::DirtyFamily& family : writer.dirty()) {
    report["dirty_families"].push_back({{"line", family.line},
                                        {"rows", family.members},
                                        {"village", family.village},
                                        {"kind", generate::RuleOf(family.dirt).name}});
  }
  return report.dump(1) + "\n";
}

absl::StatusOr<int> Run(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const generate::Plan plan, MakeDemoPlan(options.demo, environment));
  SEPAKAT_ASSIGN_OR_RETURN(FileWriter file, FileWriter::Create(options.out, options.gzip));
  generate::RegisterWriter writer(plan);
  Progress progress(environment, Say(environment.language, "buat", "generate"), 0);
  std::string text;
  while (writer.Next(text)) {
    SEPAKAT_RETURN_IF_ERROR(file.Write(text));
    text.clear();
    progress.Advance(file.bytes());
  }
  progress.Finish();
  SEPAKAT_RETURN_IF_ERROR(file.Commit());
  const std::string report = options.report.empty() ? options.out + ".report.json" : options.report;
  SEPAKAT_RETURN_IF_ERROR(WriteFile(report, ReportText(plan, writer)));
  const generate::Expected& expected = writer.expected();
  const base::Language language = environment.language;
  const auto count = [language](int64_t value) { return Grouped(value, language); };
  environment.out << Say(
      language,
      "{}: {} keluarga, {} jiwa, {} baris di {} desa (sintetis, benih {})\n"
      "hasil menurut regsosek_2022: diterima server {} = baik {} + bertanda {} + ditolak {} + "
      "berulang {}\n"
      "keluarga yang sengaja salah dan hasil yang seharusnya: {}\n",
      "{}: {} families, {} persons, {} rows in {} villages (synthetic, seed {})\n"
      "expected from regsosek_2022: received {} = accepted {} + flagged {} + rejected {} + "
      "repeated "
      "{}\n"
      "dirty families and what must become of them: {}\n",
      options.out, count(plan.families()), count(plan.persons), count(expected.rows),
      plan.villages.size(), plan.request.seed, count(expected.received), count(expected.accepted),
      count(expected.flagged), count(expected.rejected), count(expected.repeated), report);
  return kExitOk;
}

}  // namespace

void AddGenerate(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("generate", Both(kHelpId, kHelpEn));
  command->add_option("--out", options->out, Both("berkas yang ditulis", "file to write"))
      ->required();
  AddDemoOptions(*command, options->demo);
  command->add_flag("--gzip", options->gzip, Both("mampatkan berkas", "pack the file"));
  command->add_option(
      "--report", options->report,
      Both("tempat laporan (OUT.report.json)", "where the report goes (OUT.report.json)"));
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
