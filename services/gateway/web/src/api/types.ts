// Shapes of the JSON that the page reads, named as in the contract.

export interface Figure {
  measure: string;
  numerator: string;
  denominator: string;
  value: string;
  unknownFamilies: string;
  observedFamilies: string;
}
export interface ParameterVersion { kind: string; id: string; version: string }
export interface Indicators {
  publication: string;
  population: string;
  region: string;
  figures: Figure[];
  parameters: ParameterVersion[];
  cutAtMs: string;
  newestObservation: number;
  newestAcceptedAtMs: string;
}
export interface RegionFigures { indicators: Indicators; asOfPublication: string; asOfMs: string }
export interface ChildFigures { children: Indicators[]; asOfPublication: string; asOfMs: string }
export interface TrendPoint { atMs: string; publication: string; figure: Figure }
export interface Trend { points: TrendPoint[] }

export interface Measure {
  measure: string;
  nameId: string;
  nameEn: string;
  unit: 'percent' | 'index' | 'count' | 'rupiah' | 'score';
  direction: number;
  decimals: number;
}
export interface Measures { measures: Measure[] }
export interface Population {
  id: string;
  name: string;
  welfareDecimals: number;
  weightDecimals: number;
  welfareUnit: string;
  sample: boolean;
}
export interface Region { code: string; name: string; parent: string; level: number; kind: string }
export interface Regions { regions: Region[]; nextPageToken: string; path: Region[] }

export interface ScorePart { measure: string; scoreMicro: string }
export interface RankedRegion { region: string; rank: number; scoreMicro: string; parts: ScorePart[] }
export interface Priorities { ranking: { publication: string; parent: string; regions: RankedRegion[] } }

export interface RankedFamily {
  familyId: string;
  region: string;
  rank: string;
  size: number;
  scoreMicro?: string;
  decile: number;
  welfare?: string;
  poor?: boolean;
  deprivations: string[];
  familiesToBoundary: string;
}
export interface Families {
  families: RankedFamily[];
  nextPageToken: string;
  total: string;
  publication: string;
}
export interface VariableExplanation {
  variable: string;
  value?: number;
  contributionMicro: string;
  inModel: boolean;
}
export interface RuleExplanation { rule: string; version: string; result: string; reasons: string[] }
export interface ProgrammeExplanation { programmeId: string; result: string; reasons: string[] }
export interface FamilyExplanation {
  family: RankedFamily;
  version: string;
  observedOn: number;
  source: string;
  codebookId: string;
  variables: VariableExplanation[];
  rules: RuleExplanation[];
  programmes: ProgrammeExplanation[];
  povertyLine?: string;
  povertyLineVersion: string;
  modelId: string;
  modelVersion: string;
  interceptMicro: string;
  publication: string;
  nationalRank: string;
  rankedFamilies: string;
  flags: string[];
}
export interface ModelTerm { variable: string; codes: number[]; coefficientMicro: string; label: string }
export interface Model { id: string; version: string; name: string; source: string; terms: ModelTerm[] }
export interface Parameters { models: Model[] }

