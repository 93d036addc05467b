/**
 * What the page says in words, composed from the data. Every claim with a figure carries its
 * interval; an interval that includes zero is never called an effect.
 */
import type { Benefit, Domino, Evidence, Figure, Group, Input, Interval, Lever, PastCheck, Plan, PlanRound, Report, Target, UrbanShare } from "./format";
import { chance, count, includes_zero, interval, likelihood, list, observed, percent, sig } from "./numbers";

/** Heading in two voices: the answer, and its uncertainty in a lighter weight. */
export interface Heading {
  strong: string;
  soft: string;
}

const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;
const countries_of = (r: Report): string => `${r.countries.length === 1 ? (r.countries[0]?.name ?? "") : `the ${count(r.countries.length)} countries`}`;

/** First line of the page; null when the domino term has earned its place. */
export function evidence_line(e: Evidence): { lead: string; text: string } | null {
  if (e.status === "gain") return null;
  const note = e.note ? ` ${e.note}` : "";
  if (e.status === "untested" || !e.score) {
    return {
      lead: "Evidence check.",
      text: `Whether city-to-city influence improves forecasts has not been tested on held-back years.${note} Read every domino number below with that in mind.`,
    };
  }
  const s = interval(e.score);
  return {
    lead: "Evidence check.",
    text: `On held-back years, adding city-to-city influence did not improve the forecast (log score ${s.mid}, 90% interval ${s.range}).${note} Read every domino number below with that in mind.`,
  };
}

export const is_miss = (c: PastCheck): boolean => c.observed < (c.compared === "limit" ? c.p95 : c.p05) || (c.compared !== "limit" && c.observed > c.p95);

/** Said above the headline when the run does not pass through what was observed. */
export function past_line(past: readonly PastCheck[], country: (iso3: string) => string): { lead: string; text: string } | null {
  const misses = past.filter(is_miss);
  if (misses.length === 0) return null;
  const size = (c: PastCheck): number => Math.abs(c.mean - c.observed) / Math.max(Math.abs(c.observed), 1e-12);
  const worst = misses.reduce((a, b) => (size(b) > size(a) ? b : a));
  const where = worst.iso3 ? ` of ${country(worst.iso3)}` : "";
  return {
    lead: "This run misses part of the past.",
    text:
      `${count(misses.length)} of ${plural(past.length, "observed figure")} ${misses.length === 1 ? "lies" : "lie"} outside 90% of runs. ` +
      `Furthest off: ${worst.quantity.charAt(0).toLowerCase()}${worst.quantity.slice(1)}${where}, ${worst.year}: observed ${observed(worst.observed)}${worst.unit ? ` ${worst.unit}` : ""}, ` +
      `simulated ${interval({ mid: worst.mean, p05: worst.p05, p95: worst.p95 }).mid}.`,
  };
}

function avoided_headline(name: string, f: Figure, v: Interval): Heading {
  const t = interval(v);
  const soft = `nine runs in ten fall between ${t.p05} and ${t.p95}.`;
  const amount = (x: string): string => `${x} million tonnes of CO₂e`;
  if (v.mid < 0) {
    const more = interval({ mid: -v.mid, p05: -v.p95, p95: -v.p05 });
    const verb = includes_zero(v) ? "may add" : "would add";
    return {
      strong: `${name} ${verb} about ${amount(more.mid)} by ${f.to}${includes_zero(v) ? ", or nothing" : ""};`,
      soft: `nine runs in ten fall between ${more.p05} and ${more.p95} added.`,
    };
  }
  if (includes_zero(v)) return { strong: `${name} may avoid about ${amount(t.mid)} by ${f.to}, or nothing;`, soft };
  return { strong: `${name} would avoid about ${amount(t.mid)} by ${f.to};`, soft };
}

