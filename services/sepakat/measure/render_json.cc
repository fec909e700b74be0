#include "sepakat/measure/render_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "common/base/status.h"
#include "sepakat/measure/figure_text.h"

namespace sepakat::measure {
namespace {

using Json = nlohmann::ordered_json;

Json NumberOrNull(std::optional<double> value) {
  return value && std::isfinite(*value) ? Json(*value) : Json();
}

Json ParametersJson(const Parameters& parameters) {
  Json json = Json::object();
  for (const auto& [name, value] : parameters) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      json[name] = *text;
    } else {
      json[name] = std::get<double>(value);
    }
  }
  return json;
}

Json DomainJson(const Domain& domain) {
  Json json = Json::object();
  for (const DomainPart& part : domain) json[part.by] = part.value;
  return json;
}

std::string LabelOf(const Domain& domain) {
  std::string label;
  for (const DomainPart& part : domain) label += (label.empty() ? "" : ", ") + part.label;
  return label;
}

Json FigureJson(const Figure& figure) {
  Json json = {{"measure", figure.subject.measure},
               {"parameters", ParametersJson(figure.subject.parameters)},
               {"domain", DomainJson(figure.domain)}};
  if (!figure.domain.empty()) json["label"] = LabelOf(figure.domain);
  if (!figure.estimate.ok()) {
    json["estimate"] = nullptr;
    json["undefined"] = {{"reason", base::ReasonOf(figure.estimate.status())},
                         {"message", std::string(figure.estimate.status().message())}};
    return json;
  }
  const measures::Estimate& estimate = *figure.estimate;
  json["estimate"] = NumberOrNull(estimate.estimate);
  json["standardError"] = NumberOrNull(estimate.standard_error);
  json["interval"] =
      estimate.lower || estimate.upper
          ? Json{{"lower", NumberOrNull(estimate.lower)}, {"upper", NumberOrNull(estimate.upper)}}
          : Json();
  json["designDegreesOfFreedom"] = NumberOrNull(estimate.design_df);
  json["designEffect"] = NumberOrNull(estimate.design_effect);
  json["cv"] = NumberOrNull(estimate.cv);
  json["quality"] = std::string(QualityWord(estimate.quality));
  json["observations"] = estimate.observations;
  json["weightSum"] = NumberOrNull(estimate.weight_sum);
  return json;
}

Json RemarksJson(const std::vector<Remark>& remarks) {
  Json json = Json::array();
  for (const Remark& remark : remarks) {
    json.push_back({{"reason", remark.reason},
                    {"warning", remark.warning},
                    {"id", remark.text_id},
                    {"en", remark.text_en}});
  }
  return json;
}

Json SurveyJson(const SurveyFacts& survey) {
  Json lines = Json::array();
  for (const SurveyFacts::Line& line : survey.lines) {
    lines.push_back({{"line", line.text},
                     {"value", NumberOrNull(line.value)},
                     {"unknownObservations", line.unknown}});
  }
  return {{"file", survey.file},
          {"codebook", survey.codebook},
          {"codebookVersion", survey.codebook_version},
          {"name", survey.name},
          {"source", survey.source},
          {"welfareUnit", survey.welfare_unit},
          {"count", survey.count},
          {"rows", survey.rows},
          {"observations", survey.observations},
          {"weightSum", survey.weight_sum},
          {"design",
           {{"strata", survey.strata},
            {"primaryUnits", survey.psus},
            {"stages", survey.stages},
            {"degreesOfFreedom", survey.design_df},
            {"singlePsu", survey.single_psu},
            {"errors", survey.errors}}},
          {"lines", lines},
          {"remarks", RemarksJson(survey.remarks)}};
}

Json ChangeJson(const FigureChange& one) {
  const measures::Change& change = one.change;
  return {{"measure", one.subject.measure},
          {"parameters", ParametersJson(one.subject.parameters)},
          {"domain", DomainJson(one.domain)},
          {"before", NumberOrNull(one.before.estimate)},
          {"after", NumberOrNull(one.after.estimate)},
          {"difference", NumberOrNull(change.difference)},
          {"relative", NumberOrNull(change.relative)},
          {"standardError", NumberOrNull(change.standard_error)},
          {"interval", change.lower ? Json{{"lower", NumberOrNull(change.lower)},
                                           {"upper", NumberOrNull(change.upper)}}
                                    : Json()},
          {"degreesOfFreedom", NumberOrNull(change.df)},
          {"pValue", NumberOrNull(change.p_value)}};
}

Json Undefined(const absl::Status& status) {
  return {{"reason", base::ReasonOf(status)}, {"message", std::string(status.message())}};
}

Json GrowthJson(const GrowthParts& growth) {
  Json json = {{"line", growth.line}};
  if (!growth.parts.ok()) {
    json["undefined"] = Undefined(growth.parts.status());
    return json;
  }
  json["growthRate"] = growth.parts->growth_rate;
  for (size_t order = 0; order < growth.parts->orders.size(); ++order) {
    const measures::GrowthRedistribution& parts = growth.parts->orders[order];
    json["p" + std::to_string(order)] = {
        {"before", parts.before},
        {"after", parts.after},
        {"change", parts.change},
        {"growth", parts.growth},
        {"redistribution", parts.redistribution},
        {"residual", parts.residual},
        {"shapleyGrowth", parts.shapley_growth},
        {"shapleyRedistribution", parts.shapley_redistribution},
        {"povertyBiasOfGrowth", parts.bias_of_growth},
        {"elasticity", NumberOrNull(parts.total_elasticity)},
        {"neutralElasticity", NumberOrNull(parts.neutral_elasticity)}};
  }
  return json;
}

