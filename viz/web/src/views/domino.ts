/** Who triggered whom: causes by year, what vanishes without contact, the longest chains. */
import * as Plot from "@observablehq/plot";
import type { Atlas } from "../atlas";
import { INK, INK3, PANEL, SCENARIO } from "../colours";
import { draw_to_width, h, is_narrow, s } from "../dom";
import type { Domino } from "../format";
import { chance, count, fixed, interval, percent } from "../numbers";
import { contact_sentence, domino_heading, quantiles } from "../sentences";
import { chains } from "./chains";
import { show_data } from "./data_table";

type Highlight = (cause: number | null) => void;

function totals_by_cause(d: Domino, causes: number): number[] {
  return Array.from({ length: causes }, (_, k) => d.byYear.reduce((sum, row) => sum + (row[k] ?? 0), 0));
}

function cause_bars(atlas: Atlas, d: Domino, highlight: Highlight): HTMLElement {
  const years = atlas.years();
  const rows = d.byYear.flatMap((row, y) => row.map((value, cause) => ({ year: years[y]!, cause, value })));
  const totals = totals_by_cause(d, atlas.causes.length);
  const all = totals.reduce((a, b) => a + b, 0) || 1;
  const chart = h("div", { class: "causebars" });
  const fade = (cause: number | null): void => {
    for (const e of chart.querySelectorAll<SVGElement>("[data-cause]")) e.classList.toggle("faded", cause !== null && e.dataset.cause !== String(cause));
    highlight(cause);
  };
  draw_to_width(chart, (width) => {
    const svg = Plot.plot({
      width, height: is_narrow() ? 240 : 320, marginLeft: 34, marginRight: 12, marginTop: 10, marginBottom: 24,
      style: { fontSize: "11.5px", background: "transparent", color: INK3 },
      ariaLabel: `Expected new commitments a year by cause, ${atlas.first_year} to ${atlas.last_year}`,
      x: { type: "band", domain: years, padding: 0.16, label: null, tickSize: 0, ticks: years.filter((y) => y % (is_narrow() ? 10 : 5) === 0), tickFormat: String },
      y: { label: null, tickSize: 0, ticks: 5 },
      marks: [
        Plot.gridY({ stroke: "#E6E3DC", strokeOpacity: 1, ticks: 5 }),
        Plot.barY(rows, { x: "year", y: "value", z: "cause", order: "cause", fill: (r: { cause: number }) => atlas.causes[r.cause]!.fill, stroke: "#FCFBF8", strokeWidth: 0.6 }),
        Plot.ruleY([0], { stroke: INK }),
      ],
    }) as SVGElement;
    // Plot draws the bars in the order of the data.
    svg.querySelectorAll<SVGElement>("[aria-label='bar'] rect").forEach((rect, k) => {
      const row = rows[k];
      if (!row) return;
      rect.dataset.cause = String(row.cause);
      rect.addEventListener("pointerenter", () => fade(row.cause));
      rect.addEventListener("pointerleave", () => fade(null));
    });
    chart.replaceChildren(svg);
  });
  const list = h("ul", { class: "causelist" },
    d.passedOn && h("li", { class: "head" }, `Passed on: ${percent(d.passedOn.mid)}`, h("span", {}, `90% of runs: ${fixed(d.passedOn.p05 * 100, 0)} to ${percent(d.passedOn.p95)}`)),
    atlas.causes.map((c, k) => ({ c, k })).reverse().map(({ c, k }) =>
      h("li", { style: `color:${c.text}`, onpointerenter: () => fade(k), onpointerleave: () => fade(null) },
        h("span", {}, h("i", { class: "swatch", style: `background:${c.fill}` }), c.name), h("span", {}, percent(totals[k]! / all)))));
  return h("figure", {},
    h("h3", {}, "What made places commit"),
    h("p", { class: "note" }, "Expected new commitments a year, by cause. Greys and ochre: not passed on. Colours: passed on from another place."),
    h("div", { class: "withlabels" }, chart, list),
    show_data("commitments by cause", () => ({
      name: "commitments_by_cause", columns: ["year", ...atlas.causes.map((c) => c.name)],
      rows: d.byYear.map((row, y) => [years[y]!, ...row.map((v) => Number(v.toPrecision(4)))]),
    })));
}

