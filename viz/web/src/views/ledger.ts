/** Who has the credits of JCM projects: what the buyer acquired and used, and which hosts it came from. */
import type { Atlas } from "../atlas";
import { INK, INK3 } from "../colours";
import { draw_to_width, h, s } from "../dom";
import type { LedgerEntry } from "../format";
import { sig } from "../numbers";
import { show_data } from "./data_table";

const SHOWN = 12;
const BOX = { height: 210, left: 44, right: 64, top: 12, bottom: 26 };
const WIDEST = 720;

type Account = LedgerEntry["account"];

/** Sum of an account up to and with each year. */
function cumulative(entries: readonly LedgerEntry[], account: Account, years: readonly number[]): number[] {
  let sum = 0;
  return years.map((y) => (sum += entries.filter((e) => e.account === account && e.year === y).reduce((a, e) => a + e.amount, 0)));
}

/** Largest round number of ticks: 1, 2 or 5 times a power of ten. */
function tick_step(top: number): number {
  const base = 10 ** Math.floor(Math.log10(top));
  return [0.2, 0.5, 1].map((f) => f * base).find((t) => top / t <= 5) ?? base;
}

function chart(width: number, years: readonly number[], acquired: number[], used: number[], goals: readonly LedgerEntry[]): SVGSVGElement {
  const { height, left, right, top, bottom } = BOX;
  const high = Math.max(...acquired, ...goals.map((g) => g.amount), 1e-9) * 1.05;
  const first = years[0]!;
  const last = years[years.length - 1]!;
  const x = (year: number): number => left + ((year - first) / Math.max(1, last - first)) * (width - left - right);
  const y = (v: number): number => height - bottom - (v / high) * (height - top - bottom);
  const line = (values: number[]): string => values.map((v, k) => `${k === 0 ? "M" : "L"}${x(years[k]!).toFixed(1)} ${y(v).toFixed(1)}`).join("");
  const step = tick_step(high);
  const ticks = Array.from({ length: Math.floor(high / step) + 1 }, (_, k) => k * step);
  return s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Credits acquired in all: ${sig(acquired[acquired.length - 1] ?? 0)} million tonnes by ${last}.` },
    ticks.map((t) => s("line", { x1: left, x2: width - right, y1: y(t), y2: y(t), stroke: "#E4E1DA" })),
    ticks.map((t) => s("text", { x: left - 6, y: y(t) + 4, "text-anchor": "end", "font-size": 11.5, fill: INK3 }, sig(t))),
    years.filter((v) => v % 5 === 0).map((v) => s("text", { x: x(v), y: height - 8, "text-anchor": "middle", "font-size": 11.5, fill: INK3 }, String(v))),
    s("path", { d: line(used), fill: "none", stroke: "#9FB6C1", "stroke-width": 2 }),
    s("path", { d: line(acquired), fill: "none", stroke: INK, "stroke-width": 2 }),
    goals.filter((g) => g.year >= first && g.year <= last).map((g) => s("g", {},
      s("rect", { x: x(g.year) - 9, y: y(g.amount) - 1.5, width: 18, height: 3, fill: INK }),
      s("text", { x: x(g.year) + 12, y: y(g.amount) + 4, "font-size": 11.5, fill: INK3 }, `goal ${sig(g.amount)}`))));
}

function hosts(atlas: Atlas, entries: readonly LedgerEntry[], until: number): [string, number, number][] {
  const sums = new Map<string, [number, number]>();
  for (const e of entries) {
    if (e.account !== "first_transferred") continue;
    const sum = sums.get(e.party) ?? [0, 0];
    if (e.year <= until) sum[0] += e.amount;
    sum[1] += e.amount;
    sums.set(e.party, sum);
  }
  return [...sums].map(([iso3, [early, all]]): [string, number, number] => [iso3 === "" ? "Countries outside this run" : atlas.country_name(iso3), early, all])
    .sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1));
}

export function ledger(atlas: Atlas): HTMLElement | null {
  const all = atlas.report.ledger;
  if (!Array.isArray(all) || all.length === 0) return null;
  const years = atlas.years();
  const last = years[years.length - 1]!;
  const middle = Math.min(2030, last);
  const acquired = cumulative(all, "acquired", years);
  const used = cumulative(all, "used", years);
  const goals = all.filter((e) => e.account === "goal");
  const buyer = all.find((e) => e.account === "acquired")?.party ?? "";
  const name = buyer === "" ? "The buyer" : atlas.country_name(buyer);
  const total = acquired[acquired.length - 1] ?? 0;
  const goal = goals.filter((g) => g.year <= last).at(-1);
  const against = goal ? `, of the ${sig(goal.amount)} it means to have by ${goal.year}` : "";
  const at = (values: number[], year: number): number => values[years.indexOf(year)] ?? 0;
  const drawn = h("div", {});
  draw_to_width(drawn, (width) => drawn.replaceChildren(chart(Math.min(width, WIDEST), years, acquired, used, goals)));
  return h("section", { id: "ledger", "aria-labelledby": "ledger-title" },
    h("p", { class: "eyebrow" }, "Who counts what"),
    h("h2", { id: "ledger-title" }, `${name} acquires ${sig(total)} million tonnes of credits by ${last}${against}`),
    h("p", { class: "lead" }, "Credits of JCM projects, the existing ones as expected when they were selected. Hosts add what they transfer to their emissions, the buyer subtracts what it uses: no tonne counts twice. Means over runs."),
    h("figure", {}, drawn,
      h("figcaption", { class: "note" }, "Million tonnes of CO2e in all. Black: acquired; blue: used towards the buyer’s contribution.")),
    h("table", { class: "list" },
      h("thead", {}, h("tr", {}, [["Transferred by"], [`to ${middle}, Mt`, 1], [`to ${last}, Mt`, 1]].map(([t, num]) => h("th", { scope: "col", class: num ? "num" : null }, String(t))))),
      h("tbody", {},
        hosts(atlas, all, middle).slice(0, SHOWN).map(([host, early, sum]) => h("tr", {}, h("td", { class: "strong" }, host), h("td", { class: "num" }, sig(early)), h("td", { class: "num" }, sig(sum)))),
        h("tr", {}, h("td", { class: "strong" }, `Used by ${name}`), h("td", { class: "num" }, sig(at(used, middle))), h("td", { class: "num" }, sig(at(used, last)))))),
    show_data("credits", () => ({
      name: "credits", columns: ["year", "party", "account", "amount_mt_co2e"],
      rows: all.map((e) => [e.year, e.party, e.account, Number(e.amount.toPrecision(6))]),
    })));
}