Json SectorsJson(const SectorPartsByDomain& sectors) {
  Json by = Json::array();
  for (const Name& name : sectors.by) by.push_back(name.text);
  Json json = {{"line", sectors.line}, {"by", by}};
  if (!sectors.parts.ok()) {
    json["undefined"] = Undefined(sectors.parts.status());
    return json;
  }
  const auto parts_json = [](const measures::SectorParts& parts) {
    return Json{{"before", parts.before},
                {"after", parts.after},
                {"within", parts.within},
                {"shift", parts.shift},
                {"interaction", parts.interaction}};
  };
  const auto orders_json = [&](const auto& orders, Json* into) {
    for (size_t order = 0; order < orders.size(); ++order) {
      (*into)["p" + std::to_string(order)] = parts_json(orders[order]);
    }
  };
  json["sectors"] = Json::array();
  for (size_t i = 0; i < sectors.domains.size(); ++i) {
    const measures::Sector& sector = sectors.parts->sectors[i];
    Json one = {{"domain", DomainJson(sectors.domains[i])},
                {"shareBefore", sector.share_before},
                {"shareAfter", sector.share_after}};
    orders_json(sector.orders, &one);
    json["sectors"].push_back(std::move(one));
  }
  json["total"] = Json::object();
  orders_json(sectors.parts->total, &json["total"]);
  return json;
}

std::string OrderingWord(measures::Ordering ordering) {
  switch (ordering) {
    case measures::Ordering::kEqual:
      return "equal";
    case measures::Ordering::kFirstHasLess:
      return "before_has_less";
    case measures::Ordering::kSecondHasLess:
      return "after_has_less";
    case measures::Ordering::kCrossing:
      break;
  }
  return "crossing";
}

Json DominanceJson(const DominanceOf& dominance) {
  Json json = {{"order", dominance.order == measures::DominanceOrder::kFirst ? 1 : 2}};
  if (!dominance.result.ok()) {
    json["undefined"] = Undefined(dominance.result.status());
    return json;
  }
  json["ordering"] = OrderingWord(dominance.result->ordering);
  json["crossings"] = Json::array();
  for (const measures::Crossing& crossing : dominance.result->crossings) {
    json["crossings"].push_back({{"line", crossing.line}, {"above", OrderingWord(crossing.above)}});
  }
  return json;
}

Json IncidenceJson(const absl::StatusOr<measures::GrowthIncidence>& incidence) {
  if (!incidence.ok()) return {{"undefined", Undefined(incidence.status())}};
  Json points = Json::array();
  for (const measures::GrowthIncidencePoint& point : incidence->points) {
    points.push_back({{"level", point.level.value()},
                      {"before", point.before},
                      {"after", point.after},
                      {"growth", NumberOrNull(point.growth)}});
  }
  return {{"growthOfMean", incidence->growth_of_mean},
          {"growthOfMedian", NumberOrNull(incidence->growth_of_median)},
          {"meanGrowth", NumberOrNull(incidence->mean_growth)},
          {"proPoorRate", NumberOrNull(incidence->pro_poor_rate)},
          {"points", points}};
}

Json MpiJson(const MpiParts& parts) {
  const auto change_json = [](const measures::FigureChange& change) {
    return Json{{"absolute", change.absolute},
                {"relative", NumberOrNull(change.relative)},
                {"annualAbsolute", change.annual_absolute},
                {"annualRelative", NumberOrNull(change.annual_relative)}};
  };
  return {{"k", parts.k},
          {"h", change_json(parts.change.headcount)},
          {"a", parts.change.intensity ? change_json(*parts.change.intensity) : Json()},
          {"m0", change_json(parts.change.adjusted)},
          {"byIncidence", NumberOrNull(parts.change.by_incidence)},
          {"byIntensity", NumberOrNull(parts.change.by_intensity)}};
}

Json ComparisonJson(const Comparison& comparison) {
  Json json = {{"later", SurveyJson(comparison.later)},
               {"years", comparison.years},
               {"figuresWithoutPartner", comparison.without_partner}};
  const auto list = [&json](const char* key, const auto& items, auto one) {
    json[key] = Json::array();
    for (const auto& item : items) json[key].push_back(one(item));
  };
  list("changes", comparison.changes, ChangeJson);
  list("growth", comparison.growth, GrowthJson);
  list("sectors", comparison.sectors, SectorsJson);
  json["dominanceIn"] = comparison.welfare_in;
  list("dominance", comparison.dominance, DominanceJson);
  if (comparison.incidence) json["growthIncidence"] = IncidenceJson(*comparison.incidence);
  list("mpi", comparison.mpi, MpiJson);
  return json;
}

}  // namespace

void RenderJson(const Report& report, std::ostream& out) {
  Json json = {{"survey", SurveyJson(report.survey)}, {"confidence", report.confidence}};
  json["figures"] = Json::array();
  json["breakdowns"] = Json::array();
  for (const BreakdownFigures& breakdown : report.breakdowns) {
    Json by = Json::array();
    for (const Name& name : breakdown.by) by.push_back(name.text);
    json["breakdowns"].push_back({{"by", by},
                                  {"domains", breakdown.domains.size()},
                                  {"unknownObservations", breakdown.unknown},
                                  {"unknownWeight", breakdown.unknown_weight}});
    for (const Figure& figure : breakdown.figures) json["figures"].push_back(FigureJson(figure));
  }
  if (report.comparison) json["comparison"] = ComparisonJson(*report.comparison);
  out << json.dump(1) << '\n';
}

}  // namespace sepakat::measure