export function headline(r: Report): Heading {
  if (r.meta.finding) return { strong: r.meta.finding, soft: "" };
  const name = r.scenario.name;
  if (r.scenario.same) return { strong: `${name} and ${r.scenario.ref ?? "its reference"} give the same result,`, soft: "to the last digit." };
  const f = r.figures[0];
  if (!f?.value) return { strong: name, soft: "" };
  const t = interval(f.value);
  const soft = `nine runs in ten fall between ${t.p05} and ${t.p95}.`;
  switch (f.key) {
    case "avoided":
      return avoided_headline(name, f, f.value);
    case "emissions":
      return { strong: `Emissions of ${countries_of(r)} stand at about ${t.mid} million tonnes of CO₂e in ${f.to};`, soft };
    case "committed":
      return { strong: `About ${t.mid} of ${count(f.of ?? 0)} places have committed by ${f.to};`, soft };
    default:
      return { strong: `${name}: ${figure_label(r, f).toLowerCase()} ${t.mid} ${figure_unit(f)};`, soft };
  }
}

/** Up to four countries that make up most of the paired difference in the last year. */
function where_saved(r: Report): string | null {
  const saved = Object.entries(r.paths)
    .map(([iso3, p]) => ({ iso3, mt: -(p.diff?.mid[p.diff.mid.length - 1] ?? 0) }))
    .filter((x) => x.mt > 0)
    .sort((a, b) => b.mt - a.mt || (a.iso3 < b.iso3 ? -1 : 1));
  const total = saved.reduce((sum, x) => sum + x.mt, 0);
  if (saved.length < 4 || total <= 0) return null;
  let sum = 0;
  const names: string[] = [];
  for (const x of saved) {
    sum += x.mt;
    names.push(r.countries.find((c) => c.iso3 === x.iso3)?.name ?? x.iso3);
    if (sum > total / 2) break;
  }
  return names.length <= 4 ? `Most of it is in ${list(names)}.` : `It is spread over ${count(saved.length)} countries.`;
}

function targets_moved(targets: readonly Target[], runs: number): string | null {
  const moved = targets.filter((t) => t.p !== null && t.pRef !== null).map((t) => t.p! - t.pRef!);
  if (moved.length === 0) return null;
  const largest = Math.max(...moved.map(Math.abs));
  if (largest <= 0.01) return "It moves no country’s chance of meeting a target by more than one point.";
  const n = moved.filter((d) => Math.abs(d) > 0.01).length;
  const step = Math.max(1, Math.ceil(100 / Math.max(1, runs)));
  return `It moves the chance of meeting ${plural(n, "target")} by more than one point, by ${Math.max(step, Math.round(largest * 100))} at most.`;
}

/** "a fifth", else "22%". */
function fraction(x: number): string {
  const words: [number, string][] = [[0.1, "a tenth"], [0.2, "a fifth"], [0.25, "a quarter"], [1 / 3, "a third"], [0.5, "half"], [2 / 3, "two thirds"], [0.75, "three quarters"]];
  return words.find(([v]) => Math.abs(v - x) < 0.025)?.[1] ?? percent(x);
}

export function domino_share_sentence(d: Domino): string | null {
  const what = d.of === "tonnes" ? "the saving" : "the commitments";
  if (!d.share) return d.reason ? `The share of ${what} due to contact between cities is not stated: ${d.reason}.` : null;
  // A share that would be printed as 0% is none.
  if (d.share.mid < 0.005) return `Contact between cities adds nothing measurable to ${what}.`;
  if (includes_zero(d.share)) return `Cities setting off other cities may account for ${fraction(d.share.mid)} of ${what}, or for none of it.`;
  return `Cities setting off other cities account for about ${fraction(d.share.mid)} of ${what} (90% interval ${percent(d.share.p05)} to ${percent(d.share.p95)}).`;
}

/** The paragraph under the headline. */
export function lead(r: Report): string {
  if (r.scenario.same) return "Nothing that was changed in this scenario changed a result. The levers below say why.";
  const parts: (string | null)[] = [];
  if (r.scenario.ref !== null) parts.push(where_saved(r), targets_moved(r.targets, r.meta.runs));
  else parts.push(targets_heading(r.targets) ? `${targets_heading(r.targets)}.` : null);
  if (r.domino) parts.push(domino_share_sentence(r.domino));
  return parts.filter(Boolean).join(" ");
}

