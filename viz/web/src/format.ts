/**
 * The data of a report page: the contract between the program that writes it and the page.
 * FORMAT.md says the same in words. A writer fills every field that has no `?`;
 * an array without data is empty, an object without data is null, and its section is left out.
 *
 * Conventions
 * - Emissions: national figures in Mt CO2e a year; places through `escale`, `ascale` in t CO2e a year.
 * - Differences are paired, run by run. `avoided` = reference − scenario (positive: the scenario
 *   emits less); `diff` of a path = scenario − reference (negative: the scenario emits less).
 * - Probabilities in JSON numbers are 0 to 1; in u8 arrays 0 to 200 (half points), 255 missing.
 * - JSON has no NaN: missing is null. Missing is never 0.
 * - Y = years[1], n = places.n, C = 7 + extraCauses.length.
 */
export const FORMAT_VERSION = 1;

/** An array as base64 of little-endian elements, deflate-raw compressed first when `zip` is true. */
export type Packed = string;

/** Central value (median unless the field says mean) and the 5th and 95th percentile of the runs. */
export interface Interval {
  mid: number;
  p05: number;
  p95: number;
}

export interface Report {
  /** FORMAT_VERSION. The page refuses any other, saying so. */
  v: number;
  meta: Meta;
  scenario: Scenario;
  /** [first calendar year, number of years Y], for example [2020, 21]. */
  years: [number, number];
  /** Countries of the scenario; `places.country` and every iso3 below refer to these. */
  countries: Country[];
  /** Key figures under the headline, at most four, the first being the one the headline speaks of. */
  figures: Figure[];
  /** True: every Packed array was deflated (raw deflate, no zlib header) before base64. */
  zip: boolean;
  places: PackedPlaces;
  cells: PackedCells;
  stages: PackedStages;
  /**
   * u8[n·C], place-major: share of the runs in which the place commits at all that were triggered
   * by each cause (0–200; the C values of a place add up to 200 within rounding). All 255: the
   * place commits in no run. Order: CAUSES, then extraCauses.
   */
  causes: Packed;
  /** Names of user-defined layers that take the cause slots after the seven. Usually []. */
  extraCauses: string[];
  links: Link[];
  events: PackedEvents;
  targets: Target[];
  /** By iso3: one national pathway each, in the accounting `acct` names. */
  paths: Record<string, Pathway>;
  /** Null when nothing was attributed (no couplings in the scenario). */
  domino: Domino | null;
  /** Empty in this version of the program: scenarios are side by side in comparison.html. */
  strategies: Strategy[];
  /** Whom the scenario's strategy supports. Null where it has none. */
  plan: Plan | null;
  /** Credits of JCM projects, means over runs. Empty where the scenario keeps no accounts. */
  ledger: LedgerEntry[];
  /** Members of networks, supported areas, coalitions. Empty where the scenario has none. */
  groups: Group[];
  /** Share of people and emissions in cities: all countries first, then each. */
  urban: UrbanShare[];
  /** Benefits of city-to-city projects, in the guidebook's order. Empty without partner places. */
  benefits: Benefit[];
  /** Sustainable Development Goals that the technologies serve, ascending. */
  goals: ServedGoal[];
  inputs: Input[];
  past: PastCheck[];
  land: Topology | null;
  map: MapSettings | null;
  credits: Credit[];
  /**
   * CRC-32 (IEEE, as in zlib's crc32(); 8 lower-case hex digits) of each Packed array's raw bytes
   * before compression, by dotted name: "places.lon", "cells.commit", "stages.p", "causes",
   * "events.place" … An array whose sum differs or is absent is treated as damaged.
   */
  crc: Record<string, string>;
}

