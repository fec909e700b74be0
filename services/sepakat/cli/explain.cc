#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>

#include "common/base/fixed_point.h"
#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/message_json.h"
#include "sepakat/cli/output.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = targeting::v1;

constexpr const char* kHelp =
    "why a family stands where it stands, and what corrected answers would change\n"
    "\n"
    "Without corrections: every variable with its contribution to the score, the rules with their\n"
    "reasons, the ranks in all regions around, and the distance to every boundary. With --set, "
    "--welfare\n"
    "or --size: where the family would stand. Nothing is written; correct the record where it was "
    "taken.\n"
    "\n"
    "  sepakat explain 00000000000000fa0000000000000001\n"
    "  sepakat explain 00000000000000fa0000000000000001 --set toilet=6 --set roof=unknown\n"
    "  sepakat explain 00000000000000fa0000000000000001 --welfare 410000 --size 5\n"
    "  sepakat explain 00000000000000fa0000000000000001 --answers   (single answers that matter)\n"
    "  sepakat explain 00000000000000fa0000000000000001 --format json";

struct Options {
  std::string family;
  std::string population = "register";
  std::vector<std::string> set;
  std::optional<int64_t> welfare;
  std::optional<uint32_t> size;
  bool answers = false;
  ServerOptions server;
  Format format = Format::kTable;
};

absl::StatusOr<v1::TryFamilyRequest> RequestOf(const Options& options) {
  v1::TryFamilyRequest request;
  request.set_population(options.population);
  request.set_family_id(options.family);
  request.set_single_answers(options.answers);
  if (options.welfare) request.set_welfare(*options.welfare);
  if (options.size) request.set_size(*options.size);
  for (const std::string& word : options.set) {
    const size_t equals = word.find('=');
    const std::string value = equals == std::string::npos ? "" : word.substr(equals + 1);
    v1::AnswerCorrection* correction = request.add_corrections();
    correction->set_variable(word.substr(0, equals));
    if (value == "unknown") continue;
    int32_t number = 0;
    const char* end = value.data() + value.size();
    if (value.empty() || std::from_chars(value.data(), end, number).ptr != end) {
      return base::Error(absl::StatusCode::kInvalidArgument, "CORRECTION_MALFORMED",
                         fmt::format("`{}` is not VARIABLE=NUMBER or VARIABLE=unknown", word));
    }
    correction->set_value(number);
  }
  return request;
}

std::string Reasons(const google::protobuf::RepeatedPtrField<std::string>& reasons) {
  std::string text;
  for (const std::string& reason : reasons) text += (text.empty() ? "" : ", ") + reason;
  return text;
}

std::string Score(int64_t micro) { return base::ScaledToText(micro, 6); }

void PrintStanding(const v1::FamilyStanding& standing, std::ostream& out) {
  const auto known = [](bool has, std::string text) { return has ? std::move(text) : "unknown"; };
  OutputTable facts{{{"standing", "standing"}, {"", "value", true}, {"of", "of", true}}, {}};
  facts.rows.push_back(
      {"welfare per head", known(standing.has_welfare(), std::to_string(standing.welfare())), ""});
  facts.rows.push_back({"poverty line",
                        known(standing.has_poverty_line(), std::to_string(standing.poverty_line())),
                        standing.poverty_line_version()});
  facts.rows.push_back({"poor", known(standing.has_poor(), standing.poor() ? "yes" : "no"), ""});
  facts.rows.push_back(
      {"score", known(standing.has_score_micro(), Score(standing.score_micro())), ""});
  facts.rows.push_back(
      {"decile", known(standing.decile() > 0, std::to_string(standing.decile())), "10"});
  facts.rows.push_back({"percentile",
                        known(standing.percentile() > 0, std::to_string(standing.percentile())),
                        "100"});
  for (const auto& rank : standing.ranks()) {
    facts.rows.push_back(
        {"rank in " + rank.region(), Grouped(rank.rank()), Grouped(rank.ranked_families())});
  }
  Print(facts, Format::kTable, out);
}

void PrintBoundaries(const v1::FamilyStanding& standing, std::ostream& out) {
  OutputTable table{
      {{"boundary", "boundary"}, {"distance", "distance", true}, {"families", "families", true}},
      {}};
  for (const auto& boundary : standing.boundaries()) {
    const bool score = standing.has_score_micro() && boundary.boundary() != "poverty_line";
    table.rows.push_back({boundary.boundary(),
                          score ? Score(boundary.distance()) : std::to_string(boundary.distance()),
                          boundary.has_families() ? Grouped(boundary.families()) : ""});
  }
  out << '\n';
  Print(table, Format::kTable, out);
}