export function figure_label(r: Report, f: Figure): string {
  const span = f.from === f.to ? `in ${f.to}` : `${f.from}–${f.to}`;
  switch (f.key) {
    case "avoided": return `Avoided ${span}, ${r.countries.length === 1 ? countries_of(r) : `all ${count(r.countries.length)} countries`}`;
    case "passed_on": return "Of which passed on from city to city";
    case "sooner": return "Places committing at least a year sooner";
    case "cost_per_t": return "Public money per tonne avoided";
    case "emissions": return `Emissions in ${f.to}, ${r.countries.length === 1 ? countries_of(r) : `all ${count(r.countries.length)} countries`}`;
    case "committed": return `Places committed by ${f.to}`;
    case "spent": return `Public money ${span}`;
    case "targets_met": return "Assessable targets met";
  }
}

export function figure_unit(f: Figure): string {
  switch (f.key) {
    case "avoided": case "passed_on": case "emissions": return "Mt CO₂e";
    case "cost_per_t": return "JPY/t CO₂e";
    case "spent": return "bn JPY";
    default: return f.of === null ? "" : `of ${count(f.of)}`;
  }
}

export function figure_range(f: Figure): string {
  if (!f.value) return f.reason || "not stated";
  const nothing = includes_zero(f.value) && ["avoided", "passed_on", "sooner"].includes(f.key) ? ": may be nothing" : "";
  return `90% of runs: ${interval(f.value).range}${nothing}`;
}

export function scenario_text(r: Report): string {
  if (r.scenario.ref === null) return `Run by itself, with ${plural(r.meta.runs, "random draw")}; there is no reference to compare with.`;
  const n = r.scenario.levers.length;
  const only = n === 0 ? "no lever differs" : `a difference comes only from the ${n === 1 ? "lever" : `${count(n)} levers`} listed here`;
  return `, on the same ${plural(r.meta.runs, "random draw")}, so that ${only}.`;
}

export const has_no_effect = (l: Lever): boolean => l.places === 0;

export function lever_effect(l: Lever): string {
  if (has_no_effect(l)) return `No effect: ${l.reason || "no reason was recorded"}`;
  if (l.places === null) return l.reason || "not counted";
  const since = l.since === null ? "" : `, from ${l.since}`;
  return `Changed ${plural(l.places, "place")}${since}${l.reason ? `. ${l.reason}` : ""}`;
}

export interface CommitmentCount {
  likely: number;
  of: number;
  /** Countries by number of likely committed places. */
  top: string[];
  topShare: number;
}

export function where_heading(year: number, c: CommitmentCount): string {
  if (c.of === 0) return `Places in ${year}`;
  if (c.likely === 0) return `By ${year}, no place is likely to have committed`;
  const lead_in = `By ${year}, ${count(c.likely)} of ${plural(c.of, "place")} ${c.likely === 1 ? "is" : "are"} likely to have committed`;
  if (c.top.length === 0 || c.likely < 5) return lead_in;
  return `${lead_in}, ${c.topShare > 0.995 ? "all" : "most"} of them in ${list(c.top)}`;
}

/** Without a full stop; null without targets. */
export function targets_heading(targets: readonly Target[]): string | null {
  const p = targets.filter((t) => t.status === "assessed" && t.p !== null).map((t) => t.p!);
  if (targets.length === 0) return null;
  if (p.length === 0) return `None of ${plural(targets.length, "target")} can be assessed`;
  const likely = p.filter((x) => x > 0.66).length;
  const unlikely = p.filter((x) => x < 0.33).length;
  const met = `${likely > 0 ? count(likely) : "None"} of ${plural(p.length, "assessable target")} ${likely === 1 ? "is" : "are"} likely met`;
  return unlikely > 0 ? `${met}, ${count(unlikely)} unlikely` : met;
}

export function targets_addition(targets: readonly Target[]): string {
  const moved = targets.filter((t) => t.p !== null && t.pRef !== null);
  if (moved.length === 0) return "";
  const largest = Math.max(...moved.map((t) => Math.abs(t.p! - t.pRef!)));
  return largest <= 0.01 ? "; the scenario moves none by more than a point" : "";
}