export interface Meta {
  /** Title of the document, for example "Twice the pairs". Plain text. */
  title: string;
  /**
   * The headline, if the writer has one of its own. Empty: the page composes it from figures[0].
   */
  finding: string;
  evidence: Evidence;
  /** Number of members of the ensemble. */
  runs: number;
  /** Decimal string: seeds may exceed 2^53. */
  seed: string;
  /** For example "AR5, 100 years". */
  gwp: string;
  /** Program version, for example "0.1.0 (7f3a9c01)". */
  version: string;
  /** Scenario file name and what it extends, for example "c3p-doubled.toml, extends jcm-2040.toml". */
  scenarioFile: string;
  /** The command that reruns this, for example "domino run c3p-doubled.toml --members 1000". */
  command: string;
  /** Name of a thing → its SHA-256 in hex: "scenario", "inputs" … The first 8 digits of `run`, else of `scenario`, name the run. */
  hashes: Record<string, string>;
  /** Invented numbers: the page says so in a band above everything. Never set by the program. */
  invented?: boolean;
}

/** Does the city-to-city term improve forecasts of held-back years? Said in the first line of the page unless "gain". */
export interface Evidence {
  status: "gain" | "no_gain" | "untested";
  /** Difference in log score with minus without the term; null when untested. */
  score: Interval | null;
  /** One plain sentence of background, or "". */
  note: string;
}

export interface Scenario {
  /** What a person calls it, for example "Twice the pairs". */
  name: string;
  /** Name of the reference scenario, or null when the run has none: then no difference is shown anywhere. */
  ref: string | null;
  /** True: there is a reference and every result is equal to the last digit. */
  same: boolean;
  levers: Lever[];
}

export interface Lever {
  /** Key in the scenario file, for example "programmes.c3p.agreements_per_year". */
  key: string;
  /** In words, for example "New agreements a year". */
  label: string;
  /** Values as text with unit: in the reference, in this scenario. */
  from: string;
  to: string;
  /** Places whose results changed; null when not counted (then `reason` says why). */
  places: number | null;
  /** First year in which anything changed, or null. */
  since: number | null;
  /** Why it changed nothing, or any remark. "" when there is none. Required when places is 0. */
  reason: string;
}

export interface Country {
  iso3: string;
  name: string;
}

export type FigureKey =
  /** Mt CO2e avoided from `from` to `to` against the reference, all countries. */
  | "avoided"
  /** Mt CO2e avoided with contact between cities minus without, same draws. */
  | "passed_on"
  /** Places that commit at least a year sooner than in the reference; `of` places. */
  | "sooner"
  /** Present value of public money per tonne avoided (tonnes undiscounted), real JPY/t CO2e. */
  | "cost_per_t"
  /** Emissions of all countries in the year `to`, Mt CO2e (runs without a reference). */
  | "emissions"
  /** Places committed by the end of `to`; `of` places. */
  | "committed"
  /** Public money spent from `from` to `to`, billion JPY. */
  | "spent"
  /** Assessable targets met; `of` targets. */
  | "targets_met";

export interface Figure {
  key: FigureKey;
  from: number;
  to: number;
  /** In the unit the key states. Null: not stated, `reason` says why. */
  value: Interval | null;
  of: number | null;
  reason: string;
}

export interface PackedPlaces {
  n: number;
  /** Stable place ids ("GN1880252"), as in places.csv; n of them. */
  id: string[];
  name: string[];
  /** Name in the place's own script where known, else "". Length n, or [] when none is known. */
  local: string[];
  /** Names of admin-1 units; `admin1Of` indexes them. */
  admin1: string[];
  /** u16[n], 65535: none. */
  admin1Of: Packed;
  /** u8[n], index into countries. */
  country: Packed;
  /** u8[n]: 0 city, 1 rest of region. */
  kind: Packed;
  /** f32[n], degrees. */
  lon: Packed;
  lat: Packed;
  /** u32[n], people in the first year. */
  pop: Packed;
  /** f32[n]: t CO2e a year per step of e50, e05, e95, ref50. */
  escale: Packed;
  /** f32[n]: t CO2e a year per step of ab, ab05, ab95. */
  ascale: Packed;
}

