import assert from "node:assert/strict";
import { test } from "node:test";
import type { Domino, Plan, Target } from "../src/format";
import * as say from "../src/sentences";
import { small_report } from "./small_report";

const MINUS = "\u2212";
const avoided = (mid: number, p05: number, p95: number) => {
  const r = small_report();
  r.figures[0]!.value = { mid, p05, p95 };
  return say.headline(r);
};
const domino = (share: Domino["share"], draws: number[] = [], reason = ""): Domino =>
  ({ byYear: [], passedOn: null, draws, from: 2026, to: 2040, share, of: "tonnes", reason, chains: [] });
const target = (p: number | null, pRef: number | null): Target => ({
  iso3: "JPN", year: 2030, yearFrom: null, type: "base_year", cond: "unconditional", label: "", fiscal: true, low: 1, high: 1, moves: false, points: [],
  status: p === null ? "not_assessable" : "assessed", reason: "", acct: "", rebase: null, p, pRef,
});

test("the headline claims an effect only where the interval excludes zero", () => {
  assert.equal(avoided(41, 12, 83).strong, "Twice the pairs would avoid about 41 million tonnes of CO₂e by 2040;");
  assert.equal(avoided(41, 12, 83).soft, "nine runs in ten fall between 12 and 83.");
  assert.match(avoided(9, -3, 27).strong, /may avoid about 9 .* by 2040, or nothing;/);
  assert.match(avoided(-9, -27, -3).strong, /would add about 9 /);
  assert.match(avoided(-9, -27, 3).strong, /may add about 9 .* or nothing;/);
});

test("equal results are called equal; a writer's own finding stands", () => {
  const r = small_report();
  r.scenario.same = true;
  assert.equal(say.headline(r).soft, "to the last digit.");
  r.meta.finding = "Own words.";
  assert.equal(say.headline(r).strong, "Own words.");
});

test("the range under a figure says when it may be nothing", () => {
  const f = small_report().figures[0]!;
  assert.equal(say.figure_range({ ...f, value: { mid: 9, p05: -3, p95: 27 } }), `90% of runs: ${MINUS}3 to 27: may be nothing`);
  assert.equal(say.figure_range(f), "90% of runs: 12 to 83");
  assert.equal(say.figure_range({ ...f, value: null, reason: "not run" }), "not run");
});

test("the first line says so when the domino term does not improve the forecast", () => {
  const no = say.evidence_line({ status: "no_gain", score: { mid: -0.01, p05: -0.05, p95: 0.03 }, note: "" });
  assert.match(no!.text, new RegExp(`did not improve the forecast \\(log score ${MINUS}0.01, 90% interval ${MINUS}0.05 to 0.03\\)`));
  assert.match(say.evidence_line({ status: "untested", score: null, note: "" })!.text, /has not been tested/);
  assert.equal(say.evidence_line({ status: "gain", score: { mid: 1, p05: 0.5, p95: 2 }, note: "" }), null);
});

test("misses of the past come first, the furthest by name", () => {
  const check = (observed: number, mean: number) => ({ iso3: "JPN", quantity: "Emissions", unit: "Mt", year: 2022, observed, mean, p05: mean - 10, p95: mean + 10, source: "" });
  assert.equal(say.past_line([check(100, 105)], String), null);
  const line = say.past_line([check(100, 105), check(100, 115), check(100, 150)], () => "Japan")!;
  assert.equal(line.text, "2 of 3 observed figures lie outside 90% of runs. Furthest off: emissions of Japan, 2022: observed 100 Mt, simulated 150.");
  const budget = (limit: number, spent: number) => ({ ...check(limit, spent), compared: "limit" as const });
  assert.equal(say.past_line([budget(100, 20)], () => "Japan"), null);
  assert.ok(say.past_line([budget(100, 120)], () => "Japan"));
  assert.equal(say.past_heading([check(100, 150)]), "1 of 1 observed figure lies outside 90% of runs");
});

test("a domino share with zero in its interval is no finding", () => {
  assert.equal(say.domino_heading(domino({ mid: 0.22, p05: -0.09, p95: 0.48 })), "Cities may set off other cities, but this run cannot rule out that they do not");
  assert.equal(say.domino_heading(domino({ mid: 0.22, p05: 0.09, p95: 0.48 })), "Cities set off other cities: without contact 22% of the saving would be missing");
  assert.match(say.domino_heading(domino({ mid: -0.1, p05: -0.2, p95: 0.1 })), /no sign/);
  assert.equal(say.domino_share_sentence(domino({ mid: 0.21, p05: -0.09, p95: 0.48 })), "Cities setting off other cities may account for a fifth of the saving, or for none of it.");
  assert.match(say.contact_sentence(domino({ mid: 0.22, p05: -0.09, p95: 0.48 }, [-1, 0, 2, 3]))!.text, /It includes zero\. In 2 of 4 runs/);
  assert.match(say.contact_sentence(domino(null, [1], "the saving itself may be nothing"))!.lead, /not stated/);
});

