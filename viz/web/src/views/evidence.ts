/** What was assumed, and how sure it is. */
import type { Atlas } from "../atlas";
import { BAND50, INK } from "../colours";
import { h, s } from "../dom";
import type { Input } from "../format";
import { sig } from "../numbers";
import { inputs_heading, inputs_lead } from "../sentences";
import { show_data } from "./data_table";
import { mark } from "./glyphs";

const SHOWN = 16;
const RANK = { guessed: 0, sourced: 1, measured: 2 } as const;

const width_of = (i: Input): number => (i.low === null || i.high === null ? -1 : Math.abs(i.high - i.low));

/** How far the headline moves; a line at where it stands. */
function bar(i: Input, low: number, high: number, headline: number | null): SVGSVGElement | null {
  if (i.low === null || i.high === null) return null;
  const x = (v: number): number => 30 + ((v - low) / (high - low || 1)) * 180;
  const [a, b] = [Math.min(i.low, i.high), Math.max(i.low, i.high)];
  return s("svg", { width: 244, height: 18, viewBox: "0 0 244 18", role: "img", "aria-label": `${sig(a)} to ${sig(b)}` },
    s("rect", { x: x(a), y: 4, width: Math.max(1, x(b) - x(a)), height: 10, fill: BAND50 }),
    headline !== null && s("line", { x1: x(headline), x2: x(headline), y1: 1, y2: 17, stroke: INK, "stroke-width": 1.4 }),
    s("text", { x: x(a) - 5, y: 13, "text-anchor": "end", "font-size": 11.5, fill: INK }, sig(a)),
    s("text", { x: x(b) + 5, y: 13, "font-size": 11.5, fill: INK }, sig(b)));
}

export function evidence(atlas: Atlas): HTMLElement | null {
  const { inputs, figures } = atlas.report;
  if (!Array.isArray(inputs) || inputs.length === 0) return null;
  const list = [...inputs].sort((a, b) => width_of(b) - width_of(a) || RANK[a.kind] - RANK[b.kind]);
  const ends = inputs.flatMap((i) => (i.low === null || i.high === null ? [] : [i.low, i.high]));
  const bars = ends.length > 0;
  const headline = figures[0]?.value?.mid ?? null;
  const [low, high] = [Math.min(...ends, headline ?? Infinity), Math.max(...ends, headline ?? -Infinity)];
  const row = (i: Input): HTMLElement => h("tr", {},
    h("td", { class: "inline" }, mark(i.kind)),
    h("td", { class: "name inline" }, ` ${i.name}`),
    h("td", {}, i.value),
    h("td", {}, i.source),
    bars && h("td", {}, bar(i, low, high, headline)));
  const body = h("tbody", {}, list.slice(0, SHOWN).map(row));
  const more = list.length > SHOWN && h("button", { class: "linklike more", type: "button", onclick: () => {
    body.append(...list.slice(SHOWN).map(row));
    if (more) more.remove();
  } }, `Show all ${list.length} inputs`);
  return h("section", { id: "evidence", "aria-labelledby": "evidence-title" },
    h("p", { class: "eyebrow" }, "Assumptions and evidence"),
    h("h2", { id: "evidence-title" }, inputs_heading(inputs)),
    h("p", { class: "lead marks" }, mark("measured", 14), " measured ", mark("sourced", 14), " taken from a named source ", mark("guessed", 14), ` guessed, with a range. ${inputs_lead(inputs)}`,
      bars ? " Bars show how far the headline moves when one input goes from the low to the high end of its range." : " How far each moves the headline was not computed in this run."),
    h("table", { class: "inputs list" },
      h("thead", {}, h("tr", {}, h("th", {}, h("span", { class: "aside" }, "Kind")), h("th", { scope: "col" }, "Input"), h("th", { scope: "col" }, "Value or range"), h("th", { scope: "col" }, "What supports it"),
        bars && h("th", { scope: "col" }, `Headline moves between${headline === null ? "" : ` (line: ${sig(headline)})`}`))),
      body),
    more || null,
    h("p", { class: "note foot" }, "Full list with priors and sources: ", h("code", {}, "scenario_resolved.toml"), "."),
    show_data("inputs", () => ({ name: "inputs", columns: ["kind", "input", "value", "source", "headline_low", "headline_high"], rows: inputs.map((i) => [i.kind, i.name, i.value, i.source, i.low, i.high]) })));
}