/** All arrays n·Y, place-major: element place·Y + year offset. */
export interface PackedCells {
  /** u8: chance that the place has committed by the end of the year. 0–200, 255 missing. */
  commit: Packed;
  /** u8, in the reference. Null without a reference. */
  commitRef: Packed | null;
  /** u16 × escale: emissions, 5th, 50th, 95th percentile; 65535 missing. */
  e50: Packed;
  e05: Packed;
  e95: Packed;
  /** u16 × escale: median in the reference. Null without a reference. */
  ref50: Packed | null;
  /** i16 × ascale: abatement, 50th, 5th, 95th percentile; −32768 missing. See abBasis. */
  ab: Packed;
  ab05: Packed;
  ab95: Packed;
  /** "reference": paired difference reference − scenario. "bau": below the emissions without any of the modelled technology since the base year. */
  abBasis: "reference" | "bau";
}

/** Stage order: engaged, committed, enabled, implementing, replicating. */
export const STAGES = ["engaged", "committed", "enabled", "implementing", "replicating"] as const;

export interface PackedStages {
  /** u8[n·5·Y]: chance that the stage was reached by the end of the year; element (place·5 + stage)·Y + year. */
  p: Packed;
  /** u8[n·5·3]: median, 5th, 95th percentile of the year of first passage as offset from years[0]; 255: not within the run at that percentile. Element (place·5 + stage)·3 + k. */
  year: Packed;
  /**
   * i16[n·3]: tenths of a year by which commitment comes sooner than in the reference, run by run:
   * mean, 5th, 95th percentile; −32768 missing. A run that does not commit counts as the year after
   * the last. Null without a reference.
   */
  sooner: Packed | null;
}

/** Cause order of the seven slots. Coercion counts as own province. */
export const CAUSES = [
  "own_accord",
  "joint_declaration",
  "programme",
  "agreement",
  "network",
  "nearby",
  "own_province",
] as const;
export type Cause = (typeof CAUSES)[number];

/** A city-to-city agreement, for the arcs. Order: by `from`, then by ends. */
export interface Link {
  /** Index of a place, or an end outside the scenario's places. */
  a: number | OffMapEnd;
  b: number | OffMapEnd;
  /** Decimal calendar years (2026.25 = 1 April 2026). `from` null: before the run; `to` null: open. */
  from: number | null;
  to: number | null;
  layer: string;
  /** True: only in this scenario, not in the reference. */
  added: boolean;
}

export interface OffMapEnd {
  /** For example "Renca, Chile". */
  name: string;
  lon: number;
  lat: number;
}

/**
 * Who triggered whom, summed over the runs: one entry per (place, source, cause), sorted by share
 * (largest first), then place, source, cause. Arrays of equal length `count`.
 */
export interface PackedEvents {
  count: number;
  /** Commitments in the ledger of all runs together. */
  total: number;
  /** Entries left out because their share is below this (0–1); 0: none left out. */
  leftOutBelow: number;
  /** u16: index of the place that committed. */
  place: Packed;
  /** u16: index of the source place, 65535 none. */
  source: Packed;
  /** u8: median year of the event as offset from years[0]. */
  year: Packed;
  /** u8: cause slot. */
  cause: Packed;
  /** u8: share of all runs in which this happened (0–200). */
  share: Packed;
}

export type TargetStatus = "assessed" | "not_assessable";