test("nine runs in ten are claimed only where nine runs in ten show it", () => {
  const share = { mid: 0.07, p05: 0.06, p95: 0.08 };
  assert.match(say.domino_heading(domino(share, [1, 2, 3, 4])), /saves emissions in nine runs of ten$/);
  // Surely more than nothing in the mean, and nothing in every second run.
  assert.equal(say.domino_heading(domino(share, [0, 0, 3, 4])), "Cities set off other cities: without contact 7% of the saving would be missing");
  assert.match(say.domino_heading({ ...domino(share), of: "commitments" }), /7% of the commitments would be missing$/);
});

test("targets: not assessable is never met; moves are in points", () => {
  assert.equal(say.targets_heading([target(0.9, 0.9), target(0.1, 0.1), target(null, null)]), "1 of 2 assessable targets is likely met, 1 unlikely");
  assert.equal(say.targets_heading([target(null, null)]), "None of 1 target can be assessed");
  assert.match(say.targets_addition([target(0.5, 0.495)]), /none by more than a point/);
  assert.equal(say.targets_addition([target(0.5, 0.4)]), "");
});

test("a lever that changed nothing says so with its reason", () => {
  const lever = { key: "k", label: "l", from: "1", to: "2", places: 0, since: null, reason: "the budget is spent" };
  assert.equal(say.lever_effect(lever), "No effect: the budget is spent");
  assert.equal(say.lever_effect({ ...lever, places: 1106, since: 2026, reason: "" }), "Changed 1,106 places, from 2026");
});

test("sooner and later, with their interval", () => {
  assert.deepEqual(say.sooner_sentence({ mid: 2.4, p05: 0.1, p95: 5.1 }), { lead: "2.4 years sooner", text: " than in the reference; 90% of runs: 0.1 to 5.1." });
  assert.equal(say.sooner_sentence({ mid: -2, p05: -3, p95: -1 }).lead, "2 years later");
  assert.match(say.sooner_sentence({ mid: 1, p05: -1, p95: 3 }).text, /may be nothing/);
});

test("quantiles interpolate", () => {
  assert.deepEqual(say.quantiles([3, 1, 2]), { mid: 2, p05: 1.1, p95: 2.9 });
});

test("what cities hold stands beside what the guidebook says, or is left out", () => {
  const all = { name: "All countries", cities: 3011, people: 0.481, emissions: 0.553 };
  assert.match(say.urban_sentence([all, { ...all, name: "Japan", people: 1 }]), /^3,011 places that are cities hold 48% of the people and 55% of the emissions/);
  assert.equal(say.urban_sentence([]), "");
  assert.equal(say.urban_sentence([{ ...all, cities: 0 }]), "");
});

test("benefits are headed by their reach, else by the first group", () => {
  const benefit = (mid: number, unit: "places" | "Mt" = "places") => ({ to: "partner_city" as const, label: "l", unit, value: { mid, p05: mid, p95: mid }, ref: null });
  const group = { name: "Members", places: 3, people: 1, first: { mid: 480, p05: 1, p95: 1 }, last: { mid: 352, p05: 1, p95: 1 }, targets: [] };
  assert.equal(say.benefits_heading([group], [benefit(41), benefit(83), benefit(900, "Mt")], 2040), "By 2040 the benefits of city-to-city projects reach 41 to 83 partner places, by benefit");
  assert.equal(say.benefits_heading([group], [benefit(0)], 2040), "Members: 480 Mt at first, 350 Mt in 2040");
  assert.equal(say.benefits_heading([], [], 2040), "Goals served by 2040");
  assert.equal(say.goal_name(13), "13 Climate");
});

const chosen = (kind: "project" | "agreement", from = 2026.25): Plan["projects"][number] =>
  ({ id: `${kind}${from}`, kind, place: 0, japan: 1, from, to: from + 6, phases: kind === "project" ? 2 : 0, cost: 20, technologies: [], reason: "r" });

test("a strategy is told by whom it takes first, how many and for how much", () => {
  const plan: Plan = { rule: "highest_emissions", budget: 0.5, from: 2026.25, to: 2036, candidates: 9, projects: [chosen("project"), chosen("project", 2032.25)], rounds: [] };
  assert.equal(say.plan_heading(plan, 4.5), "2 projects for 4.5 billion JPY: the cities of the highest emissions come first");
  assert.equal(say.plan_heading({ ...plan, rule: "list", projects: [chosen("project"), chosen("agreement")] }, 0.06), "1 project and 1 agreement for 60 million JPY, as the scenario lists them");
  assert.equal(say.plan_heading({ ...plan, projects: [chosen("agreement")] }, 0), "1 agreement: the cities of the highest emissions come first");
  assert.equal(say.round_sentence({ from: 2026.25, begins: 1, projects: 1, agreements: 0, cost: 20, limit: "no candidate is left" }), "In April 2026 1 begins (no candidate is left).");
});

test("months are read from decimal years", () => {
  assert.equal(say.month_text(2026.25), "April 2026");
  assert.equal(say.month_text(2036 - 1 / 12), "December 2035");
  assert.equal(say.month_text(2036), "January 2036");
});