export function domino_heading(d: Domino): string {
  if (d.share === null && d.draws.length === 0) return "What made places commit";
  const v = d.share ?? quantiles(d.draws);
  if (v.p05 > 0) {
    if (d.draws.length > 0 && quantiles(d.draws).p05 > 0) return "Cities set off other cities, and it saves emissions in nine runs of ten";
    const what = d.of === "tonnes" ? "saving" : "commitments";
    return d.share ? `Cities set off other cities: without contact ${percent(d.share.mid)} of the ${what} would be missing` : "Cities set off other cities";
  }
  if (v.p95 < 0) return "Contact between cities costs more than it saves";
  return v.mid > 0 ? "Cities may set off other cities, but this run cannot rule out that they do not" : "This run shows no sign that cities set off other cities";
}

/** Under the dot plot. */
export function contact_sentence(d: Domino): { lead: string; text: string } | null {
  const none = d.draws.filter((x) => x <= 0).length;
  const tail = d.draws.length === 0 ? "" : ` In ${count(none)} of ${plural(d.draws.length, "run")} contact adds nothing or costs tonnes.`;
  const what = d.of === "tonnes" ? "saving" : "commitments";
  if (!d.share) {
    return { lead: `Domino share of the ${what}: not stated`, text: `${d.reason ? `: ${d.reason}` : ""}.${tail}` };
  }
  const zero = includes_zero(d.share) ? " It includes zero." : "";
  return {
    lead: `Domino share of the ${what}: ${percent(d.share.mid)}`,
    text: `, 90% interval ${percent(d.share.p05)} to ${percent(d.share.p95)}.${zero}${tail}`,
  };
}

/** 5th, 50th, 95th percentile with linear interpolation. */
export function quantiles(draws: readonly number[]): Interval {
  const sorted = [...draws].sort((a, b) => a - b);
  const at = (q: number): number => {
    const x = q * (sorted.length - 1);
    const low = Math.floor(x);
    const a = sorted[low] ?? 0;
    return a + ((sorted[low + 1] ?? a) - a) * (x - low);
  };
  return { mid: at(0.5), p05: at(0.05), p95: at(0.95) };
}

export function inputs_heading(inputs: readonly Input[]): string {
  const bars = inputs.filter((i) => i.low !== null && i.high !== null);
  const width = (list_: readonly Input[]): number => list_.reduce((sum, i) => sum + Math.abs(i.high! - i.low!), 0);
  const guesses = inputs.filter((i) => i.kind === "guessed").length;
  if (bars.length > 0) {
    return width(bars.filter((i) => i.kind === "guessed")) > width(bars) / 2
      ? "Guesses, not measurements, drive most of the spread"
      : "Measured and sourced inputs drive most of the spread";
  }
  if (guesses === 0) return "Every input is measured or comes from a named source";
  return `${count(guesses)} of ${plural(inputs.length, "input")} ${guesses === 1 ? "is a guess" : "are guesses"}, with a range`;
}

export function inputs_lead(inputs: readonly Input[]): string {
  const of = (k: Input["kind"]): number => inputs.filter((i) => i.kind === k).length;
  const are = (n: number): string => `${count(n)} ${n === 1 ? "is" : "are"}`;
  return `Of ${plural(inputs.length, "input")}, ${are(of("measured"))} measured, ${count(of("sourced"))} sourced and ${count(of("guessed"))} guessed.`;
}

export function past_heading(past: readonly PastCheck[]): string {
  const misses = past.filter(is_miss).length;
  if (misses === 0) return `All ${plural(past.length, "observed figure")} lie within 90% of runs`;
  return `${count(misses)} of ${plural(past.length, "observed figure")} ${misses === 1 ? "lies" : "lie"} outside 90% of runs`;
}

