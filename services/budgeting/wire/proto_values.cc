// Values of budgeting to and from messages, field by field (proto_codec.h).
#include "budgeting/wire/proto_codec.h"

namespace sepakat::budgeting {

void ToProto(const Programme& from, reference::events::v1::ProgrammeRecorded* to) {
  to->set_id(from.id);
  to->set_version(from.version);
  to->set_name(from.name);
  to->set_name_en(from.name_en);
  to->set_subactivity_code(from.subactivity_code);
  to->set_subactivity_name(from.subactivity_name);
  to->set_nomenclature_version(from.nomenclature_version);
  to->set_agency(from.agency);
  to->set_unit(from.unit);
  to->set_unit_cost_rupiah(from.unit_cost_rupiah);
  to->set_ceiling_rupiah(from.ceiling_rupiah);
  to->set_fund_source(from.fund_source);
  auto* rule = to->mutable_rule();
  for (const std::string& need : from.needs) rule->add_needs(need);
  rule->set_decile_max(from.decile_max);
  rule->set_poor_only(from.poor_only);
  for (const RulePart& part : from.parts) {
    auto* added = rule->add_parts();
    added->set_variable(part.variable);
    added->set_at_least(part.at_least);
    added->set_at_most(part.at_most);
  }
  to->set_source(from.source);
  to->set_year(from.year);
  to->set_deadline(from.deadline);
  to->set_population(from.population);
}

Programme FromProto(const reference::events::v1::ProgrammeRecorded& from) {
  Programme to{.id = from.id(),
               .version = from.version(),
               .name = from.name(),
               .name_en = from.name_en(),
               .subactivity_code = from.subactivity_code(),
               .subactivity_name = from.subactivity_name(),
               .nomenclature_version = from.nomenclature_version(),
               .agency = from.agency(),
               .unit = from.unit(),
               .unit_cost_rupiah = from.unit_cost_rupiah(),
               .ceiling_rupiah = from.ceiling_rupiah(),
               .fund_source = from.fund_source(),
               .needs = {from.rule().needs().begin(), from.rule().needs().end()},
               .decile_max = from.rule().decile_max(),
               .poor_only = from.rule().poor_only(),
               .parts = {},
               .source = from.source(),
               .year = from.year(),
               .deadline = from.deadline(),
               .population = from.population()};
  for (const auto& part : from.rule().parts()) {
    to.parts.push_back({part.variable(), part.at_least(), part.at_most()});
  }
  return to;
}

void ToProto(const Proposal& from, budgeting::events::v1::PlanProposed* to) {
  to->set_plan_id(from.plan_id);
  to->set_programme_id(from.programme_id);
  to->set_programme_version(from.programme_version);
  to->set_publication(from.publication);
  to->set_ceiling_rupiah(from.ceiling);
  to->set_committed_rupiah(from.committed);
  to->set_unit_cost_rupiah(from.unit_cost);
  to->set_cost_rupiah(from.cost);
  to->set_value(from.certificate.value);
  to->set_bound(from.certificate.bound);
  to->set_gap(from.certificate.gap);
  to->set_lambda_numerator(from.certificate.lambda_numerator);
  to->set_lambda_denominator(from.certificate.lambda_denominator);
  to->set_benefit_table(from.benefit_table);
  for (const ProposalRow& row : from.rows) {
    auto* added = to->add_rows();
    added->set_region(row.region);
    added->set_eligible_families(row.eligible);
    added->set_proposed_units(row.units);
    added->set_cost_rupiah(row.cost);
    added->set_value(row.value);
  }
  to->set_proposed_at_ms(from.proposed_at_ms);
  to->set_eligible_families(from.eligible);
  to->set_unserved_families(from.unserved);
}

Proposal FromProto(const budgeting::events::v1::PlanProposed& from) {
  Proposal to{.plan_id = from.plan_id(),
              .programme_id = from.programme_id(),
              .programme_version = from.programme_version(),
              .publication = from.publication(),
              .ceiling = from.ceiling_rupiah(),
              .committed = from.committed_rupiah(),
              .unit_cost = from.unit_cost_rupiah(),
              .cost = from.cost_rupiah(),
              .certificate = {from.value(), from.bound(), from.gap(), from.lambda_numerator(),
                              from.lambda_denominator()},
              .benefit_table = from.benefit_table(),
              .rows = {},
              .proposed_at_ms = from.proposed_at_ms(),
              .eligible = from.eligible_families(),
              .unserved = from.unserved_families()};
  for (const auto& row : from.rows()) {
    to.rows.push_back({row.region(), row.eligible_families(), row.proposed_units(),
                       row.cost_rupiah(), row.value()});
  }
  return to;
}

void ToProto(const ApprovedPlan& from, budgeting::events::v1::PlanApproved* to) {
  to->set_plan_id(from.plan_id);
  to->set_programme_id(from.programme_id);
  to->set_publication(from.publication);
  to->set_approved_by(from.approved_by);
  to->set_reason(from.reason);
  to->set_approved_at_ms(from.approved_at_ms);
  for (const FrozenFamily& family : from.families) {
    auto* added = to->add_families();
    added->set_family_id(family.family_id);
    added->set_region(family.region);
    added->set_rank(family.rank);
  }
  to->set_list_digest(from.list_digest);
  to->set_cost_rupiah(from.cost);
}

ApprovedPlan FromProto(const budgeting::events::v1::PlanApproved& from) {
  ApprovedPlan to{.plan_id = from.plan_id(),
                  .programme_id = from.programme_id(),
                  .publication = from.publication(),
                  .approved_by = from.approved_by(),
                  .reason = from.reason(),
                  .approved_at_ms = from.approved_at_ms(),
                  .families = {},
                  .list_digest = from.list_digest(),
                  .cost = from.cost_rupiah()};
  for (const auto& family : from.families()) {
    to.families.push_back({family.family_id(), family.region(), family.rank()});
  }
  return to;
}

void ToProto(const Delivery& from, budgeting::events::v1::DeliveryRecorded* to) {
  to->set_delivery_id(from.delivery_id);
  to->set_plan_id(from.plan_id);
  to->set_programme_id(from.programme_id);
  to->set_family_id(from.family_id);
  to->set_region(from.region);
  to->set_delivered_on(from.delivered_on);
  to->set_cost_rupiah(from.cost);
  to->set_handover_record(from.handover_record);
  to->set_recorded_by(from.recorded_by);
  to->set_recorded_at_ms(from.recorded_at_ms);
}

}  // namespace sepakat::budgeting