// Variables, rules or programmes, as in ExplainFamilyResponse and FamilyStanding.
template <typename Explained>
void PrintViews(const Explained& explained, std::ostream& out) {
  OutputTable variables{
      {{"variable", "variable"}, {"answer", "value", true}, {"adds to the score", "adds", true}},
      {}};
  for (const auto& view : explained.variables()) {
    if (!view.in_model() && !view.has_value()) continue;
    variables.rows.push_back({view.variable(),
                              view.has_value() ? std::to_string(view.value()) : "unknown",
                              view.in_model() ? Score(view.contribution_micro()) : ""});
  }
  OutputTable rules{{{"rule", "rule"}, {"holds", "result"}, {"because", "reasons"}}, {}};
  for (const auto& view : explained.rules()) {
    rules.rows.push_back({view.rule(), view.result(), Reasons(view.reasons())});
  }
  OutputTable programmes{
      {{"programme", "programme"}, {"eligible", "result"}, {"because", "reasons"}}, {}};
  for (const auto& view : explained.programmes()) {
    programmes.rows.push_back({view.programme_id(), view.result(), Reasons(view.reasons())});
  }
  for (const OutputTable* table : {&variables, &rules, &programmes}) {
    out << '\n';
    Print(*table, Format::kTable, out);
  }
}

OutputTable ChangeTable(const v1::TryFamilyResponse& response, bool single) {
  OutputTable table{
      {{"answer", "answer"}, {"boundary", "boundary"}, {"from", "from"}, {"to", "to"}}, {}};
  const auto add = [&](const std::string& answer, const auto& changes) {
    for (const auto& change : changes) {
      table.rows.push_back({answer, change.boundary(), change.from(), change.to()});
    }
  };
  if (!single) add("all corrections", response.changes());
  if (!single) return table;
  for (const auto& answer : response.single_answers()) {
    add(fmt::format("{}: {} -> {}", answer.variable(),
                    answer.has_from() ? std::to_string(answer.from()) : "unknown", answer.to()),
        answer.changes());
  }
  return table;
}

void PrintTrial(const v1::TryFamilyResponse& response, const Options& options, std::ostream& out) {
  out << fmt::format("family {} at publication {}: as recorded\n", response.family_id(),
                     response.publication());
  PrintStanding(response.before(), out);
  if (options.set.empty() && !options.welfare && !options.size) {
    out << "\nsingle answers that would change a class\n";
    Print(ChangeTable(response, true), Format::kTable, out);
    return;
  }
  out << "\nwith these answers\n";
  PrintStanding(response.after(), out);
  PrintBoundaries(response.after(), out);
  PrintViews(response.after(), out);
  out << '\n';
  if (response.changes().empty()) out << "no class changes\n";
  if (!response.changes().empty()) Print(ChangeTable(response, false), Format::kTable, out);
  if (!options.answers) return;
  out << "\nsingle answers that would change a class\n";
  Print(ChangeTable(response, true), Format::kTable, out);
}

absl::StatusOr<int> Try(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const v1::TryFamilyRequest request, RequestOf(options));
  Client client(environment, options.server);
  SEPAKAT_ASSIGN_OR_RETURN(const v1::TryFamilyResponse response,
                           client.Call<v1::TryFamilyResponse>(
                               "sepakat.targeting.v1.TargetingService/TryFamily", request));
  if (options.format == Format::kJson) PrintMessage(response, environment.out);
  if (options.format == Format::kCsv) {
    Print(ChangeTable(response, options.answers), Format::kCsv, environment.out);
  }
  if (options.format == Format::kTable) PrintTrial(response, options, environment.out);
  return kExitOk;
}

absl::StatusOr<int> Run(const Options& options, Environment& environment) {
  if (options.answers || !options.set.empty() || options.welfare || options.size) {
    return Try(options, environment);
  }
  v1::ExplainFamilyRequest request;
  request.set_population(options.population);
  request.set_family_id(options.family);
  Client client(environment, options.server);
  SEPAKAT_ASSIGN_OR_RETURN(const v1::ExplainFamilyResponse response,
                           client.Call<v1::ExplainFamilyResponse>(
                               "sepakat.targeting.v1.TargetingService/ExplainFamily", request));
  if (options.format == Format::kJson) {
    PrintMessage(response, environment.out);
    return kExitOk;
  }
  environment.out << fmt::format("family {} of {}, version {}, publication {}\n",
                                 response.family().family_id(), response.family().region(),
                                 response.version(), response.publication());
  PrintStanding(response.standing(), environment.out);
  PrintBoundaries(response.standing(), environment.out);
  PrintViews(response, environment.out);
  return kExitOk;
}

}  // namespace

void AddExplain(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("explain", kHelp);
  command->add_option("family", options->family, "pseudonym of the family, 32 hex digits")
      ->required();
  command->add_option("--population", options->population, "population (register)");
  command->add_option("--set", options->set, "another answer: VARIABLE=NUMBER or VARIABLE=unknown");
  command->add_option("--welfare", options->welfare, "another welfare per head");
  command->add_option("--size", options->size, "another number of persons");
  command->add_flag("--answers", options->answers,
                    "every single answer that would change a class by itself");
  AddFormatOption(*command, options->format);
  AddServerOption(*command, options->server);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
