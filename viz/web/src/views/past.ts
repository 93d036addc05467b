/** The run against what was observed. */
import type { Atlas } from "../atlas";
import { h, s } from "../dom";
import { INK } from "../colours";
import type { PastCheck } from "../format";
import { interval, observed } from "../numbers";
import { is_miss, past_heading } from "../sentences";
import { show_data } from "./data_table";

const SHOWN = 24;

/** 90% of runs as a bar, the observed value as a black tick, both on their own scale. */
function bar(c: PastCheck): SVGSVGElement {
  const low = Math.min(c.p05, c.observed);
  const high = Math.max(c.p95, c.observed);
  const pad = (high - low) * 0.12 || Math.abs(high) * 0.1 || 1;
  const x = (v: number): number => ((v - low + pad) / (high - low + 2 * pad)) * 180;
  return s("svg", { width: 182, height: 16, viewBox: "0 0 182 16", "aria-hidden": "true" },
    s("line", { x1: 0, x2: 182, y1: 8, y2: 8, stroke: "#E4E1DA" }),
    s("line", { x1: x(c.p05), x2: Math.max(x(c.p95), x(c.p05) + 1), y1: 8, y2: 8, stroke: "#9FB6C1", "stroke-width": 6 }),
    s("rect", { x: x(c.observed) - 1.25, y: 1, width: 2.5, height: 14, fill: INK }));
}

function verdict(c: PastCheck): string {
  if (c.compared === "limit") return is_miss(c) ? "over the limit" : "within the limit";
  if (!is_miss(c)) return "inside";
  return c.observed > c.p95 ? "run too low" : "run too high";
}

/** Misses first, the largest relative miss at the top. */
function sorted(past: readonly PastCheck[]): PastCheck[] {
  const off = (c: PastCheck): number => (is_miss(c) ? Math.abs(c.mean - c.observed) / Math.max(Math.abs(c.observed), 1e-12) : -1);
  return [...past].sort((a, b) => off(b) - off(a));
}

export function past(atlas: Atlas): HTMLElement | null {
  const all = atlas.report.past;
  if (!Array.isArray(all) || all.length === 0) return null;
  const list = sorted(all);
  const { runs } = atlas.report.meta;
  const row = (c: PastCheck): HTMLElement => {
    const t = interval({ mid: c.mean, p05: c.p05, p95: c.p95 });
    return h("tr", {},
      h("td", { class: "strong inline" }, c.quantity),
      h("td", { class: "inline" }, c.iso3 ? ` ${atlas.country_name(c.iso3)}` : " all countries"),
      h("td", { class: "num inline year" }, ` ${c.year}`),
      h("td", { class: "num strong inline", "data-label": "observed" }, observed(c.observed)),
      h("td", { class: "num inline", "data-label": "simulated" }, `${t.mid} (${t.range})`),
      h("td", { class: "inline" }, ` ${c.unit}`),
      h("td", { class: "wide-only" }, bar(c)),
      h("td", { class: is_miss(c) ? "warn" : null }, verdict(c)),
      h("td", {}, c.source));
  };
  const body = h("tbody", {}, list.slice(0, SHOWN).map(row));
  const more = list.length > SHOWN && h("button", { class: "linklike more", type: "button", onclick: () => {
    body.append(...list.slice(SHOWN).map(row));
    if (more) more.remove();
  } }, `Show all ${list.length} figures`);
  return h("section", { id: "past", "aria-labelledby": "past-title" },
    h("p", { class: "eyebrow" }, "The past"),
    h("h2", { id: "past-title" }, past_heading(all)),
    h("p", { class: "lead" }, `The run’s past years beside what was observed, misses first. Bars: 90% of ${runs.toLocaleString("en")} runs; black: observed.`),
    h("table", { class: "list pasttable" },
      h("thead", {}, h("tr", {}, ([["Figure"], ["Where"], ["Year", 1], ["Observed", 1], ["Run: mean (90%)", 1], ["Unit"], ["90% of runs and observed"], ["Verdict"], ["Source"]] as [string, number?][])
        .map(([t, num]) => h("th", { scope: "col", class: num ? "num" : t.startsWith("90%") ? "wide-only" : null }, t)))),
      body),
    more || null,
    show_data("past", () => ({
      name: "past", columns: ["iso3", "quantity", "unit", "year", "observed", "mean", "p05", "p95", "source"],
      rows: all.map((c) => [c.iso3, c.quantity, c.unit, c.year, c.observed, c.mean, c.p05, c.p95, c.source]),
    })));
}
