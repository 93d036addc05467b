/** The longest chains of the ledger: tiles at the median year, arcs with cause and share. */
import type { Atlas } from "../atlas";
import { INK, INK3, RULE } from "../colours";
import { PAGE_WIDTH, draw_to_width, h, s } from "../dom";
import type { Chain, Domino } from "../format";
import { chance, interval } from "../numbers";
import { show_data } from "./data_table";

const ROW = 92;
const LEFT = 132;

const avoided = (c: Chain): [string, string] => {
  if (!c.avoided) return [`${c.places.length} places`, ""];
  const t = interval(c.avoided);
  return [`${t.mid} Mt avoided`, `90%: ${t.range}`];
};

const is_sound = (c: Chain, n: number): boolean =>
  c.places.length > 1 && c.years.length === c.places.length && c.causes.length === c.places.length - 1 &&
  c.shares.length === c.causes.length && c.places.every((p) => p < n);

const LETTER = 7;
const LONGEST_NAME = 30;
const NAME_LINES = 2;

interface Name {
  text: string;
  x: number;
  line: number;
}

const half_width = (text: string): number => (text.length * LETTER) / 2 + 4;

/**
 * Names below tiles at `xs`, centred on them where there is room: each takes the line on which it has to move least
 * to the right of what stands there, and none leaves the page. Long names are cut.
 */
