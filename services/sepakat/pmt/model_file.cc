#include "sepakat/pmt/model_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "common/base/status.h"
#include "common/canonical/variables.h"
#include "common/tables/table_reader.h"

namespace sepakat::pmt {
namespace {

using tables::Problems;
using tables::TableReader;

constexpr int64_t kMostMicro = 1'000'000'000'000;

absl::Status Invalid(std::string message) {
  return base::Error(absl::StatusCode::kInvalidArgument, "MODEL_INVALID", message);
}

// A TOML basic string.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted.push_back('\\');
      quoted.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      quoted.push_back(c);
    }
  }
  return quoted + "\"";
}

std::string Line(const ModelTerm& term) {
  std::string line = term.term.of_file ? "  { column = " : "  { variable = ";
  line += Quoted(term.term.name);
  if (!term.term.codes.empty()) {
    line += fmt::format(", codes = [{}]", fmt::join(term.term.codes, ", "));
  }
  if (!term.term.text.empty()) line += ", value = " + Quoted(term.term.text);
  if (term.term.power == 2) line += ", power = 2";
  line += fmt::format(", coefficient_micro = {}, label = {}", term.coefficient_micro,
                      Quoted(term.label));
  if (term.unknown_micro) line += fmt::format(", unknown_micro = {}", *term.unknown_micro);
  return line + " },\n";
}

ModelTerm ReadTerm(TableReader reader, Problems& problems) {
  ModelTerm term;
  term.term.of_file = reader.Has("column");
  term.term.name = reader.Text(term.term.of_file ? "column" : "variable", true);
  if (!term.term.of_file && !term.term.name.empty() &&
      canonical::FindVariable(term.term.name) == nullptr) {
    problems.Add(reader.where(), fmt::format("no variable is called `{}`", term.term.name));
  }
  if (term.term.of_file) term.term.text = reader.Text("value");
  for (const int64_t code : reader.Integers("codes")) {
    term.term.codes.push_back(static_cast<int32_t>(code));
  }
  term.term.power = static_cast<int>(reader.Integer("power", 1, 2).value_or(1));
  if (term.term.power == 2 && term.term.is_flag()) {
    problems.Add(reader.where(), "`power` goes with neither `codes` nor `value`");
  }
  term.coefficient_micro =
      reader.Integer("coefficient_micro", -kMostMicro, kMostMicro, true).value_or(0);
  term.unknown_micro = reader.Integer("unknown_micro", -kMostMicro, kMostMicro);
  term.label = reader.Text("label", true);
  reader.RefuseOthers();
  return term;
}

Model ReadOne(TableReader reader, Problems& problems) {
  Model model;
  model.id = reader.Text("id", true);
  model.version = reader.Text("version", true);
  model.name = reader.Text("name", true);
  model.source = reader.Text("source", true);
  model.intercept_micro =
      reader.Integer("intercept_micro", -kMostMicro, kMostMicro, true).value_or(0);
  for (const toml::table* term : reader.Tables("term", true)) {
    model.terms.push_back(ReadTerm(TableReader(*term, problems), problems));
  }
  return model;
}

std::vector<Model> ReadModels(const toml::table& root, Problems& problems) {
  TableReader file(root, problems);
  const toml::table* defaults = file.Table("reference");
  std::vector<Model> models;
  for (const toml::table* entry : file.Tables("model", true)) {
    models.push_back(ReadOne(TableReader(*entry, problems, defaults), problems));
  }
  return models;
}

}  // namespace

std::string WriteModel(const Model& model, const std::vector<std::string>& remarks) {
  std::string text;
  for (const std::string& remark : remarks) text += remark.empty() ? "#\n" : "# " + remark + "\n";
  const bool of_file =
      std::ranges::any_of(model.terms, [](const ModelTerm& term) { return term.term.of_file; });
  if (of_file) {
    text +=
        "#\n# Suku `column` adalah kolom berkas survei: model ini hanya untuk `sepakat pmt "
        "score`.\n"
        "# A term `column` is a column of the survey's file: for `sepakat pmt score` alone.\n";
  }
  text += fmt::format(
      "\n[reference]\ntitle = {}\nversion = {}\nsource = {}\n\n[[model]]\nid = {}\nname = {}\n"
      "intercept_micro = {}\nterm = [\n",
      Quoted(model.name), Quoted(model.version), Quoted(model.source), Quoted(model.id),
      Quoted(model.name), model.intercept_micro);
  for (const ModelTerm& term : model.terms) text += Line(term);
  return text + "]\n";
}

absl::StatusOr<Model> ReadModel(std::string_view file_name, std::string_view text,
                                std::string_view id) {
  Problems problems{std::string(file_name)};
  std::vector<Model> models;
  try {
    models = ReadModels(toml::parse(text, file_name), problems);
  } catch (const toml::parse_error& error) {
    problems.Add(error.source(), error.description());
  }
  if (!problems.empty()) return Invalid(problems.Text());
  std::vector<std::string> ids;
  for (const Model& model : models) ids.push_back(model.id);
  const auto found =
      id.empty() && models.size() == 1 ? models.begin() : std::ranges::find(models, id, &Model::id);
  if (found != models.end()) return *found;
  return Invalid(fmt::format("{}: say with --model-id which of its models is meant: {}", file_name,
                             fmt::join(ids, ", ")));
}

}  // namespace sepakat::pmt
