#include "common/runtime/topics.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"

namespace sepakat::cli {
namespace {

using base::Say;

constexpr std::string_view kHelpId =
    "topik log\n"
    "\n"
    "Tidak ada yang bergantung pada topik yang muncul sendiri: `apply` membuat topik yang belum "
    "ada\n"
    "di klaster Kafka dan menolak topik yang banyak partisinya berbeda. Mode satu proses tidak\n"
    "memerlukan ini.\n"
    "\n"
    "  sepakat topics list\n"
    "  sepakat topics apply --brokers kafka-1:9092,kafka-2:9092 --partitions 12 --replication 3";

constexpr std::string_view kHelpEn =
    "topics of the log\n"
    "\n"
    "Nothing relies on topics that appear by themselves: `apply` creates what a Kafka cluster "
    "lacks and\n"
    "refuses a topic whose number of partitions differs. Embedded mode needs none of this.\n"
    "\n"
    "  sepakat topics list\n"
    "  sepakat topics apply --brokers kafka-1:9092,kafka-2:9092 --partitions 12 --replication 3";

struct Options {
  int partitions = 4;
  int replication = 1;
  std::string brokers;
  Format format = Format::kTable;
};

OutputTable TopicsTable(const std::vector<runtime::TopicSpec>& topics, const Options& options,
                        base::Language spoken) {
  // Programs read the same words in every language.
  const base::Language language =
      options.format == Format::kTable ? spoken : base::Language::kEnglish;
  OutputTable table{{{Say(language, "topik", "topic"), "topic"},
                     {Say(language, "partisi", "partitions"), "partitions", true},
                     {Say(language, "disimpan", "kept"), "kept"}},
                    {}};
  for (const runtime::TopicSpec& topic : topics) {
    table.rows.push_back({topic.name, std::to_string(topic.partitions),
                          topic.compacted
                              ? Say(language, "nilai terbaru per kunci", "newest value per key")
                              : Say(language, "semuanya", "everything")});
  }
  return table;
}

absl::StatusOr<int> List(const Options& options, Environment& environment) {
  Print(TopicsTable(runtime::topics::All(options.partitions), options, environment.language),
        options.format, environment.out);
  return kExitOk;
}

absl::StatusOr<int> Apply(const Options& options, Environment& environment) {
  const std::string brokers =
      options.brokers.empty() ? environment.variable("SEPAKAT_KAFKA_BROKERS") : options.brokers;
  if (brokers.empty()) {
    return base::ErrorInBoth(
        absl::StatusCode::kInvalidArgument, "BROKERS_MISSING",
        "sebutkan klasternya dengan --brokers HOST:PORT, atau dalam SEPAKAT_KAFKA_BROKERS",
        "name the cluster with --brokers HOST:PORT, or in SEPAKAT_KAFKA_BROKERS");
  }
  const std::vector<runtime::TopicSpec> topics = runtime::topics::All(options.partitions);
  SEPAKAT_RETURN_IF_ERROR(environment.ensure_topics(brokers, options.replication, topics));
  Print(TopicsTable(topics, options, environment.language), options.format, environment.out);
  return kExitOk;
}

}  // namespace

void AddTopics(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* group = program.add_subcommand("topics", Both(kHelpId, kHelpEn));
  group->require_subcommand(1);
  CLI::App* list = group->add_subcommand(
      "list", Both("setiap topik dan cara menyimpannya", "every topic and how it is kept",
                   "  sepakat topics list --format json"));
  CLI::App* apply = group->add_subcommand(
      "apply",
      Both("buat topik yang belum ada di klaster", "create the topics that a cluster lacks",
           "  sepakat topics apply --brokers kafka-1:9092 --partitions 12 --replication 3"));
  for (CLI::App* command : {list, apply}) {
    AddFormatOption(*command, options->format);
    command
        ->add_option("--partitions", options->partitions,
                     Both("untuk kiriman dan keluarga (4)", "of submissions and families (4)"))
        ->check(CLI::Range(1, 1024));
  }
  apply->add_option("--brokers", options->brokers,
                    Both("HOST:PORT,... (bawaan $SEPAKAT_KAFKA_BROKERS)",
                         "HOST:PORT,... (default $SEPAKAT_KAFKA_BROKERS)"));
  apply
      ->add_option("--replication", options->replication,
                   Both("salinan setiap partisi (1)", "copies of each partition (1)"))
      ->check(CLI::Range(1, 9));
  list->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return List(*options, environment); };
  });
  apply->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Apply(*options, environment); };
  });
}

}  // namespace sepakat::cli
