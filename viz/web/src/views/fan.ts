/** One country's pathway as a fan against its targets, and the paired difference below on its own scale. */
import * as Plot from "@observablehq/plot";
import { BAND50, BAND90, INK, INK3, REFERENCE, SCENARIO } from "../colours";
import type { Pathway, Series, Target } from "../format";
import { interval, sig } from "../numbers";

interface Row {
  year: number;
  p05: number | null;
  p25: number | null;
  p50: number | null;
  p75: number | null;
  p95: number | null;
  ref: number | null;
}

const at = (series: Series | null | undefined, k: number): number | null => series?.[k] ?? null;

function rows_of(path: Pathway, first_year: number): Row[] {
  return path.q.p50.map((_, k) => ({
    year: first_year + k, p05: at(path.q.p05, k), p25: at(path.q.p25, k), p50: at(path.q.p50, k),
    p75: at(path.q.p75, k), p95: at(path.q.p95, k), ref: at(path.ref, k),
  }));
}

export interface Frame {
  width: number;
  first_year: number;
  last_year: number;
  /** First year of the axis: a decade or so of the past. */
  from: number;
}

/** What a chart says in words, so that the first of its kind explains the others. */
export interface Notes {
  /** Names the past and the band. */
  lines: boolean;
  /** Tells the targets with support from those without. */
  support: boolean;
}

const MARGIN = { left: 44, right: 10 };
const STYLE = { fontSize: "11.5px", background: "transparent", color: INK3, overflow: "visible" };
const HALF_YEARS = 1.2;

const tick_years = (f: Frame): number[] => {
  const years: number[] = [];
  for (let y = Math.ceil(f.from / 10) * 10; y <= f.last_year; y += 10) years.push(y);
  return years;
};

interface Bar extends Target {
  x1: number;
  x2: number;
}

/** Some of the country's targets depend on support and some do not. */
export const is_mixed = (all: readonly Target[]): boolean => all.some((t) => t.cond === "conditional") && all.some((t) => t.cond !== "conditional");

/** "−46%" before a bar; none where targets differ in support, which is told by other words. */
function target_label(t: Target, all: readonly Target[]): string {
  return is_mixed(all) ? "" : (/^[−-][\d.]+%/.exec(t.label)?.[0] ?? "");
}

/** Where targets differ in support: the first of either kind, named on the side away from the other. */
function support_labels(drawn: readonly Bar[], all: readonly Target[]): { bar: Bar; text: string; dy: number }[] {
  if (!is_mixed(all)) return [];
  const first = (conditional: boolean): Bar | undefined => drawn.find((t) => (t.cond === "conditional") === conditional);
  const [strict, free] = [first(true), first(false)];
  if (!strict || !free) return [];
  const above = (t: Bar, o: Bar): boolean => t.high! + t.low! >= o.high! + o.low!;
  return [
    { bar: free, text: free.cond, dy: above(free, strict) ? -11 : 12 },
    { bar: strict, text: "with support", dy: above(free, strict) ? 12 : -11 },
  ];
}

function target_marks(targets: readonly Target[], top: number, notes: Notes): Plot.Markish[] {
  const drawn: Bar[] = targets
    .filter((t) => t.status === "assessed" && t.low !== null && t.high !== null && t.points.length === 0 && t.type !== "budget")
    .map((t) => ({ ...t, x1: t.year - HALF_YEARS, x2: t.year + HALF_YEARS }));
  // A box or bar has at least this height, so that it can be seen.
  const least = top * 0.028;
  const is_range = (t: Bar): boolean => t.high! - t.low! > least;
  const middle = (t: Bar): number => (t.low! + t.high!) / 2;
  const rect = (data: Bar[], options: Plot.RectOptions): Plot.Markish =>
    Plot.rect(data, { x1: "x1", x2: "x2", y1: (t: Bar) => (is_range(t) ? t.low : middle(t) - least / 2), y2: (t: Bar) => (is_range(t) ? t.high : middle(t) + least / 2), ...options });
  const solid = (t: Bar): boolean => !t.moves && t.cond !== "conditional" && !is_range(t);
  const trajectories = targets.filter((t) => t.points.length > 1);
  return [
    rect(drawn.filter((t) => t.moves), { fill: "#BDC2C7", stroke: INK, strokeWidth: 1.2 }),
    rect(drawn.filter((t) => !t.moves && !solid(t)), { fill: "#FFFFFF", stroke: INK, strokeWidth: 1.4, rx: 1 }),
    rect(drawn.filter(solid), { fill: INK }),
    Plot.text(drawn, { x: "x1", y: middle, text: (t: Bar) => target_label(t, targets), textAnchor: "end", dx: -4, fill: INK, fontWeight: 600, stroke: "#FCFBF8", strokeWidth: 4 }),
    ...(notes.support ? support_labels(drawn, targets) : []).map((l) =>
      Plot.text([l.bar], { x: "year", y: middle, text: () => l.text, dy: l.dy, fill: INK, fontWeight: 600, stroke: "#FCFBF8", strokeWidth: 4 })),
    ...trajectories.map((t) => Plot.line(t.points, { x: "0", y: "1", stroke: INK, strokeWidth: 2.4, strokeDasharray: t.cond === "conditional" ? "4 3" : "none" })),
  ];
}