export function sooner_sentence(v: Interval): { lead: string; text: string } {
  const t = interval(v);
  if (v.mid === 0 && v.p05 === 0 && v.p95 === 0) return { lead: "No sooner", text: " than in the reference, in 90% of runs." };
  const nothing = includes_zero(v) ? "; may be nothing" : "";
  if (v.mid < 0) {
    const later = interval({ mid: -v.mid, p05: -v.p95, p95: -v.p05 });
    return { lead: `${later.mid} years later`, text: ` than in the reference; 90% of runs: ${later.range}${nothing}.` };
  }
  return { lead: `${t.mid} years sooner`, text: ` than in the reference; 90% of runs: ${t.range}${nothing}.` };
}

/** For the live region and text alternatives. */
export function chance_sentence(p: number | null, runs: number): string {
  return p === null ? "chance of commitment unknown" : `chance of commitment ${chance(p, runs)}, ${likelihood(p)}`;
}

/** What cities hold, beside what the guidebook says of the world. "" when it is not known. */
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "April 2026" of 2026.25. */
export function month_text(year: number): string {
  const months = Math.round(year * 12);
  return `${MONTHS[((months % 12) + 12) % 12]!} ${Math.floor(months / 12)}`;
}

const FIRST_COME: Record<Plan["rule"], string> = {
  observed: "the partners on record longest", largest: "the largest cities", highest_emissions: "the cities of the highest emissions",
  nearest: "the cities nearest to Japan’s partners", hubs: "the hubs of the ties between cities", equity: "the largest cities of the poorest countries", list: "",
};

const counted = (n: number, one: string): string => `${count(n)} ${one}${n === 1 ? "" : "s"}`;

/** "50 projects", "3 projects and 3 agreements", "5 agreements". */
export function plan_counts(plan: Plan): string {
  const of = (kind: string): number => plan.projects.filter((p) => p.kind === kind).length;
  return list([of("project") > 0 && counted(of("project"), "project"), of("agreement") > 0 && counted(of("agreement"), "agreement")].filter((x): x is string => x !== false));
}

export function plan_heading(plan: Plan, billion_jpy: number): string {
  const money = billion_jpy > 0 ? ` for ${billion_jpy >= 0.1 ? `${sig(billion_jpy)} billion` : `${sig(billion_jpy * 1000)} million`} JPY` : "";
  return plan.rule === "list" ? `${plan_counts(plan)}${money}, as the scenario lists them` : `${plan_counts(plan)}${money}: ${FIRST_COME[plan.rule]} come first`;
}

export const round_sentence = (round: PlanRound): string =>
  `In ${month_text(round.from)} ${count(round.begins)} ${round.begins === 1 ? "begins" : "begin"} (${round.limit}).`;

export function urban_sentence(urban: readonly UrbanShare[]): string {
  const all = urban?.[0];
  if (!all || all.cities === 0) return "";
  return `${count(all.cities)} places that are cities hold ${percent(all.people)} of the people and ${percent(all.emissions)} of the emissions of these countries; for the world the guidebook says about half, and about 70% of CO₂.`;
}

/** The widest benefit for partner cities, else the first group. */
export function benefits_heading(groups: readonly Group[], benefits: readonly Benefit[], last_year: number): string {
  const reach = benefits.filter((b) => b.to === "partner_city" && b.unit === "places").sort((a, b) => b.value.mid - a.value.mid);
  const [widest] = reach;
  const narrowest = reach.at(-1);
  if (widest && narrowest && widest.value.mid > 0) {
    return `By ${last_year} the benefits of city-to-city projects reach ${sig(narrowest.value.mid)} to ${sig(widest.value.mid)} partner places, by benefit`;
  }
  const [group] = groups;
  return group ? `${group.name}: ${sig(group.first.mid)} Mt at first, ${sig(group.last.mid)} Mt in ${last_year}` : `Goals served by ${last_year}`;
}

const GOALS = ["No poverty", "Zero hunger", "Health", "Education", "Gender equality", "Water and sanitation", "Energy", "Work and growth", "Industry and infrastructure", "Less inequality", "Cities", "Consumption and production", "Climate", "Life below water", "Life on land", "Peace and justice", "Partnerships"];

export const goal_name = (goal: number): string => `${goal} ${GOALS[goal - 1] ?? ""}`.trim();