export function set_names(names: readonly string[], xs: readonly number[], width: number): Name[] {
  const ends = new Array<number>(NAME_LINES).fill(-Infinity);
  return names.map((name, k) => {
    const text = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).trimEnd()}…` : name;
    const half = half_width(text);
    const at = (line: number): number => Math.max(xs[k]!, ends[line]! + half);
    const line = at(0) <= at(1) ? 0 : 1;
    const x = Math.min(at(line), width - half);
    ends[line] = x + half;
    return { text, x, line };
  });
}

function timeline(atlas: Atlas, list: Chain[], width: number): SVGSVGElement {
  const years = list.flatMap((c) => c.years);
  const first = Math.floor(Math.min(...years) / 5) * 5;
  const last = Math.max(first + 10, Math.ceil((Math.max(...years) + 1) / 5) * 5);
  const x = (year: number): number => LEFT + 30 + ((year - first) / (last - first)) * (width - LEFT - 90);
  const height = 24 + list.length * ROW;
  const ticks: number[] = [];
  for (let y = first; y <= last; y += 5) ticks.push(y);
  return s("svg", { class: "timeline", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Longest chains; the same is in the table below" },
    ticks.map((y) => [s("line", { x1: x(y), x2: x(y), y1: 18, y2: height, stroke: "#E6E3DC" }), s("text", { x: x(y), y: 11, "text-anchor": "middle", fill: INK3 }, String(y))]),
    list.map((c, k) => chain_row(atlas, c, 24 + k * ROW, x, width, k > 0)));
}

function chain_row(atlas: Atlas, c: Chain, top: number, x: (year: number) => number, width: number, ruled: boolean): SVGGElement {
  const [title, sub] = avoided(c);
  const xs = c.years.map(x);
  // Two steps in one year stand side by side.
  for (let k = 1; k < xs.length; k++) xs[k] = Math.max(xs[k]!, xs[k - 1]! + 44);
  // Where steps are short, every other cause stands a line further off.
  const crowded = xs.some((cx, k) => k > 0 && cx - xs[k - 1]! < 116);
  const off = (k: number): number => (crowded && k % 2 === 1 ? 13 : 0);
  const names = set_names(c.places.map((p) => atlas.place_name(p)), xs, width);
  const middle = top + 44;
  return s("g", {},
    ruled && s("line", { x1: 0, x2: width, y1: top, y2: top, stroke: RULE }),
    s("text", { x: 0, y: middle - 2, "font-size": 14, "font-weight": 600, fill: INK }, title),
    s("text", { x: 0, y: middle + 16, fill: INK3 }, sub),
    c.causes.map((cause, k) => {
      const style = atlas.causes[cause]!;
      const [a, b] = [xs[k]! + 9, xs[k + 1]! - 8];
      const label = `${style.short} ${chance(c.shares[k]!, atlas.report.meta.runs)}`;
      return s("g", { "data-cause": cause },
        s("path", { d: `M${a},${middle - 4}C${a + (b - a) * 0.25},${middle - 22} ${a + (b - a) * 0.75},${middle - 22} ${b},${middle - 5}`, fill: "none", stroke: style.fill, "stroke-width": Math.max(1.2, c.shares[k]! * 14) }),
        s("path", { d: `M${b + 3},${middle - 2}l-7,0.5l3.5,-6.5Z`, fill: style.fill }),
        s("text", { x: (a + b) / 2, y: middle - 24 - off(k), "text-anchor": "middle", "font-weight": 600, fill: style.text, stroke: "#FCFBF8", "stroke-width": 3, "paint-order": "stroke" }, label));
    }),
    xs.map((cx, k) => [
      s("rect", { x: cx - 6, y: middle - 15, width: 12, height: 30, rx: 2, fill: INK }),
      s("text", { x: names[k]!.x, y: middle + 31 + names[k]!.line * 13, "text-anchor": "middle", "font-weight": 600, fill: INK, stroke: "#FCFBF8", "stroke-width": 3, "paint-order": "stroke" },
        names[k]!.text, s("title", {}, atlas.place_name(c.places[k]!))),
    ]));
}

/** The same from top to bottom, for narrow screens. */
function upright(atlas: Atlas, c: Chain): HTMLElement {
  const [title, sub] = avoided(c);
  const step = 46;
  const height = step * (c.places.length - 1) + 30;
  return h("li", { class: "chain" },
    h("div", { class: "top" }, title, h("span", {}, sub)),
    s("svg", { viewBox: `0 0 340 ${height}`, width: 340, height, "aria-hidden": "true" },
      c.causes.map((cause, k) => {
        const style = atlas.causes[cause]!;
        const [a, b] = [k * step + 16, (k + 1) * step + 10];
        return [
          s("path", { d: `M50,${a}C34,${a + 8} 34,${b - 8} 50,${b}`, fill: "none", stroke: style.fill, "stroke-width": Math.max(1.2, c.shares[k]! * 14) }),
          s("text", { x: 74, y: (a + b) / 2 + 5, "font-size": 12, "font-weight": 600, fill: style.text }, `${style.short} ${chance(c.shares[k]!, atlas.report.meta.runs)}`),
        ];
      }),
      c.places.map((p, k) => [
        s("text", { x: 0, y: k * step + 18, "font-size": 12, fill: INK3 }, String(c.years[k])),
        s("rect", { x: 52, y: k * step + 3, width: 9, height: 20, rx: 2, fill: INK }),
        s("text", { x: 74, y: k * step + 18, "font-size": 13, "font-weight": 600, fill: INK }, atlas.place_name(p)),
      ])));
}

export function chains(atlas: Atlas, d: Domino): HTMLElement | null {
  const list = d.chains.filter((c) => is_sound(c, atlas.n));
  if (list.length === 0) return null;
  const holder = h("div");
  draw_to_width(holder, (width) => holder.replaceChildren(timeline(atlas, list, width)), PAGE_WIDTH);
  return h("figure", { class: "chains" },
    h("h3", {}, "Longest chains"),
    h("p", { class: "note" }, "Most frequent sequences in the ledger. A tile stands at the median year of commitment; on each step, the cause and the share of runs in which that step follows the one before."),
    holder,
    h("ol", { class: "chainlist" }, list.map((c) => upright(atlas, c))),
    show_data("chains", () => ({
      name: "chains", columns: ["chain", "step", "place", "year", "cause", "share_of_runs"],
      rows: list.flatMap((c, k) => c.places.map((p, j) => [k + 1, j, atlas.place_name(p), c.years[j]!, j === 0 ? "" : atlas.causes[c.causes[j - 1]!]!.name, j === 0 ? null : c.shares[j - 1]!])),
    })));
}