export interface Target {
  iso3: string;
  /** Year of the target; for a budget or trajectory the last year. */
  year: number;
  /** First year of a budget or trajectory, else null. */
  yearFrom: number | null;
  /** base_year, bau, intensity, fixed_level, absolute_reduction, peak_minus, trajectory, budget, sectoral. */
  type: string;
  cond: "unconditional" | "conditional" | "combined";
  /** In words, short: "−46% on FY2013", "−31.9% on BAU". */
  label: string;
  /** True: years are fiscal ("FY2030"). */
  fiscal: boolean;
  /** Level in Mt CO2e in the accounting `acct`, low ≤ high (equal for a point). Null: no level. */
  low: number | null;
  high: number | null;
  /** True: the level moves with simulated GDP or BAU; low and high are then its range over runs. */
  moves: boolean;
  /** Levels [year, Mt] of a trajectory; else []. */
  points: [number, number][];
  status: TargetStatus;
  /** Why it is not assessable; "" when assessed. */
  reason: string;
  /** The target's own accounting in words: "without land use", "gross path, removals count in the target year". */
  acct: string;
  /** Ratio that re-bases simulated emissions to the target's inventory, null when none was needed. */
  rebase: number | null;
  /** Chance of meeting it, 0–1; null when not assessable. */
  p: number | null;
  /** The same in the reference; null without one. */
  pRef: number | null;
}

export interface Pathway {
  /** Accounting of the path in words: "with land use". */
  acct: string;
  fiscal: boolean;
  /** Observed [year, Mt], ascending. */
  hist: [number, number][];
  /** Simulated, each Y long, Mt; null where a year has no value. */
  q: { p05: Series; p25: Series; p50: Series; p75: Series; p95: Series };
  /** Median in the reference, Y long; null without one. */
  ref: Series | null;
  /** Paired difference scenario − reference, Y long each; null without one. */
  diff: { mid: Series; p05: Series; p95: Series } | null;
}

export type Series = (number | null)[];

export interface Domino {
  /** [year][cause]: expected new commitments a year, Y rows of C. */
  byYear: number[][];
  /** Share of commitments whose drawn cause lies in another place (bookkeeping), 0–1. */
  passedOn: Interval | null;
  /** Mt avoided from `from` to `to` with contact minus without, one number a run, any order. [] when not run. */
  draws: number[];
  from: number;
  to: number;
  /** Domino share of `of`, paired bootstrap; null when not stated, `reason` says why. */
  share: Interval | null;
  of: "tonnes" | "commitments";
  reason: string;
  chains: Chain[];
}

export interface Chain {
  /** Place indices, first to last. */
  places: number[];
  /** Median year of commitment of each place (calendar year). */
  years: number[];
  /** Cause slot and share of runs (0–1) of each step: one fewer than places. */
  causes: number[];
  shares: number[];
  /** Mt avoided along the chain; null when not computed. */
  avoided: Interval | null;
}

export interface Strategy {
  name: string;
  /** Billion JPY. */
  spent: number;
  avoided: Interval | null;
  /** JPY/t CO2e. */
  cost_per_t: number | null;
  targetsExtra: number | null;
  regret: number | null;
  /** Share of runs in which another strategy dominates, 0–1. */
  dominatedIn: number | null;
  isThis: boolean;
}

export interface Plan {
  /** As the scenario writes it: none is never here. */
  rule: "observed" | "largest" | "highest_emissions" | "nearest" | "hubs" | "equity" | "list";
  /** Nominal, billion JPY a year. */
  budget: number;
  /** Decimal calendar years: the first month with money, the first without. */
  from: number;
  to: number;
  /** Places the rule chose among; 0 for a list. */
  candidates: number;
  /** By start, then rank. */
  projects: PlanProject[];
  rounds: PlanRound[];
}

export interface PlanProject {
  /** As in strategy.csv. */
  id: string;
  kind: "project" | "agreement";
  /** Index of the place abroad, and of the Japanese municipality; null where none is known. */
  place: number;
  japan: number | null;
  /** Decimal calendar years; `to` is the first moment without it. */
  from: number;
  to: number;
  /** Of a project; 0 of an agreement. */
  phases: number;
  /** Nominal, million JPY a year. */
  cost: number;
  /** Ids of what a project is about; []: all of the run. */
  technologies: string[];
  reason: string;
}

export interface PlanRound {
  /** Decimal calendar year. */
  from: number;
  /** Places that begin, then projects and agreements in force and what these cost, million JPY a year. */
  begins: number;
  projects: number;
  agreements: number;
  cost: number;
  /** Why no more begin. */
  limit: string;
}

