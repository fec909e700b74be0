#include "sepakat/measure/survey_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "common/base/status.h"
#include "sepakat/measure/programme_plan.h"
#include "sepakat/measure/rule_plan.h"

namespace sepakat::measure {
namespace {

using ingestion::CodeBook;

constexpr double kCensusTolerance = 0.02;

absl::StatusOr<std::vector<Name>> FindAll(const CodeBook& book, const SurveyFile& file,
                                          const std::vector<std::string>& texts) {
  std::vector<Name> names;
  for (const std::string& text : texts) {
    SEPAKAT_ASSIGN_OR_RETURN(Name name, FindName(book, file.columns(), text));
    names.push_back(std::move(name));
  }
  return names;
}

// `a+b`: the whole is tried as one name first.
absl::StatusOr<Breakdown> FindBreakdown(const CodeBook& book, const SurveyFile& file,
                                        const std::vector<std::string>& parts) {
  const std::string whole = fmt::format("{}", fmt::join(parts, "+"));
  if (auto name = FindName(book, file.columns(), whole); name.ok()) return Breakdown{*name};
  return FindAll(book, file, parts);
}

// What a table of lines by region needs to know of a row.
absl::Status TakeLineColumns(const CodeBook& book, const std::vector<LineSpec>& lines,
                             FrameRequest* frame) {
  for (const LineSpec& line : lines) {
    if (line.kind == LineSpec::kColumn) frame->numbers.insert(line.source);
    if (line.kind != LineSpec::kTable) continue;
    const auto region = FindRegionName(book);
    if (!region) {
      return base::Error(
          absl::StatusCode::kInvalidArgument, "REGION_NOT_NAMED",
          fmt::format("line '{}' goes by region, which the code book does not name; add "
                      "[roles] region",
                      line.text));
    }
    frame->names.push_back(*region);
    if (const auto area = FindVariableName(book, "urban_rural")) frame->names.push_back(*area);
  }
  return absl::OkStatus();
}

std::string_view WordOf(measures::SinglePsu rule) {
  switch (rule) {
    case measures::SinglePsu::kFail:
      return "fail";
    case measures::SinglePsu::kCertainty:
      return "certainty";
    case measures::SinglePsu::kCentred:
      return "centred";
    case measures::SinglePsu::kAverage:
      break;
  }
  return "average";
}

std::string_view WordOf(ReplicateRequest::Kind kind) {
  switch (kind) {
    case ReplicateRequest::kNone:
      return "linearisation";
    case ReplicateRequest::kBootstrap:
      return "bootstrap";
    case ReplicateRequest::kJackknife:
      return "jackknife";
    case ReplicateRequest::kJk1:
      return "jk1";
    case ReplicateRequest::kBook:
      break;
  }
  return "replicates of the code book";
}

absl::StatusOr<measures::SinglePsu> SinglePsuRule(const CodeBook& book, const Request& request) {
  if (request.single_psu) return *request.single_psu;
  const std::string& rule = book.survey.design.single_psu;
  return ParseSinglePsu(rule.empty() ? "fail" : rule);
}

}  // namespace

absl::StatusOr<SurveyRun::Wanted> SurveyRun::Find(const SurveyFile& file, const CodeBook& book,
                                                  const Request& request) {
  Wanted wanted;
  std::vector<std::string> indicators = request.indicators;
  if (request.all_indicators) {
    indicators.clear();
    for (const auto& role : book.survey.indicators) indicators.push_back(role.name);
  }
  std::vector<std::string> only;
  for (const OnlyRequest& one : request.only) only.push_back(one.name);
  SEPAKAT_ASSIGN_OR_RETURN(wanted.indicators, FindAll(book, file, indicators));
  SEPAKAT_ASSIGN_OR_RETURN(wanted.totals, FindAll(book, file, request.totals));
  std::vector<std::string> ratios;
  for (const RatioRequest& ratio : request.ratios) {
    ratios.insert(ratios.end(), {ratio.numerator, ratio.denominator});
  }
  SEPAKAT_ASSIGN_OR_RETURN(wanted.ratios, FindAll(book, file, ratios));
  SEPAKAT_ASSIGN_OR_RETURN(wanted.programmes, FindAll(book, file, request.programmes));
  SEPAKAT_ASSIGN_OR_RETURN(wanted.only, FindAll(book, file, only));
  FrameRequest& frame = wanted.frame;
  frame.count = request.count;
  frame.positive_welfare = request.positive_welfare;
  frame.today = request.today;
  frame.use_replicates = request.replicates.kind == ReplicateRequest::kBook;
  wanted.breakdowns = {{}};
  for (const auto& parts : request.breakdowns) {
    SEPAKAT_ASSIGN_OR_RETURN(Breakdown by, FindBreakdown(book, file, parts));
    frame.names.insert(frame.names.end(), by.begin(), by.end());
    wanted.breakdowns.push_back(std::move(by));
  }
  for (const auto* names :
       {&wanted.indicators, &wanted.totals, &wanted.ratios, &wanted.programmes, &wanted.only}) {
    frame.names.insert(frame.names.end(), names->begin(), names->end());
  }
  SEPAKAT_RETURN_IF_ERROR(TakeLineColumns(book, request.lines, &frame));
  if (IsByRegion(request.census)) {
    const auto region = FindRegionName(book);
    if (!region) {
      return base::Error(absl::StatusCode::kInvalidArgument, "REGION_NOT_NAMED",
                         "a census by region needs the region of each row; add [roles] region to "
                         "the code book, or give the census as one number");
    }
    frame.names.push_back(*region);
  }
  for (const rules::RuleSet& set : request.rules) TakeRuleColumns(set, file.columns(), &frame);
  if (request.mpi) {
    SEPAKAT_ASSIGN_OR_RETURN(wanted.mpi, FindMpiColumns(book, file.columns(), *request.mpi));
    TakeMpiColumns(*request.mpi, wanted.mpi, &frame);
  }
  for (const Name& name : frame.names) {
    if (name.kind == Name::kDerived) frame.family_variables.insert(static_cast<int>(name.index));
  }
  return wanted;
}

absl::StatusOr<std::unique_ptr<SurveyRun>> SurveyRun::Make(const SurveyFile& file,
                                                           const CodeBook* book,
                                                           const Request* request) {
  SEPAKAT_ASSIGN_OR_RETURN(const Wanted wanted, Find(file, *book, *request));
  SEPAKAT_ASSIGN_OR_RETURN(Table table, file.Read(ColumnsOf(*book, wanted.frame, file.columns())));
  SEPAKAT_ASSIGN_OR_RETURN(Frame frame, Frame::Build(book, wanted.frame, std::move(table)));
  DesignOptions options;
  SEPAKAT_ASSIGN_OR_RETURN(options.rules.single_psu, SinglePsuRule(*book, *request));
  options.rules.ultimate_cluster = request->ultimate_cluster;
  SEPAKAT_ASSIGN_OR_RETURN(SurveyDesign design, MakeDesign(frame, options));
  auto run =
      std::unique_ptr<SurveyRun>(new SurveyRun(file, request, std::move(frame), std::move(design)));
  run->breakdowns_ = wanted.breakdowns;
  run->programmes_ = wanted.programmes;
  run->replicate_columns_ = ReplicateColumnsOf(*book, file.columns());
  if (!request->census.empty()) {
    run->remarks_ = CompareWithCensus(run->frame_, request->census, kCensusTolerance);
  }
  SEPAKAT_RETURN_IF_ERROR(run->MakePlan(wanted));
  return run;
}

absl::StatusOr<PlanRules> SurveyRun::RulesOf(const std::vector<Name>& only) const {
  PlanRules rules;
  rules.quantiles = request_->quantiles;
  rules.class_multiples = request_->class_multiples;
  rules.line_day = request_->line_day;
  for (size_t i = 0; i < only.size(); ++i) {
    const Groups groups = frame_.GroupsOf(only[i]);
    const std::string& value = request_->only[i].value;
    const auto key = std::ranges::find_if(groups.keys, [&value](const Groups::Key& one) {
      return one.value == value || one.label == value;
    });
    if (key == groups.keys.end()) {
      std::vector<std::string> known;
      for (const Groups::Key& one : groups.keys) known.push_back(one.value);
      return base::Error(absl::StatusCode::kInvalidArgument, "GROUP_UNKNOWN",
                         fmt::format("--only {}={}: there is no such group; the survey has {}",
                                     only[i].text, value, fmt::join(known, ", ")));
    }
    const auto number = static_cast<uint32_t>(key - groups.keys.begin());
    if (rules.only.empty()) rules.only.assign(frame_.size(), true);
    for (size_t row = 0; row < rules.only.size(); ++row) {
      if (groups.labels[row] != number) rules.only[row] = false;
    }
  }
  return rules;
}

absl::Status SurveyRun::MakePlan(const Wanted& wanted) {
  SEPAKAT_ASSIGN_OR_RETURN(PlanRules rules, RulesOf(wanted.only));
  plan_ = std::make_unique<Plan>(&frame_, std::move(rules));
  for (const LineSpec& line : request_->lines) SEPAKAT_RETURN_IF_ERROR(plan_->AddLine(line));
  std::vector<MeasureSpec> measures = request_->measures;
  const bool others = !wanted.indicators.empty() || !wanted.totals.empty() ||
                      !wanted.ratios.empty() || !wanted.programmes.empty() ||
                      !request_->rules.empty() || request_->mpi;
  if (measures.empty() && !others) {
    measures = DefaultMeasures(!request_->lines.empty(), !frame_.welfare().empty());
  }
  for (const MeasureSpec& spec : measures) SEPAKAT_RETURN_IF_ERROR(plan_->AddMeasure(spec));
  for (const Name& name : wanted.indicators) plan_->AddIndicator(name);
  for (const Name& name : wanted.totals) plan_->AddTotal(name);
  for (size_t i = 0; i < wanted.ratios.size(); i += 2) {
    plan_->AddRatio(wanted.ratios[i], wanted.ratios[i + 1]);
  }
  for (const rules::RuleSet& set : request_->rules) AddRules(set, plan_.get());
  for (const Name& name : wanted.programmes) {
    SEPAKAT_RETURN_IF_ERROR(AddProgramme(name, plan_.get(), &remarks_));
  }
  if (!request_->mpi) return absl::OkStatus();
  return AddMpi(*request_->mpi, wanted.mpi, request_->mpi_cutoffs, plan_.get(), &remarks_);
}

absl::StatusOr<std::optional<measures::ReplicateWeights>> SurveyRun::MakeReplicates() const {
  using measures::ReplicateWeights;
  const ReplicateRequest& wanted = request_->replicates;
  switch (wanted.kind) {
    case ReplicateRequest::kNone:
      return std::nullopt;
    case ReplicateRequest::kBootstrap: {
      std::mt19937_64 random(wanted.seed);
      SEPAKAT_ASSIGN_OR_RETURN(ReplicateWeights weights,
                               ReplicateWeights::Bootstrap(design_.design, wanted.count, random));
      return weights;
    }
    case ReplicateRequest::kJackknife: {
      SEPAKAT_ASSIGN_OR_RETURN(ReplicateWeights weights, ReplicateWeights::Jkn(design_.design));
      return weights;
    }
    case ReplicateRequest::kJk1: {
      SEPAKAT_ASSIGN_OR_RETURN(ReplicateWeights weights, ReplicateWeights::Jk1(design_.design));
      return weights;
    }
    case ReplicateRequest::kBook:
      break;
  }
  return GivenReplicates();
}

absl::StatusOr<std::optional<measures::ReplicateWeights>> SurveyRun::GivenReplicates() const {
  if (replicate_columns_.size() < 2) {
    return base::Error(absl::StatusCode::kInvalidArgument, "REPLICATES_NOT_NAMED",
                       "the code book names fewer than two columns of replicate weights; add "
                       "[design] replicates");
  }
  const ingestion::ReplicateColumns& role = *book_->survey.design.replicates;
  const auto count = static_cast<double>(replicate_columns_.size());
  double scale = role.scale;
  if (role.method == "bootstrap") scale = 1 / (count - 1);
  if (role.method == "jackknife") scale = (count - 1) / count;
  if (role.method == "brr") scale = 1 / count;
  if (role.method == "fay") scale = 1 / (count * (1 - role.fay) * (1 - role.fay));
  std::vector<std::vector<double>> columns;
  for (const std::string& column : replicate_columns_) {
    columns.push_back(frame_.WeightsOf(column));
  }
  SEPAKAT_ASSIGN_OR_RETURN(
      measures::ReplicateWeights weights,
      measures::ReplicateWeights::Given(design_.design, std::move(columns), scale, {}));
  return weights;
}

absl::StatusOr<std::vector<BreakdownFigures>> SurveyRun::Evaluate() const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto replicates, MakeReplicates());
  EvaluationOptions options;
  options.estimates.confidence = request_->confidence;
  options.estimates.df = request_->df;
  options.symmetric_intervals = request_->symmetric_intervals;
  options.replicates = replicates ? &*replicates : nullptr;
  return measure::Evaluate(*plan_, design_.design, breakdowns_, options);
}