export interface Programme {
  id: string;
  version: string;
  name: string;
  nameEn: string;
  subactivityCode: string;
  subactivityName: string;
  nomenclatureVersion: string;
  agency: string;
  unit: string;
  unitCostRupiah: string;
  ceilingRupiah: string;
  fundSource: string;
  year: number;
  deadline: number;
}
export interface ProgrammeSummary {
  programme: Programme;
  eligibleFamilies: string;
  unknownFamilies: string;
  proposedRupiah: string;
  approvedRupiah: string;
  deliveredRupiah: string;
  proposedUnits: string;
  approvedUnits: string;
  deliveredUnits: string;
}
export interface Programmes { programmes: ProgrammeSummary[] }
export interface PlanRow {
  region: string;
  eligibleFamilies: string;
  proposedUnits: string;
  costRupiah: string;
  value: string;
}
export interface PlanProposed {
  planId: string;
  programmeId: string;
  publication: string;
  ceilingRupiah: string;
  unitCostRupiah: string;
  costRupiah: string;
  value: string;
  bound: string;
  gap: string;
  rows: PlanRow[];
  proposedAtMs: string;
  eligibleFamilies: string;
  unservedFamilies: string;
}
export interface Proposal { proposal: PlanProposed; certificateId: string; certificateEn: string }
export interface PlanChange { region: string; unitsBefore: string; unitsAfter: string }
export interface Preview {
  preview: PlanProposed;
  comparedWith: string;
  changes: PlanChange[];
  familiesGaining: string;
  familiesLosing: string;
  regionsChanged: string;
}
export interface FrozenFamily { familyId: string; region: string; rank: string }
export interface PlanApproved {
  planId: string;
  programmeId: string;
  publication: string;
  approvedBy: string;
  reason: string;
  approvedAtMs: string;
  families: FrozenFamily[];
  listDigest: string;
  costRupiah: string;
}
export interface Approval { approved: PlanApproved }
export interface PlanSummary {
  planId: string;
  programmeId: string;
  publication: string;
  costRupiah: string;
  families: string;
  approvedBy: string;
  reason: string;
  approvedAtMs: string;
  delivered: string;
}
export interface Plans { plans: PlanSummary[]; nextPageToken: string }
export interface Delivery {
  deliveryId: string;
  planId: string;
  familyId: string;
  region: string;
  deliveredOn: number;
  costRupiah: string;
  handoverRecord: string;
  recordedBy: string;
  recordedAtMs: string;
}
export interface Plan { plan: PlanApproved; deliveries: Delivery[]; proposal: PlanProposed }
export interface Outcomes { outcomes: { deliveryId: string; familyId: string; needAfter: string }[] }

export interface Alert {
  fingerprint: string;
  rule: string;
  state: string;
  severity: string;
  region: string;
  measure: string;
  value: string;
  threshold: string;
  summary: string;
  summaryEn: string;
  sinceMs: string;
  changedAtMs: string;
  affectedFamilies: string;
}
export interface Alerts { alerts: Alert[] }
export interface TargetState {
  target: {
    id: string;
    name: string;
    nameEn: string;
    region: string;
    measure: string;
    type: string;
    target: string;
    year: number;
    document: string;
  };
  score?: { realisation: string; achievement: string; rating: string; ratingTable: string };
}
export interface Targets { targets: TargetState[] }
export interface RegionFreshness {
  region: string;
  families: string;
  newestObservation: number;
  newestAcceptedAtMs: string;
  state: string;
}
export interface Freshness { regions: RegionFreshness[] }
export interface Change {
  kind: string;
  atMs: string;
  region: string;
  publication: string;
  boundary: string;
  from: string;
  to: string;
  familiesByCause: Record<string, string>;
  families: string;
  subject: string;
  state: string;
  summary: string;
  summaryEn: string;
}
export interface Changes { changes: Change[] }

export interface Finding { reason: string; column: string; message: string; fatal: boolean; line: string }
export interface Ingest {
  ingestId: string;
  source: string;
  codebookId: string;
  population: string;
  received: string;
  accepted: string;
  flagged: string;
  rejected: string;
  repeated: string;
  rows: string;
  complete: boolean;
  startedAtMs: string;
  updatedAtMs: string;
}
export interface Ingests { ingests: Ingest[]; nextPageToken: string }
export interface IngestResult {
  progress: Ingest;
  findings: Finding[];
  findingsByReason: Record<string, string>;
}
export interface Rejected {
  submissionId: string;
  ingestId: string;
  codebookId: string;
  source: string;
  line: string;
  findings: Finding[];
  region: string;
}
export interface Quarantine {
  records: Rejected[];
  nextPageToken: string;
  total: string;
  totalByReason: Record<string, string>;
}
export interface Quarantined {
  record: Rejected;
  rows: { cells: Record<string, string> }[];
  maskedColumns: string[];
}
export interface Receipt { submissionId: string; outcome: string; familyId: string; findings: Finding[] }
export interface Correction { receipt: Receipt }
export interface Replay { replayed: string; accepted: string; stillRejected: string }
export interface Codebooks { codebooks: { id: string; version: string; name: string; population: string }[] }

export interface PublicationNotice {
  publication: string;
  cutAtMs: string;
  regions: { population: string; region: string }[];
  programmes: string[];
  lists: string[];
  notifiedAtMs: string;
}
export interface FeatureCollection {
  type: 'FeatureCollection';
  features: {
    type: 'Feature';
    properties: { kode: string; nama?: string };
    geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown[] };
  }[];
}