/** A hundred dots, or fewer: quantiles of the runs, each standing for the same number of them. */
export function quantile_dots(draws: readonly number[], most: number): { values: number[]; each: number } {
  const sorted = [...draws].sort((a, b) => a - b);
  if (sorted.length <= most) return { values: sorted, each: 1 };
  const each = [2, 5, 10, 20, 25, 50, 100, 200, 250, 500].find((k) => sorted.length / k <= most) ?? Math.ceil(sorted.length / most);
  const values: number[] = [];
  for (let k = 0; k < sorted.length; k += each) values.push(sorted[Math.min(sorted.length - 1, k + Math.floor(each / 2))]!);
  return { values, each };
}

function contact_dots(d: Domino): HTMLElement {
  const { values, each } = quantile_dots(d.draws, 60);
  const v = quantiles(d.draws);
  const t = interval(v);
  const said = contact_sentence(d);
  const text = `With contact minus without: ${t.mid} Mt avoided, 90% of runs ${t.range}`;
  const holder = h("div");
  draw_to_width(holder, (width) => holder.replaceChildren(draw_dots(values, v, width, text)));
  return h("figure", {},
    h("h3", {}, "What vanishes when contact is switched off"),
    h("p", { class: "note" }, `Mt CO₂e avoided ${d.from}–${d.to}, with contact minus without, same draws. Each dot is ${each === 1 ? "1 run" : `${count(each)} runs`} of ${count(d.draws.length)}.`),
    holder,
    said && h("p", { class: "contact" }, h("b", {}, said.lead), said.text),
    show_data("runs with and without contact", () => ({ name: "contact_draws", columns: ["run_by_rank", "mt_avoided_with_minus_without"], rows: [...d.draws].sort((a, b) => a - b).map((x, k) => [k + 1, x]) })));
}

function draw_dots(values: number[], v: { mid: number; p05: number; p95: number }, width: number, text: string): SVGSVGElement {
  const [low, high] = [Math.min(0, values[0] ?? 0), Math.max(0, values[values.length - 1] ?? 0)];
  const margin = Math.max((high - low) * 0.08, 1e-9);
  // Zero keeps a little land on its left, so that "adds nothing" has a place to stand.
  const from = Math.min(low - margin, -(high - low) * 0.2);
  const to = high + margin;
  const x = (value: number): number => ((value - from) / (to - from)) * width;
  const size = Math.min(15, width / 26);
  const stacks = new Map<number, number>();
  const base = 190;
  const dots = values.map((value) => {
    const side = value <= 0 ? -1 : 1;
    const slot = side < 0 ? Math.floor((x(value) - x(0)) / size) : Math.max(0, Math.floor((x(value) - x(0)) / size));
    const high_up = stacks.get(slot) ?? 0;
    stacks.set(slot, high_up + 1);
    const cx = x(0) + (slot + 0.5) * size + (side < 0 && slot === 0 ? -size : 0);
    return { cx, level: high_up, helps: value > 0 };
  });
  const tallest = Math.max(...stacks.values(), 1);
  const rise = Math.min(size, (base - 46) / tallest);
  const r = Math.max(1.5, Math.min(size, rise) / 2 - 0.8);
  const step = tick_step(to - from);
  const ticks: number[] = [];
  for (let k = Math.ceil(from / step); k * step <= to; k++) ticks.push(k * step);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const t = interval(v);
  const end_right = x(v.p95) < width - 110;
  return s("svg", { width, height: 244, viewBox: `0 0 ${width} 244`, role: "img", "aria-label": text },
    s("rect", { x: 0, y: 2, width: Math.max(0, x(0)), height: base - 2, fill: PANEL }),
    s("text", { x: x(0) - 8, y: 16, "text-anchor": "end", "font-size": 11.5, fill: INK3 }, x(0) > 84 ? "adds nothing" : "none"),
    x(0) > 84 && s("text", { x: x(0) - 8, y: 31, "text-anchor": "end", "font-size": 11.5, fill: INK3 }, "or costs tonnes"),
    s("text", { x: x(0) + 8, y: 16, "font-size": 11.5, "font-weight": 600, fill: SCENARIO }, "contact helps"),
    dots.map((o) => s("circle", { cx: o.cx, cy: base - r - 1.5 - o.level * rise, r, fill: o.helps ? SCENARIO : "#fff", stroke: SCENARIO, "stroke-width": 1.5 })),
    s("line", { x1: 0, x2: width, y1: base, y2: base, stroke: INK }),
    s("line", { x1: x(0), x2: x(0), y1: 2, y2: base + 5, stroke: INK, "stroke-width": 1.6 }),
    ticks.filter((k) => x(k) > 12 && x(k) < width - 16).map((k) => s("text", { x: x(k), y: base + 18, "text-anchor": "middle", "font-size": 11.5, "font-weight": k === 0 ? 700 : 400, fill: k === 0 ? INK : INK3 }, (k > 0 ? "+" : "") + fixed(k, decimals))),
    s("text", { x: width, y: base + 18 + 34, "text-anchor": "end", "font-size": 11.5, fill: INK3 }, "Mt CO₂e"),
    s("line", { x1: x(v.p05), x2: x(v.p95), y1: base + 32, y2: base + 32, stroke: "#9FB6C1", "stroke-width": 5, "stroke-linecap": "round" }),
    s("circle", { cx: x(v.mid), cy: base + 32, r: 5, fill: SCENARIO, stroke: "#FCFBF8", "stroke-width": 1.5 }),
    s("text", { x: end_right ? x(v.p95) + 10 : x(v.p05), y: end_right ? base + 36 : base + 52, "font-size": 12, "font-weight": 600, fill: SCENARIO }, `${t.mid} (${t.range})`));
}