SurveyFacts SurveyRun::Facts() const {
  SurveyFacts facts;
  facts.file = path_;
  facts.codebook = book_->id;
  facts.codebook_version = book_->version;
  facts.name = book_->name;
  facts.source = book_->source;
  facts.welfare_unit = book_->population.welfare_unit;
  facts.count = frame_.count() == CountBy::kPersons ? "persons" : "families";
  facts.rows = frame_.rows_in_file();
  facts.observations = static_cast<int64_t>(frame_.size());
  facts.weight_sum = std::accumulate(frame_.weights().begin(), frame_.weights().end(), 0.0);
  const measures::Design& design = design_.design;
  facts.strata = design.strata();
  facts.psus = design.psus();
  facts.stages = static_cast<int>(design.levels().size());
  facts.design_df = design.df();
  facts.single_psu = std::string(WordOf(design.rules().single_psu));
  facts.errors = std::string(WordOf(request_->replicates.kind));
  for (const PlannedLine& line : plan_->lines()) {
    facts.lines.push_back({line.spec.text, line.uniform, line.unknown});
  }
  facts.remarks = frame_.remarks();
  for (const auto* remarks : {&design_.remarks, &plan_->remarks(), &remarks_}) {
    facts.remarks.insert(facts.remarks.end(), remarks->begin(), remarks->end());
  }
  return facts;
}

}  // namespace sepakat::measure
