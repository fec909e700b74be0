// Names the page uses for the shapes of the contract (generated from the OpenAPI file).

import type { components } from './generated';

type Schemas = components['schemas'];

/** A message with parts that the server always fills, though the wire format could leave them out. */
type With<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };

export type Figure = Schemas['Figure'];
export type Indicators = Schemas['IndicatorPublished'];
export type RegionFigures = With<Schemas['GetRegionFiguresResponse'], 'indicators'>;
export type ChildFigures = Schemas['ListChildFiguresResponse'];
export type TrendPoint = With<Schemas['TrendPoint'], 'figure'>;
export interface Trend {
  points: TrendPoint[];
}
export type Measure = Schemas['Measure'];
export type Measures = Schemas['Measures'];
export type Population = Schemas['PopulationRecorded'];
export type Populations = Schemas['ListPopulationsResponse'];
export type Region = Schemas['Region'];
export type Regions = Schemas['ListRegionsResponse'];
export type RankedRegion = Schemas['RankedRegion'];
export type Priorities = With<Schemas['RankRegionsResponse'], 'ranking'>;

export type RankedFamily = Schemas['RankedFamily'];
export type Families = Schemas['ListFamiliesResponse'];
export type VariableExplanation = Schemas['VariableExplanation'];
export type FamilyExplanation = With<Schemas['ExplainFamilyResponse'], 'family'>;
export type RegionRank = Schemas['RegionRank'];
export type BoundaryDistance = Schemas['BoundaryDistance'];
export type FamilyStanding = Schemas['FamilyStanding'];
export type ClassChange = Schemas['ClassChange'];
export type AnswerCorrection = Schemas['AnswerCorrection'];
export type SingleAnswer = Schemas['SingleAnswer'];
export type FamilyTrial = With<Schemas['TryFamilyResponse'], 'before' | 'after'>;

export type Parameters = Schemas['ListParametersResponse'];

export type Moved = Schemas['Moved'];
export type WhatIfMoves = Schemas['WhatIfMoves'];
export type FigureComparison = Schemas['FigureComparison'];
export type WhatIfGroup = Schemas['WhatIfGroup'];
export type WhatIfChanges = Schemas['WhatIfChanges'];
export type WhatIfChangesBody = Schemas['WhatIfChangesBody'];
export type WhatIfBody = Schemas['WhatIfBody'];
export type WhatIf = Schemas['WhatIf'];
export type WhatIfs = Schemas['ListWhatIfsResponse'];
export type WhatIfAnswer = With<Schemas['CreateWhatIfResponse'], 'branch'>;
export type WhatIfResult = With<Schemas['GetWhatIfResponse'], 'branch'>;

export type Programme = Schemas['ProgrammeRecorded'];
export type ProgrammeSummary = With<Schemas['ProgrammeSummary'], 'programme'>;
export interface Programmes {
  programmes: ProgrammeSummary[];
}
export type PlanRow = Schemas['PlanRow'];
export type PlanProposed = Schemas['PlanProposed'];
export type Proposal = With<Schemas['GetProposalResponse'], 'proposal'>;
export type PlanChange = Schemas['PlanChange'];
export type Preview = With<Schemas['PreviewPlanResponse'], 'preview'>;
export type FrozenFamily = Schemas['FrozenFamily'];
export type PlanApproved = Schemas['PlanApproved'];
export type Approval = With<Schemas['ApprovePlanResponse'], 'approved'>;
export type Plans = Schemas['ListPlansResponse'];
export type Delivery = Schemas['DeliveryRecorded'];
export type Plan = With<Schemas['GetPlanResponse'], 'plan' | 'proposal'>;
export type Outcomes = Schemas['ListOutcomesResponse'];

export type Alert = Schemas['AlertChanged'];
export type Alerts = Schemas['ListAlertsResponse'];
export type TargetState = With<Schemas['TargetState'], 'target'>;
export interface Targets {
  targets: TargetState[];
}
export type RegionFreshness = Schemas['RegionFreshness'];
export type Freshness = Schemas['ListFreshnessResponse'];
export type Change = Schemas['Change'];
export type Changes = Schemas['ListChangesResponse'];

export type Finding = Schemas['Finding'];
export type SourceArrivals = Schemas['Arrivals'];
export type Arrivals = With<Schemas['ListArrivalsResponse'], 'total'>;
export type IngestResult = With<Schemas['IngestFileResponse'], 'progress'>;
export type Rejected = Schemas['RecordRejected'];
export type Quarantine = Schemas['ListQuarantineResponse'];
export type Quarantined = With<Schemas['GetQuarantinedResponse'], 'record'>;
export type Receipt = Schemas['RecordReceipt'];
export type Correction = With<Schemas['CorrectQuarantinedResponse'], 'receipt'>;
export type Replay = Schemas['ReplayQuarantineResponse'];
export type Codebooks = Schemas['ListCodebooksResponse'];

export type PublicationNotice = Schemas['PublicationNotice'];
export type FeatureCollection = Schemas['FeatureCollection'];
export type ProblemBody = Schemas['Problem'];
