#include "sepakat/cli/command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "common/base/status.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/reason_words.h"

namespace sepakat::cli {
namespace {

using base::Language;
using base::Say;

constexpr std::string_view kAboutId =
    "SEPAKAT: perencanaan penanggulangan kemiskinan, dari survei sampai penyaluran.\n"
    "\n"
    "Putaran pertama:\n"
    "  sepakat serve                                   jalankan semuanya dalam satu proses\n"
    "  sepakat regions load                            muat daftar wilayah\n"
    "  sepakat reference apply                         garis kemiskinan, model, program, target\n"
    "  sepakat generate --out register.csv             buat register sintetis untuk berlatih\n"
    "  sepakat ingest register.csv --codebook regsosek_2022\n"
    "  sepakat report --region 33.26                   baca angkanya\n"
    "\n"
    "Perintah yang bertanya kepada server menerima --server HOST:PORT; tanpa itu $SEPAKAT_SERVER,\n"
    "lalu 127.0.0.1:7400. $SEPAKAT_SERVER_INGESTION, _TARGETING, _BUDGETING, dan _MONITORING\n"
    "menunjuk satu layanan yang berjalan terpisah. --lang id|en, $SEPAKAT_LANG, atau $LANG "
    "memilih\n"
    "bahasa.\n"
    "\n"
    "Kode keluar: 0 selesai, 1 gagal (satu kalimat menjelaskannya), 2 sebagian catatan ditolak,\n"
    "3 hasil verifikasi berbeda, 64 salah pemakaian.";

constexpr std::string_view kAboutEn =
    "SEPAKAT: poverty planning from the survey to the delivery.\n"
    "\n"
    "A first round:\n"
    "  sepakat serve                                   start everything in this process\n"
    "  sepakat regions load                            load the region master\n"
    "  sepakat reference apply                         poverty lines, model, programmes, targets\n"
    "  sepakat generate --out register.csv             write a synthetic register to play with\n"
    "  sepakat ingest register.csv --codebook regsosek_2022\n"
    "  sepakat report --region 33.26                   read the figures\n"
    "\n"
    "Commands that talk to a server take --server HOST:PORT; the default is $SEPAKAT_SERVER, else\n"
    "127.0.0.1:7400. $SEPAKAT_SERVER_INGESTION, _TARGETING, _BUDGETING and _MONITORING name\n"
    "single services where they run apart. --lang id|en, $SEPAKAT_LANG or $LANG chooses the\n"
    "language.\n"
    "\n"
    "Exit codes: 0 done, 1 failed (one sentence says why), 2 some records rejected, 3 a\n"
    "verification differs, 64 wrong usage.";

// The first words are commands; one that nobody knows is named with those that there are.
std::string UnknownCommand(const CLI::App& program, std::span<const std::string> arguments,
                           Language language) {
  const CLI::App* group = &program;
  for (const std::string& word : arguments) {
    const auto commands = group->get_subcommands([](const CLI::App*) { return true; });
    if (commands.empty() || word.starts_with('-')) return "";
    std::string known;
    const CLI::App* chosen = nullptr;
    for (const CLI::App* command : commands) {
      if (command->get_name() == word) chosen = command;
      known += (known.empty() ? "" : ", ") + command->get_name();
    }
    if (chosen == nullptr) {
      return Say(language, "tidak ada perintah bernama '{}'; yang ada: {}",
                 "no command is called '{}'; known are: {}", word, known);
    }
    group = chosen;
  }
  return "";
}

// The command that the first words name.
const CLI::App& CommandOf(const CLI::App& program, std::span<const std::string> arguments) {
  const CLI::App* command = &program;
  for (const std::string& word : arguments) {
    const auto found =
        command->get_subcommands([&word](const CLI::App* one) { return one->get_name() == word; });
    if (found.empty()) break;
    command = found.front();
  }
  return *command;
}

// What was wrong with the words typed. CLI11 says it in English, with the word concerned.
std::string UsageSentence(const CLI::ParseError& error, Language language) {
  const std::string said = error.what();
  std::string what = PartIn(language, said);
  if (language == Language::kEnglish) {
    // The name of the option stands before both parts.
    return what == said ? said : said.substr(0, said.find(": ") + 2) + what;
  }
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::RequiredError:
      return what == "A subcommand is required" ? "sebutkan satu perintah"
                                                : "ada yang belum ditulis: " + what;
    case CLI::ExitCodes::ExtrasError:
      return "ada kata yang tidak dikenal: " + what;
    case CLI::ExitCodes::ArgumentMismatch:
      return "pilihan tanpa nilai: " + what;
    default:
      return "nilai tidak cocok: " + what;
  }
}

int WrongUsage(const std::string& sentence, Environment& environment) {
  environment.err << "sepakat: " << sentence
                  << Say(environment.language, " (`sepakat --help` menjelaskan)\n",
                         " (`sepakat --help` explains)\n");
  return kExitUsage;
}

}  // namespace

std::string_view Version() { return SEPAKAT_VERSION; }

int RunCommandLine(std::span<const AddCommand> commands, std::vector<std::string> arguments,
                   Environment& environment) {
  std::vector<std::string> words = arguments;
  const absl::StatusOr<Language> language = TakeLanguage(words, environment.variable);
  if (!language.ok()) {
    return WrongUsage(base::MessageIn(environment.language, language.status()), environment);
  }
  environment.language = *language;
  CLI::App program{Both(kAboutId, kAboutEn), "sepakat"};
  program.formatter(HelpIn(*language));
  program.require_subcommand(1);
  program.set_help_flag("-h,--help", Both("tampilkan bantuan ini", "print this help"));
  program.set_version_flag("--version", std::string(Version()),
                           Both("tampilkan versi program", "print the version"));
  const std::string about_language = Both("bahasa: id atau en; juga setelah perintah mana pun",
                                          "language: id or en; after any command too");
  program.add_option("--lang", about_language)->type_name("id|en");
  Action chosen;
  for (AddCommand add : commands) add(program, chosen);
  // A command with a choice of its own reads it itself.
  const CLI::App& command = CommandOf(program, words);
  if (&command == &program || command.get_option_no_throw("--lang") == nullptr) arguments = words;
  const std::string unknown = UnknownCommand(program, words, *language);
  std::reverse(arguments.begin(), arguments.end());
  try {
    program.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return program.exit(error, environment.out, environment.err);
    }
    return WrongUsage(unknown.empty() ? UsageSentence(error, *language) : unknown, environment);
  }
  const absl::StatusOr<int> code = chosen(environment);
  if (code.ok()) return *code;
  environment.err << "sepakat: " << SentenceOf(code.status(), *language) << " ["
                  << base::ReasonOf(code.status()) << "]\n";
  return kExitFailure;
}

}  // namespace sepakat::cli