export interface LedgerEntry {
  year: number;
  /** iso3; "" for all countries outside the run together. */
  party: string;
  /**
   * first_transferred: by its host, by the year the reduction occurred; acquired, used: by the buyer in the
   * year; held: by the buyer at the year's end; goal: what the buyer means to have acquired in all by then.
   */
  account: "first_transferred" | "acquired" | "used" | "held" | "goal";
  /** Mt CO2e. */
  amount: number;
}

export interface Group {
  name: string;
  places: number;
  /** Million, in the first year. */
  people: number;
  /** Emissions in the first and the last year of the run, Mt CO2e. */
  first: Interval;
  last: Interval;
  targets: GroupTarget[];
}

/** What belonging to a group implies. */
export interface GroupTarget {
  year: number;
  label: string;
  /** Mt CO2e; null when not assessable. */
  level: number | null;
  /** Chance that the group as a whole meets it, 0–1; null when not assessable, then `reason` says why. */
  p: number | null;
  /** In the reference; null without one. */
  pRef: number | null;
  reason: string;
}

export interface UrbanShare {
  /** Country, or "All countries". */
  name: string;
  cities: number;
  /** 0–1. */
  people: number;
  emissions: number;
}

export interface Benefit {
  to: "partner_city" | "local_company";
  label: string;
  /** "places": partner places where it is delivered; "Mt": Mt CO2e a year. */
  unit: "places" | "Mt";
  /** In the last year of the run, all countries. */
  value: Interval;
  /** Median in the reference; null without one. */
  ref: number | null;
}

export interface ServedGoal {
  /** 1–17. */
  goal: number;
  /** Million people served by the units added since the start, in the last year. */
  people: Interval;
}

export interface Input {
  kind: "measured" | "sourced" | "guessed";
  /** What it is: "Influence of an agreement on commitment". */
  name: string;
  /** Value or range as text with unit. */
  value: string;
  /** What supports it. */
  source: string;
  /** The headline figure when the input stands at its low and high end; null: not computed. */
  low: number | null;
  high: number | null;
}

/** One observed figure beside what the run has for it. Outside [p05, p95] is a miss. */
export interface PastCheck {
  /** "" when it belongs to no single country. */
  iso3: string;
  /** "Emissions", "Electric cars in use", "Declarations", "C3P subsidies" … */
  quantity: string;
  unit: string;
  year: number;
  observed: number;
  mean: number;
  p05: number;
  p95: number;
  /** "limit": the run must stay at or below `observed` (a budget). Absent or "value": it should meet it. */
  compared?: "value" | "limit";
  source: string;
}

export interface MapSettings {
  /** "laea": Lambert azimuthal equal-area about `centre`; "equal_earth" for the world. */
  projection: "laea" | "equal_earth";
  /** [lon, lat] in degrees; [110, 17] for Asia-Pacific. */
  centre: [number, number];
  /** Lon/lat points the first view must hold (corners, or the extreme places). */
  fit: [number, number][];
}

export interface Credit {
  /** "Places", "Boundaries" … */
  what: string;
  /** "GeoNames" */
  source: string;
  /** "CC BY 4.0" */
  licence: string;
}

/**
 * TopoJSON with one object, `countries`: Polygon and MultiPolygon geometries, `id` = iso3,
 * `properties.name`. Every country of the part of the world on show, in scope or not. Quantised
 * (`transform`) arcs, shared or not. Rings in either direction: a country is taken to be the
 * smaller side.
 */
export interface Topology {
  type: "Topology";
  transform?: { scale: [number, number]; translate: [number, number] };
  arcs: [number, number][][];
  objects: {
    countries: {
      type: "GeometryCollection";
      geometries: {
        type: string;
        id?: string;
        properties?: { name?: string };
        arcs?: unknown;
      }[];
    };
  };
}