export function fan_chart(path: Pathway, targets: readonly Target[], f: Frame, label: string, notes: Notes): SVGElement {
  const rows = rows_of(path, f.first_year);
  const hist = path.hist.filter(([y]) => y >= f.from);
  const values = [
    ...rows.flatMap((r) => [r.p95, r.ref, r.p50]), ...hist.map(([, v]) => v),
    ...targets.filter((t) => t.status === "assessed" && t.type !== "budget").map((t) => t.high),
  ].filter((v): v is number => v !== null);
  const top = Math.max(...values, 0) || 1;
  const bottom = Math.min(0, ...rows.map((r) => r.p05 ?? 0), ...hist.map(([, v]) => v));
  const none_drawn = targets.length > 0 && !targets.some((t) => t.status === "assessed");
  const last = rows[rows.length - 1];
  const middle = rows[Math.floor(rows.length * 0.55)];
  return Plot.plot({
    width: f.width, height: 176, marginLeft: MARGIN.left, marginRight: MARGIN.right, marginTop: 14, marginBottom: 22, style: STYLE, ariaLabel: label,
    x: { domain: [f.from, f.last_year + 1], ticks: tick_years(f), tickFormat: (y: number) => String(y), tickSize: 0, label: null, tickPadding: 5 },
    y: { domain: [bottom, top * 1.05], nice: true, ticks: 4, tickSize: 0, label: null, tickFormat: (v: number) => sig_tick(v) },
    marks: [
      Plot.gridY({ stroke: "#E6E3DC", strokeOpacity: 1, ticks: 4 }),
      Plot.areaY(rows, { x: "year", y1: "p05", y2: "p95", fill: BAND90 }),
      Plot.areaY(rows, { x: "year", y1: "p25", y2: "p75", fill: BAND50 }),
      Plot.line(rows, { x: "year", y: "ref", stroke: REFERENCE, strokeWidth: 3 }),
      Plot.line(rows, { x: "year", y: "p50", stroke: SCENARIO, strokeWidth: 1.8 }),
      Plot.line(hist, { x: "0", y: "1", stroke: INK, strokeWidth: 1.8 }),
      Plot.ruleY([0], { stroke: INK, strokeWidth: 1 }),
      ...target_marks(targets, top - bottom, notes),
      notes.lines && hist.length > 2 ? Plot.text([hist[Math.floor(hist.length / 4)]!], { x: "0", y: "1", text: () => "past", dy: 15, fill: INK, fontWeight: 600, stroke: "#FCFBF8", strokeWidth: 4 }) : null,
      notes.lines && middle?.p95 != null && last?.p95 != null ? Plot.text([middle], { x: "year", y: "p95", text: () => "90% of runs", dy: -8, dx: last.p95 < middle.p95 ? 2 : -4, textAnchor: last.p95 < middle.p95 ? "start" : "end", fill: "#2F6A8A", stroke: "#FCFBF8", strokeWidth: 4 }) : null,
      none_drawn ? Plot.text([{ x: f.last_year + 1, y: top * 1.05 }], { x: "x", y: "y", text: () => "no target level on record", textAnchor: "end", dy: 2, fill: INK3 }) : null,
    ],
  }) as SVGElement;
}

const sig_tick = (v: number): string => (v === 0 ? "0" : Math.abs(v) >= 1 ? v.toLocaleString("en").replace("-", "\u2212") : sig(v));

/** Scenario minus reference, run by run. Null when every difference is zero. */
export function difference_strip(path: Pathway, f: Frame, label: string): { chart: SVGElement; text: string } | null {
  const d = path.diff;
  if (!d) return null;
  const rows = d.mid.map((_, k) => ({ year: f.first_year + k, mid: at(d.mid, k), p05: at(d.p05, k), p95: at(d.p95, k) }));
  const most = Math.max(...rows.flatMap((r) => [r.mid, r.p05, r.p95]).map((v) => Math.abs(v ?? 0)));
  const last = rows[rows.length - 1];
  if (!last || last.mid === null || last.p05 === null || last.p95 === null) return null;
  const t = interval({ mid: last.mid, p05: last.p05, p95: last.p95 });
  const text = most === 0 ? "no difference in any run" : `${t.mid} in ${last.year} (${t.range})`;
  const low = Math.min(0, ...rows.map((r) => r.p05 ?? 0));
  const high = Math.max(0, ...rows.map((r) => r.p95 ?? 0));
  const chart = Plot.plot({
    width: f.width, height: 34, marginLeft: MARGIN.left, marginRight: MARGIN.right, marginTop: 5, marginBottom: 3, style: STYLE, ariaLabel: label,
    x: { domain: [f.from, f.last_year + 1], axis: null },
    y: { domain: most === 0 ? [-1, 0.2] : [low, high], ticks: [0], tickFormat: () => "0", tickSize: 0, label: null },
    marks: [
      Plot.areaY(rows, { x: "year", y1: "p05", y2: "p95", fill: BAND90 }),
      Plot.ruleY([0], { stroke: INK, strokeWidth: 1 }),
      Plot.line(rows, { x: "year", y: "mid", stroke: SCENARIO, strokeWidth: 1.8 }),
    ],
  }) as SVGElement;
  return { chart, text };
}