/** A round step that gives about seven ticks. */
function tick_step(span: number): number {
  const raw = span / 7;
  const power = 10 ** Math.floor(Math.log10(raw));
  return ([1, 2, 5, 10].find((m) => m * power >= raw) ?? 10) * power;
}

export function domino(atlas: Atlas, highlight: Highlight): HTMLElement | null {
  const d = atlas.report.domino;
  if (!d) return null;
  const e = atlas.report.events;
  const left_out = e?.leftOutBelow > 0 ? ` Events in fewer than ${chance(e.leftOutBelow, atlas.report.meta.runs)} of runs are left out of this page; all are in domino_ledger.csv.` : "";
  const has_draws = d.draws.length > 0;
  return h("section", { id: "domino", "aria-labelledby": "domino-title" },
    h("p", { class: "eyebrow" }, "The domino"),
    h("h2", { id: "domino-title" }, domino_heading(d)),
    h("div", { class: "pair" }, cause_bars(atlas, d, highlight), has_draws ? contact_dots(d) : without_contact(d)),
    has_draws && h("p", { class: "aside-note" }, h("b", {}, "Two different numbers."), " The first chart is bookkeeping: the model draws one cause for every commitment. The second is the test: what would be lost without contact. A place set off by a neighbour might have committed a year later by itself."),
    chains(atlas, d),
    h("p", { class: "note foot" }, `Domino ledger: ${count(e?.total ?? 0)} commitments in ${count(atlas.report.meta.runs)} runs; shares of each commitment sum to 1.${left_out}`));
}

/** Without a reference: every run was stepped again without contact, but no saving is there to compare. */
function without_contact(d: Domino): HTMLElement {
  const said = contact_sentence(d);
  const more = d.share && said
    ? [h("p", { class: "contact" }, h("b", {}, said.lead), said.text),
      h("p", { class: "note" }, "Every run was repeated without contact on the same draws; the share is over all runs together, its interval that of the mean. The chart beside is bookkeeping: a place set off by a neighbour might have committed later by itself.")]
    : [h("p", { class: "contact" }, `Not stated: ${d.reason || "there was nothing to compare"}. The chart beside is bookkeeping, not an effect.`)];
  return h("div", {}, h("h3", {}, "What vanishes when contact is switched off"), ...more);
}
